import { offers } from "../../../src/rehearsal/understudy_call.ts";
import type { Scene } from "../../../src/rehearsal/understudy_scene.ts";
import { type Adversary, calls, endsWell, says } from "../../end_to_end/fixtures/adversary.ts";

/** An arbiter whose reply nothing holds, so that it can be as wrong as it likes. */
const FREE = { ways: { arbiter: "prompted" } } as const;

/** Plays the arbiter's decisions, and leaves the rest to the crew. */
function arbiter(decides: (scene: Scene, count: number) => string | null): Adversary["plays"] {
  return () => {
    let count = 0;
    return (scene) => {
      const isAsked = scene.role === "arbiter" && !offers(scene, "approve_message");
      return isAsked ? decides(scene, count++) : null;
    };
  };
}

/** An able crew is accepted, whatever its arbiter does. */
const accepted = { ends: "accepted", cause: /2 tasks done, all 2 check results green/ } as const;

/** Arbiters that do harm, by what they do. */
const ARBITERS: Readonly<Record<string, Adversary>> = {
  "asks one specialist the same for ever": {
    ...accepted,
    plays: arbiter((scene) => calls(scene, "consult_analysis_specialist", { query: "What now?" })),
    most: 40,
  },
  "asks two specialists by turns for ever": {
    ...accepted,
    plays: arbiter((scene, count) =>
      calls(scene, `consult_${count % 2 === 0 ? "analysis" : "reasoning"}_specialist`, { query: `And ${count}?` })
    ),
    most: 40,
  },
  "asks the interpreter, itself and nobody": {
    ...accepted,
    plays: arbiter((scene, count) =>
      says(scene, `consult_${["arbiter", "wizard", "interpreter"][count % 3]}_specialist`, { query: "What now?" })
    ),
    most: 40,
    start: FREE,
  },
  "only talks": {
    ...accepted,
    plays: arbiter(() => "I think that we should consider our options before we go on."),
    most: 40,
    start: FREE,
  },
  "says nothing": { ...accepted, plays: arbiter(() => ""), most: 40, start: FREE },
  "talks without end": { ...accepted, plays: arbiter(() => "and then ".repeat(3_000)), most: 40, start: FREE },
  "answers with what a schema says of its arguments": {
    ...accepted,
    plays: arbiter((scene, count) =>
      count % 2 === 0
        ? says(scene, "change_phase", { phase: "phase", reason: "string" })
        : says(scene, "consult_analysis_specialist", { query: "string", context: "string" })
    ),
    most: 40,
    start: FREE,
  },
  "finishes at once": {
    ...accepted,
    plays: arbiter((scene) => says(scene, "finish", { summary: "All is done." })),
    most: 40,
    start: FREE,
  },
  "turns from phase to phase": {
    ...accepted,
    plays: arbiter((scene, count) =>
      says(scene, "change_phase", {
        phase: ["coding", "planning", "qa", "debugging"][count % 4],
        reason: "To and fro.",
      })
    ),
    most: 40,
    start: FREE,
  },
  "asks a person who is not there": {
    ...accepted,
    plays: arbiter((scene) => says(scene, "request_user_input", { question: "Shall I go on?" })),
    most: 40,
    start: FREE,
  },
  "makes every decision at once": {
    ...accepted,
    plays: arbiter((scene) =>
      scene.offered.map(({ name }) => says(scene, name, { query: "?", phase: "qa", reason: "all", summary: "all" }))
        .join(
          "\n",
        )
    ),
    most: 40,
    start: FREE,
  },
  "always gives the task to a coder who does nothing": {
    ...accepted,
    plays: () => {
      const decides = arbiter((scene) => calls(scene, "consult_coding_specialist", { query: "Repair it." }))();
      return (scene, request) =>
        scene.role === "coding" ? calls(scene, "finish_task", { summary: "It is fine." }) : decides(scene, request);
    },
    most: 60,
  },
};

for (const [what, adversary] of Object.entries(ARBITERS)) {
  Deno.test(`a run whose arbiter ${what} ends ${adversary.ends}, with its cause and within ${adversary.most} requests`, () =>
    endsWell(adversary));
}
