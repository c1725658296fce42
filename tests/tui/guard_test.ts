import assert from "node:assert/strict";
import { ModeLedger } from "../../src/tui/guard.ts";

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
