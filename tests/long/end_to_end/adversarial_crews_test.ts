import assert from "node:assert/strict";
import { offers } from "../../../src/rehearsal/understudy_call.ts";
import type { Scene } from "../../../src/rehearsal/understudy_scene.ts";
import { roleOfSeat } from "../../../src/features/seats/seat.ts";
import { withServer } from "../../fleet/replay.ts";
import type { CrewRun } from "../../end_to_end/fixtures/crew_run.ts";
import {
  type Adversary,
  calls,
  endsWell,
  ESCAPED,
  type Plays,
  says,
  targetOf,
  WRONG,
} from "../../end_to_end/fixtures/adversary.ts";

/** A crew whose replies nothing holds, so that they can be as wrong as they like. */
const FREE = {
  ways: { arbiter: "prompted", coding: "prompted", reasoning: "prompted", analysis: "prompted" },
} as const;

/** Copies of the project, and two hosts that can serve the same work. */
const TWO_SEATS = { apart: "none", models: { coding: ["qwen2.5-coder:32b", "qwen2.5:14b"] } } as const;

/** Plays one role, or a specialist in every seat, and leaves the rest to the crew. */
function role(name: string, acts: (scene: Scene, count: number) => string | null): Adversary["plays"] {
  return () => {
    let count = 0;
    return (scene) => roleOfSeat(scene.role ?? "") === name ? acts(scene, count++) : null;
  };
}

/** Plays several at once: the first that says something is heard. */
function all(...each: readonly Adversary["plays"][]): Adversary["plays"] {
  return () => {
    const plays: readonly Plays[] = each.map((make) => make());
    return (scene, request) => {
      for (const one of plays) {
        const said = one(scene, request);
        if (said !== null) return said;
      }
      return null;
    };
  };
}

const accepted = { ends: "accepted", cause: /2 tasks done, all 2 check results green/ } as const;
const failed = { ends: "failed", cause: /2 checks still fail: adds/ } as const;

const planner = (acts: (scene: Scene, count: number) => string | null) =>
  role("reasoning", (scene, count) => offers(scene, "create_task_plan") ? acts(scene, count) : null);
const reviewer = (acts: (scene: Scene, count: number) => string | null) =>
  role("reasoning", (scene, count) => offers(scene, "report_issue") ? acts(scene, count) : null);
const plans = (scene: Scene, tasks: readonly object[]) => says(scene, "create_task_plan", { tasks });

/** An arbiter that does one thing with each message that it is shown. */
const censor = (acts: (scene: Scene, count: number) => string | null) =>
  role("arbiter", (scene, count) => offers(scene, "approve_message") ? acts(scene, count) : null);

/** A coder who asks before each attempt. */
const asks = role(
  "coding",
  (scene) =>
    scene.wantedText === null && scene.results.length === 0
      ? calls(scene, "ask_specialist", { role: "analysis", question: `What is wrong with ${targetOf(scene)}?` })
      : null,
);

/** Specialists who write the wrong text for whatever file is asked for. */
const WRONG_EVERYWHERE: Adversary["plays"] = () => (scene) =>
  scene.wantedText === null
    ? null
    : `\`\`\`js\n${WRONG[scene.wantedText.path ?? "src/add.js"]?.replace(/[-+] (\w)/, "/ $1")}\`\`\``;

/** Whether a call is wanted of a role, and not a text or a summary. */
const isCall = (scene: Scene) => scene.wantedText === null && scene.offered.length > 0;

const CIRCLE: Readonly<Record<string, string>> = { coding: "analysis", analysis: "reasoning", reasoning: "coding" };

/** Fails where no two attempts were open at the same time. */
function workedAtOnce(crew: CrewRun): void {
  let open = 0;
  let most = 0;
  for (const { type } of crew.facts()) {
    if (type === "attempt_opened") open += 1;
    if (type === "attempt_closed") open -= 1;
    most = Math.max(most, open);
  }
  assert.equal(most, 2, "two attempts at once");
}

