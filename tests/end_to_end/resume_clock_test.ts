import assert from "node:assert/strict";
import { started, withCrew } from "./fixtures/crew_run.ts";

const DAY_MS = 86_400_000;
const KILLED_AT = Date.UTC(2026, 0, 1);

Deno.test("the time between a kill and the resume is not the run's, also when something was open", () => {
  const begun = performance.now();
  return withCrew(
    async (crew) => {
      // A run that counted the day would end here: its time is ten minutes.
      await crew.fact("decision_made");
      const [resumed, closed] = crew.facts().filter(({ seq, type }) =>
        seq > 2 && (type === "run_resumed" || type === "effect_failed")
      );
      assert.equal(resumed?.type, "run_resumed");
      assert.ok(closed?.type === "effect_failed" && closed.failure === "interrupted");
    },
    {
      past: (project) => [
        started(project, 600_000),
        { type: "effect_opened", effect: { kind: "check", key: "run.check0", cause: "first" } },
      ],
      pastAt: KILLED_AT,
      now: () => KILLED_AT + DAY_MS + Math.round(performance.now() - begun),
    },
  );
});
