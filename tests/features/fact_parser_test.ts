import assert from "node:assert/strict";
import { unknownIn } from "../../src/plugin/built_in.ts";

Deno.test("a fact is unknown by its type, by the kind of its effect, ask or result, and by its phase", () => {
  const ask = { kind: "ask", key: "k", role: "coding", purpose: "work" };
  const cases: [fact: { readonly type: string }, unknown: string | null][] = [
    [{ type: "run_paused" }, null],
    [{ type: "danced" }, 'type "danced"'],
    [{ type: "toString" }, 'type "toString"'],
    [{ type: "effect_opened", effect: ask } as { type: string }, null],
    [{ type: "effect_opened", effect: { ...ask, purpose: "sing" } } as { type: string }, 'effect.purpose "sing"'],
    [{ type: "effect_opened", effect: { kind: "dance", key: "k" } } as { type: string }, 'effect.kind "dance"'],
    [{ type: "effect_opened" }, null],
    [{ type: "effect_finished", key: "k", result: { kind: "dance" } } as { type: string }, 'result.kind "dance"'],
    [{ type: "phase_changed", phase: "security" } as { type: string }, 'phase "security"'],
    [{ type: "effect_finished", key: "k", result: { kind: "tool", outcome: null } } as { type: string }, null],
  ];
  for (const [fact, unknown] of cases) assert.equal(unknownIn(fact), unknown, JSON.stringify(fact));
});