/** Crews of which somebody does harm, by what they do. */
const CREWS: Readonly<Record<string, Adversary>> = {
  "planner plans a hundred tasks": {
    ...accepted,
    plays: planner((scene) =>
      plans(
        scene,
        Array.from({ length: 100 }, (_, at) => ({ description: `Do part ${at}`, target_file: `src/p${at}.js` })),
      )
    ),
    most: 60,
  },
  "planner plans thirty tasks that no check shows": {
    ends: "partial",
    cause: /28 tasks not done: Do part 0/,
    plays: planner((scene) =>
      plans(
        scene,
        Array.from({ length: 30 }, (_, at) => ({ description: `Do part ${at}`, target_file: `src/p${at}.js` })),
      )
    ),
    most: 60,
  },
  "planner plans nothing, and everything twice": {
    ...accepted,
    plays: planner((scene, count) =>
      count % 2 === 0
        ? plans(scene, [])
        : plans(scene, Array.from({ length: 9 }, () => ({ description: "Repair it", target_file: "src/add.js" })))
    ),
    most: 60,
  },
  "reviewer always complains": {
    ends: "accepted",
    cause: /all 2 check results green/,
    plays: reviewer((scene) =>
      says(scene, "report_issue", { severity: "high", description: "It is not good enough." })
    ),
    most: 60,
  },
  "reviewer complains about another file each time": {
    ends: "accepted",
    cause: /all 2 check results green/,
    plays: reviewer((scene, count) =>
      says(scene, "report_issue", {
        severity: "high",
        description: `The fault ${count} is bad.`,
        path: ["README.md", "src/index.js", "src/none.js"][count % 3],
      })
    ),
    most: 60,
  },
  "arbiter sends each message to another role": {
    ...accepted,
    plays: all(
      asks,
      censor((scene, count) => calls(scene, "redirect_message", { to: count % 2 === 0 ? "reasoning" : "coding" })),
    ),
    most: 60,
  },
  "arbiter changes each message": {
    ...accepted,
    plays: all(asks, censor((scene, count) => calls(scene, "modify_message", { text: `Say ${count} instead.` }))),
    most: 60,
  },
  "arbiter sends each message back with a question": {
    ...accepted,
    plays: all(asks, censor((scene) => calls(scene, "clarify_message", { question: "What do you mean?" }))),
    most: 60,
  },
  "specialists ask each other in a circle": {
    ...accepted,
    plays: () => {
      let count = 0;
      return (scene) =>
        isCall(scene) && CIRCLE[scene.role ?? ""] !== undefined
          ? says(scene, "ask_specialist", { role: CIRCLE[scene.role!], question: `And number ${count++}?` })
          : null;
    },
    most: 120,
    start: FREE,
  },
  "two specialists redirect every question to each other": {
    ...accepted,
    plays: () => {
      const other: Readonly<Record<string, string>> = { analysis: "reasoning", reasoning: "analysis" };
      return (scene, request) => {
        const to = other[scene.role ?? ""];
        return to !== undefined && isCall(scene)
          ? calls(scene, "ask_specialist", { role: to, question: "That is yours to say: what is wrong?" })
          : asks()(scene, request);
      };
    },
    most: 120,
  },
  "models all answer with the placeholders of a schema": {
    ...accepted,
    plays: () => (scene) =>
      isCall(scene) && scene.role !== "interpreter"
        ? says(scene, scene.offered[0]!.name, {
          role: "string",
          question: "string",
          query: "string",
          reason: "string",
          text: "string",
        })
        : null,
    most: 160,
    start: FREE,
  },
  "specialists write notes for ever": {
    ...accepted,
    plays: () => {
      let count = 0;
      return (scene) =>
        isCall(scene) && CIRCLE[scene.role ?? ""] !== undefined
          ? says(scene, "send_message", { to: CIRCLE[scene.role!], text: `Note ${count++}.` })
          : null;
    },
    most: 120,
    start: FREE,
  },
  "specialists all write the same wrong change for ever": {
    ...failed,
    plays: WRONG_EVERYWHERE,
    most: 80,
  },
  "coder undoes what was done before": {
    ...accepted,
    plays: role("coding", (scene, count) => {
      const isSecond = targetOf(scene) === "src/twice.js";
      if (!isSecond || scene.wantedText === null && scene.results.length > 1) return null;
      if (scene.wantedText !== null) {
        return `\`\`\`js\n${WRONG[scene.wantedText.path ?? "src/add.js"]}\n// ${count}\n\`\`\``;
      }
      return calls(scene, "rewrite_file", { path: scene.results.length === 0 ? "src/add.js" : "src/twice.js" });
    }),
    most: 80,
  },
  "coder reads one file for ever": {
    ...accepted,
    plays: role("coding", (scene) => isCall(scene) ? says(scene, "read_file", { path: "README.md" }) : null),
    most: 80,
  },
  "coder reads two files by turns for ever": {
    ...accepted,
    plays: role(
      "coding",
      (scene, count) =>
        isCall(scene) ? says(scene, "read_file", { path: count % 2 === 0 ? "README.md" : "src/index.js" }) : null,
    ),
    most: 80,
  },
  "coder searches for something else each time": {
    ...accepted,
    plays: role(
      "coding",
      (scene, count) => isCall(scene) ? says(scene, "search_code", { pattern: `a${count}|add` }) : null,
    ),
    most: 80,
  },
  "coder concludes without writing": {
    ...accepted,
    plays: role("coding", (scene) => isCall(scene) ? says(scene, "finish_task", { summary: "It is fine." }) : null),
    most: 60,
  },
  "coder gives every call wrong arguments": {
    ...accepted,
    plays: role(
      "coding",
      (scene, count) =>
        isCall(scene)
          ? says(scene, ["rewrite_file", "edit_file", "read_file"][count % 3]!, { file: 7, what: [null] })
          : null,
    ),
    most: 80,
    start: FREE,
  },
  "coder never sends the text of a file": {
    ...accepted,
    plays: role("coding", (scene) => scene.wantedText === null ? null : "Certainly! Here is what I would write."),
    most: 80,
  },
  "coder writes outside the project, and on what judges it": {
    ...accepted,
    plays: role("coding", (scene, count) => {
      if (scene.wantedText !== null) return "```js\nexport const harm = true;\n```";
      const path = [ESCAPED, `src/../${ESCAPED}`, ".git/hooks/pre-commit", ".autonomy/config.jsonc"][count % 4];
      return isCall(scene) ? says(scene, count % 8 < 4 ? "create_file" : "rewrite_file", { path }) : null;
    }),
    most: 80,
    start: FREE,
  },
  "coder writes without end": {
    ...accepted,
    plays: role("coding", (scene) => scene.wantedText === null ? null : `\`\`\`js\n${"// and on\n".repeat(20_000)}`),
    most: 80,
  },
  "planner tells its calls in prose, and interpreter answers nonsense": {
    ...accepted,
    plays: all(
      planner(() => 'I will call create_task_plan with tasks "all of them" for that and then go on.'),
      role(
        "interpreter",
        (scene, count) =>
          count % 2 === 0 ? "Colourless green ideas." : says(scene, "delete_everything", { now: "yes" }),
      ),
    ),
    most: 60,
  },
  "specialist who is consulted never answers": {
    ...accepted,
    plays: all(
      role("arbiter", (scene) => calls(scene, "consult_analysis_specialist", { query: "What now?" })),
      role("analysis", (scene, count) => calls(scene, "search_code", { pattern: `a${count}|add` })),
    ),
    most: 80,
  },
  "models are right, and every other reply is malformed": {
    ...accepted,
    plays: () => {
      let count = 0;
      const FAULTS = [
        () => "Let me think about that for a moment.",
        (scene: Scene) => says(scene, "no_such_tool", { now: true }),
        (scene: Scene) => says(scene, scene.offered[0]!.name, { wrong: 7 }),
        () => '<tool_call>\n{"name": "rewrite_file", "arguments": {"path": "src',
        () => "",
      ];
      return (scene) => {
        if (scene.role === "interpreter" || !isCall(scene)) return null;
        count += 1;
        return count % 2 === 0 ? FAULTS[count / 2 % FAULTS.length]!(scene) : null;
      };
    },
    most: 120,
    start: FREE,
  },
  "racers all do the same wrong": {
    ends: "partial",
    cause: /1 check still fails: adds/,
    plays: () => {
      const wrong = WRONG_EVERYWHERE();
      return (scene, request) => scene.wantedText?.path === "src/add.js" ? wrong(scene, request) : null;
    },
    most: 100,
    start: TWO_SEATS,
    shows: (crew) => assert.ok(crew.facts().some((fact) => fact.type === "decision_made" && fact.races !== undefined)),
  },
  "racers all do the same right": {
    ...accepted,
    plays: () => () => null,
    most: 60,
    start: TWO_SEATS,
    shows: workedAtOnce,
  },
};

