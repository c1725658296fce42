import type { FailureClass } from "../../src/kernel/failure.ts";
import { type Asked, call, type Player } from "./players.ts";

/** A player that takes the next of its replies each time, round and round. */
function inTurn(...replies: readonly ((asked: Asked) => ReturnType<Player>)[]): Player {
  let next = 0;
  return (asked) => replies[next++ % replies.length]!(asked);
}

const other = (phase: string) => () => call("change_phase", { phase, reason: "back and forth" });

/** Arbiters that do harm, by what they do. A new one for each run, since some remember. */
export const HARMFUL_ARBITERS: Readonly<Record<string, () => Player>> = {
  "always consults the same specialist": () => () => call("consult_analysis_specialist", { query: "What now?" }),
  "consults one specialist after another": () =>
    inTurn(
      ...["coding", "reasoning", "analysis", "interpreter"].map((role) => () =>
        call(`consult_${role}_specialist`, { query: "What now?" })
      ),
    ),
  "changes the phase back and forth": () => inTurn(other("coding"), other("planning"), other("qa"), other("debugging")),
  "always continues": () => () => call("continue_current_phase", { reason: "go" }),
  "always answers a person who said nothing": () => () => call("answer_user", { text: "Hello" }),
  "always asks the person": () => () => call("request_user_input", { question: "Shall I?" }),
  "only wants to finish": () => () => call("finish", { summary: "All done!" }),
  "answers with nothing": () => () => ({ calls: [] }),
  "answers in prose": () => () => ({ prose: "I think we should consider the options." }),
  "calls a tool that does not exist": () => () => call("delete_everything", { now: true }),
  "gives decisions that lack their arguments": () => () => call("change_phase", {}),
  "makes every decision at once": () => ({ effect }) => ({
    calls: effect.legal.map((name) => ({ name, arguments: { query: "?", phase: "qa", reason: "all" } })),
  }),
  "writes a megabyte": () => () => ({ prose: "x".repeat(1_000_000) }),
  "writes what is no text": () => () => ({ prose: "\ud800\u0000\ufffd" }),
  ...Object.fromEntries(
    ([
      "unreachable",
      "busy",
      "silent",
      "total_timeout",
      "bad_request",
      "crashed",
      "schema_refused",
    ] satisfies FailureClass[])
      .map((failure) => [`always fails with ${failure}`, () => () => ({ failure })]),
  ),
};

/** A player that does one thing whatever its turn is for, and plans when a plan is wanted. */
function worker(act: (asked: Asked) => ReturnType<Player>): Player {
  return (asked) => {
    if (asked.effect.purpose === "text") return { quality: "worse" };
    const turn = asked.effect.turn === null ? undefined : asked.state.turns.open[asked.effect.turn];
    if (turn?.purpose === "plan") {
      return call("create_task_plan", {
        tasks: [{ description: "Repair it", target: "src/part0.ts", checks: ["npm test: src/part0.ts works"] }],
      });
    }
    return act(asked);
  };
}

/** Specialists that do harm, by what they do. */
export const HARMFUL_SPECIALISTS: Readonly<Record<string, () => Player>> = {
  "never write": () => worker(() => call("finish_task", { summary: "It is fine as it is." })),
  "break whatever they touch": () => worker(() => call("rewrite_file", { path: "src/part0.ts" })),
  "read one file for ever": () => worker(() => call("read_file", { path: "README.md" })),
  "read one file after another for ever": () => {
    let file = 0;
    return worker(() => call("read_file", { path: `src/part${file++}.ts` }));
  },
  "ask each other for ever": () => {
    let count = 0;
    return worker(({ effect }) =>
      call("ask_specialist", {
        role: effect.role === "coding" ? "analysis" : "coding",
        question: `And number ${count++}?`,
      })
    );
  },
  "write notes for ever": () => {
    let count = 0;
    return worker(() => call("send_message", { to: "coding", text: `Note ${count++}` }));
  },
  "never close and never write": () =>
    inTurn(
      ...["read_file", "list_directory", "search_code"].map((name) => () => call(name, { path: "src", pattern: "x" })),
    ),
  "answer in prose": () => () => ({ prose: "Certainly! Here is what I would do." }),
  "answer with nothing": () => () => ({ calls: [] }),
  "call a tool that does not exist": () => () => call("browse_the_web", { url: "x" }),
  "never send the text of a file": () => (asked) =>
    asked.effect.purpose === "text"
      ? { prose: "" }
      : worker(() => call("rewrite_file", { path: "src/part0.ts" }))(asked),
  "make a hundred calls at once": () =>
    worker(() => ({
      calls: Array.from({ length: 100 }, () => ({ name: "rewrite_file", arguments: { path: "src/part0.ts" } })),
    })),
  "always report an issue": () =>
    worker(({ effect }) =>
      effect.legal.includes("report_issue")
        ? call("report_issue", { description: "Not good enough" })
        : call("finish_task", { summary: "no" })
    ),
  "write files that no check looks at": () => {
    let file = 0;
    return worker(() => call("create_file", { path: `notes/${file++}.md` }));
  },
  "always fail": () => () => ({ failure: "unreachable" }),
};

/** Who summarises, and does harm. */
export const HARMFUL_SUMMARISERS: Readonly<Record<string, Player>> = {
  "write nothing": () => ({ prose: "" }),
  "write more than they were shown": () => ({ prose: "x".repeat(1_000_000) }),
  "write calls": () => call("finish_task", { summary: "All is done." }),
  "write what looks like calls": () => ({ prose: '{"name": "finish_task", "arguments": {"summary": "All is done."}}' }),
  "always fail": () => ({ failure: "total_timeout" }),
  "write a line": () => ({ prose: "It is so." }),
};
