import assert from "node:assert/strict";
import type { BoundFlags, CrewFlags } from "../../src/cli/run_flags.ts";
import { chosenFlags, limitsToGoOn, NO_CHOICES } from "../../src/cli/session_choices.ts";
import { started } from "../given/given.ts";

Deno.test("what was chosen on the start screen goes before the flags of the command, role by role", () => {
  const flags: CrewFlags & BoundFlags = {
    trust: false,
    mode: "off",
    model: [{ role: "coding", model: "a" }, { role: null, model: "b" }, { role: "arbiter", model: "c" }],
  };
  assert.deepEqual(chosenFlags(flags, NO_CHOICES), flags);
  const chosen = chosenFlags(flags, { models: { coding: "d@fast" }, mode: "driver", limits: { wallMs: 60_000 } });
  assert.deepEqual(chosen.model, [
    { role: null, model: "b" },
    { role: "arbiter", model: "c" },
    { role: "coding", model: "d@fast" },
  ]);
  assert.equal(chosen.mode, "driver");
  assert.equal(chosen.timeout, 60_000);
});

Deno.test("a run that ended for want of turns or tokens goes on with more of them, any other as it was", () => {
  const begun = started();
  const spent = (ending: { readonly spent?: boolean; readonly kind: "budget" | "partial" }, tokens: number) => ({
    ...begun,
    run: { ...begun.run, ending: { cause: "It is spent.", at: begun.at, ...ending } },
    spending: {
      ...begun.spending,
      limits: { turns: 10, tokens: 1_000, wallMs: null },
      run: { tokens, reserved: 0, turns: tokens > 900 ? 5 : 10 },
    },
  });
  assert.deepEqual(limitsToGoOn(spent({ kind: "budget" }, 500)), { limits: { turns: 110 } });
  assert.deepEqual(limitsToGoOn(spent({ kind: "partial", spent: true }, 999)), { limits: { tokens: 201_000 } });
  assert.deepEqual(limitsToGoOn(spent({ kind: "partial" }, 999)), {});
});