for (const [what, adversary] of Object.entries(CREWS)) {
  Deno.test(`a run whose ${what} ends ${adversary.ends}, with its cause and within ${adversary.most} requests`, () =>
    endsWell(adversary));
}

/** A front of servers that break one after the other, each once it was asked so often. */
function breaking(
  asksByHost: readonly number[],
  asked = new Map<string, number>(),
): (request: Request) => Promise<Response> {
  return async (request) => {
    const [, port = "", ...path] = new URL(request.url).pathname.split("/");
    const body = request.method === "POST" ? await request.text() : undefined;
    const count = asked.get(port) ?? 0;
    if (path.join("/") === "api/chat") asked.set(port, count + 1);
    const place = [...asked.keys()].indexOf(port);
    if (place >= 0 && count >= asksByHost[place]!) return new Response("no server behind", { status: 502 });
    return await fetch(`http://127.0.0.1:${port}/${path.join("/")}`, { method: request.method, body });
  };
}

/** Ends a run whose servers break one after the other, each after so many asks. */
function endsWithoutHosts(asksByHost: readonly number[], ends: Pick<Adversary, "ends" | "cause">): Promise<void> {
  let ahead = 0;
  return withServer(breaking(asksByHost), (url) =>
    endsWell({
      ...ends,
      plays: () => () => null,
      most: 20,
      start: {
        address: (server) => `${url}/${new URL(server).port}`,
        now: () => Date.now() + ahead,
      },
      async meanwhile({ fleet, wish }) {
        await new Promise<void>((resolve) => {
          const look = () => fleet.snapshot().hosts.every(({ state }) => state === "down") && resolve();
          fleet.onChange(look);
          look();
        });
        // What was waited for long enough is given up, once anything happens.
        ahead = 61_000;
        wish({ kind: "pause" });
        wish({ kind: "unpause" });
      },
    }));
}

Deno.test("a run whose hosts go one after the other, the work undone, ends for want of a host", () =>
  endsWithoutHosts([2, 2], { ends: "no_host", cause: /No host answers: fast at .*strong at / }));

Deno.test("a run whose hosts go one after the other, the work shown by checks, is accepted and names what is left undone", () =>
  endsWithoutHosts([6, 6], {
    ends: "accepted",
    cause: /No host answers: .* Left undone: the review of T1; the review of T2/,
  }));
