import assert from "node:assert/strict";
import { Fact } from "../../src/features/fact.ts";
import { knownFacts } from "../../src/run/known_facts.ts";

const unknownIn = knownFacts(Fact);

Deno.test("a fact is unknown by its type, by the kind of its effect or result, and by any choice from a closed list", () => {
  const ask = { kind: "ask", key: "k", role: "coding", purpose: "work" };
  const cases: [fact: { readonly type: string }, unknown: string | null][] = [
    [{ type: "run_paused" }, null],
    [{ type: "danced" }, 'type "danced"'],
    [{ type: "toString" }, 'type "toString"'],
    [{ type: "effect_opened", effect: ask } as { type: string }, null],
    [{ type: "effect_opened", effect: { ...ask, purpose: "sing" } } as { type: string }, 'effect.purpose "sing"'],
    [{ type: "effect_opened", effect: { kind: "dance", key: "k" } } as { type: string }, 'effect.kind "dance"'],
    [{ type: "effect_opened" }, "effect.kind undefined"],
    [{ type: "effect_finished", key: "k", result: { kind: "dance" } } as { type: string }, 'result.kind "dance"'],
    [{ type: "turn_opened", purpose: "sing" } as { type: string }, 'purpose "sing"'],
    [{ type: "phase_changed", phase: "security" } as { type: string }, 'phase "security"'],
    [{ type: "effect_finished", key: "k", result: { kind: "tool", outcome: null } } as { type: string }, null],
    // What older programs left out is no newer word.
    [{ type: "effect_finished", key: "k", result: { kind: "ask", measure: null } } as { type: string }, null],
    [
      { type: "effect_finished", key: "k", result: { kind: "ask", measure: "ells" } } as { type: string },
      'result.measure "ells"',
    ],
  ];
  for (const [fact, unknown] of cases) assert.equal(unknownIn(fact), unknown, JSON.stringify(fact));
});
