import { ENDINGS } from "../../src/features/run/endings.ts";
import assert from "node:assert/strict";
import { exitCodeOf } from "../../src/cli/exit_code.ts";

Deno.test("every ending has its own exit code, and only accepted work has 0", () => {
  const codes = Object.fromEntries(ENDINGS.map((kind) => [kind, exitCodeOf(kind)]));
  assert.deepEqual(codes, { accepted: 0, partial: 3, failed: 1, blocked: 4, budget: 5, no_host: 6, cancelled: 130 });
  assert.equal(exitCodeOf("cancelled", "SIGTERM"), 143);
  // A signal that comes when the run is over does not change how it ended.
  assert.equal(exitCodeOf("accepted", "SIGINT"), 0);
});
