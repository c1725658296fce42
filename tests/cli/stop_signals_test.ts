import assert from "node:assert/strict";
import { catchStopSignals } from "../../src/cli/stop_signals.ts";
import { testsInOwnProcess } from "../run/fixtures/own_process.ts";

// What is sent to this process ends whatever other test files have open.
const test = testsInOwnProcess(import.meta.url);

/** Sends this process a signal, which its listeners have heard when it is over. */
async function sent(name: "SIGHUP"): Promise<void> {
  const heard = Promise.withResolvers<void>();
  const listener = () => heard.resolve();
  // A listener alone keeps no program alive.
  const alive = setInterval(() => {}, 1_000);
  Deno.addSignalListener(name, listener);
  try {
    Deno.kill(Deno.pid, name);
    await heard.promise;
  } finally {
    clearInterval(alive);
    Deno.removeSignalListener(name, listener);
  }
}

test({
  name:
    "one press that comes twice, from the terminal and from what started the program, ends in order; a later one ends it at once",
  fn: async () => {
    let now = 1_000;
    const exits: number[] = [];
    const signals = catchStopSignals(() => now, (code) => void exits.push(code));
    try {
      await sent("SIGHUP");
      assert.equal(signals.received(), "SIGHUP");
      assert.ok(signals.signal.aborted);
      now += 20;
      await sent("SIGHUP");
      assert.deepEqual(exits, []);
      now += 1_000;
      await sent("SIGHUP");
      assert.deepEqual(exits, [129]);
    } finally {
      signals.close();
    }
  },
});
