import assert from "node:assert/strict";
import { withCrew } from "./fixtures/crew_run.ts";

const GOAL = "a command-line calculator with + − × ÷ and brackets";

for (const [language, source] of Object.entries({ Python: "calculator.py", TypeScript: "main.ts", Go: "main.go" })) {
  Deno.test(`an empty folder becomes a project in ${language}: test first, then what runs`, () =>
    withCrew(async (crew) => {
      const ending = await crew.end();
      const facts = crew.facts();
      for (const f of facts) {
        if (["attempt_closed", "setup_planned", "criteria_made", "task_changed", "question_asked"].includes(f.type)) {
          console.log(JSON.stringify(f).slice(0, 600));
        }
      }
      console.log(ending);
      for (const f of facts) {
        if (f.type === "effect_finished" && ["check", "setup", "launch"].includes(f.result.kind)) {
          console.log(JSON.stringify(f.result).slice(0, 900));
        }
      }
      assert.equal(ending?.kind, "partial", ending?.cause);
      assert.ok(source);
    }, { files: {}, begun: { headless: true, goal: `${GOAL}, in ${language}` }, apart: "bubblewrap" }));
}
