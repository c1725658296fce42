import assert from "node:assert/strict";
import process from "node:process";
import { installGuard, ModeLedger } from "../../src/tui/guard.ts";

Deno.test("only modes that were changed are undone, the last changed first", () => {
  const ledger = new ModeLedger();
  assert.equal(ledger.restoration(), "");
  ledger.observe("\x1b[?1049h\x1b[?25ltext\x1b[?2026h…\x1b[?2026l");
  ledger.observe("\x1b[?2004h\x1b[>1u");
  assert.equal(ledger.restoration(), "\x1b[0m\x1b[<u\x1b[?2004l\x1b[?25h\x1b[?1049l");
  ledger.observe("\x1b[<u\x1b[?2004l\x1b[?25h");
  assert.equal(ledger.restoration(), "\x1b[0m\x1b[?1049l");
  ledger.observe(ledger.restoration());
  assert.equal(ledger.restoration(), "");
});

Deno.test("a Ctrl-C of a program that has the terminal ends nothing here, also when it comes after that one's end, and a later one does", () => {
  const heard: string[] = [];
  let pending: (() => void) | null = null;
  const { lend, remove } = installGuard({
    ledger: new ModeLedger(),
    write: () => {},
    leaveRaw: () => {},
    onSignal: (signal) => heard.push(signal),
    after: (_ms, act) => {
      pending = act;
      return () => void (pending = null);
    },
  });
  const settle = () => (pending ?? assert.fail("nothing is counted"))();
  try {
    lend(true);
    process.emit("SIGINT");
    lend(false);
    process.emit("SIGINT");
    // It is lent once more before that is over.
    lend(true);
    assert.equal(pending, null, "what was counted for the first program is no matter of the second");
    process.emit("SIGINT");
    lend(false);
    process.emit("SIGINT");
    assert.deepEqual(heard, []);
    process.emit("SIGTERM");
    assert.deepEqual(heard, ["SIGTERM"], "only a Ctrl-C may be meant for another program");
    settle();
    process.emit("SIGINT");
    assert.deepEqual(heard, ["SIGTERM", "SIGINT"]);
  } finally {
    remove();
  }
});
