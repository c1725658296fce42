import assert from "node:assert/strict";
import { COMMANDS_QUESTION, dueSetup, LANGUAGE_QUESTION } from "../../../src/features/setup/due_setup.ts";
import { languageNamed } from "../../../src/features/setup/languages_named.ts";
import { projectName } from "../../../src/features/setup/project_name.ts";
import { people } from "../../../src/features/people/people.ts";
import { EMPTY } from "../../../src/features/features.ts";
import type { Fact } from "../../../src/features/fact.ts";
import type { State } from "../../../src/features/state.ts";
import { LANGUAGES } from "../../../src/languages/languages.ts";
import { after } from "../../given/given.ts";
import { crew } from "../../laws/crew.ts";

const registry = { ...crew(), languages: LANGUAGES };
const ABLE = [{ called: "Python", way: "files" }, { called: "Go", way: "go" }];

/** A run that begins in a folder that holds no project, before its first checks. */
function begun(goal: string, headless = false, able = ABLE): State {
  return after(EMPTY, {
    type: "run_started",
    run: "r1",
    project: "/work/some-thing",
    goal,
    mode: "driver",
    headless,
    label: "",
    trusted: true,
    limits: { tokens: null, turns: null, wallMs: null },
    roleLimits: {},
    version: "0",
    dirty: [],
  }, { type: "project_missing", entries: [], able: [...able] });
}

/** The state once all facts that are owed are so. */
function settled(state: State): State {
  const { facts } = dueSetup(state, registry);
  return facts.length === 0 ? state : settled(after(state, ...facts as Fact[]));
}

function answered(state: State, id: string, approved: boolean, text = ""): State {
  return settled(after(state, { type: "question_answered", id, approved, text }));
}

const CALCULATOR = "a command-line calculator with + − × ÷ and brackets";

Deno.test("the language is the one that the goal names alone, what is written in it before all else, and open else", () => {
  const goals: Readonly<Record<string, string | null>> = {
    [`${CALCULATOR}, in Python`]: "Python",
    [`${CALCULATOR}, in TypeScript`]: "TypeScript",
    [`${CALCULATOR}, in Go`]: "Go",
    "A Go program that counts words": "Go",
    "Write a Rust library for roman numerals": "Rust",
    "Write wordcount.py, which counts words": "Python",
    "Write counter.ts": "TypeScript",
    "a todo list in Node.js": "JavaScript",
    "a todo list in Node": "JavaScript",
    "a TypeScript todo list in Node.js": "TypeScript",
    "Port it from JavaScript to TypeScript": "TypeScript",
    "a linter for Python developers, written in Rust": "Rust",
    "a calculator, not in Python but in Go": "Go",
    "Do not write it in Python, write it in Go": "Go",
    "convert from data.py to JSON in Rust": "Rust",
    "a tool for counting words in Python": "Python",
    "Write a binary tree with a node class": null,
    "a tool that tracks cargo shipments": null,
    "a program in Python and Go": null,
    "a calculator in Ruby": null,
    "a Haskell parser in Python": "Python",
    [CALCULATOR]: null,
    "a game of Go": null,
    "go and write me a calculator": null,
  };
  for (const [goal, called] of Object.entries(goals)) {
    assert.equal(languageNamed(goal, LANGUAGES)?.called ?? null, called, goal);
  }
});

Deno.test("a project is named by the thing that the goal wants, else by its folder", () => {
  const goals: Readonly<Record<string, string>> = {
    [`${CALCULATOR}, in Python`]: "calculator",
    "Write a small CLI tool in Go that counts words": "counts_words",
    "Build a todo list app in TypeScript": "todo_list",
    "an app": "some_thing",
    "I want a small CLI in Python, called wc2, that counts words": "wc2",
    "a URL shortener named `short-it` in Go": "short_it",
    "Create a library called strutil": "strutil",
    "a tool that finds files named core": "finds_files",
    "a program with a command called greet": "called_greet",
    "a backup script called by cron, in Python": "backup_called",
    "a small game named after my cat": "after_cat",
    "a so-called smart list in Python": "smart_list",
    "a CLI called `to` in Go": "to",
    "Ein Taschenrechner": "ein_taschenrechner",
    "×": "some_thing",
  };
  for (const [goal, name] of Object.entries(goals)) assert.equal(projectName(goal, "Some-Thing"), name, goal);
  assert.equal(projectName("×", "1"), "main");
});

Deno.test("a goal that names its language is asked for the commands of its tool alone, once, and a yes lets them run", () => {
  const asked = settled(begun(`${CALCULATOR}, in Go`));
  assert.deepEqual(asked.people.questions.map(({ id }) => id), [COMMANDS_QUESTION]);
  const [question] = asked.people.questions;
  assert.match(question?.shows?.text ?? "", /^runs +go mod init calculator$/m);
  assert.match(question?.shows?.text ?? "", /^writes +\.gitignore$/m);
  assert.equal(dueSetup(asked, registry).waits, true, "nothing else begins meanwhile");
  const [allowed, denied] = [true, false].map((yes) => dueSetup(answered(asked, COMMANDS_QUESTION, yes), registry));
  assert.deepEqual(allowed?.effects.map((effect) => effect.kind === "setup" && effect.runs), [true]);
  assert.deepEqual(denied?.effects.map((effect) => effect.kind === "setup" && effect.runs), [false], "files alone");
});

Deno.test("an open language is asked for once, with a proposal, which counts where nobody answers or knows", () => {
  const asked = settled(begun(CALCULATOR));
  assert.deepEqual(asked.people.questions.map(({ id }) => id), [LANGUAGE_QUESTION]);
  assert.match(asked.people.questions[0]?.context ?? "", /Python, Go\. Without an answer it is Python\./);
  const planned = (text: string, approved = true) => answered(asked, LANGUAGE_QUESTION, approved, text).setup.plan;
  assert.deepEqual([planned("go")?.called, planned("go")?.by], ["Go", "person"]);
  assert.deepEqual([planned("Use Python please")?.called, planned("Use Python please")?.by], ["Python", "person"]);
  for (const plan of [planned("", false), planned("")]) {
    assert.deepEqual([plan?.called, plan?.by], ["Python", "proposal"]);
  }
});

Deno.test("an answer that is no language known here is said to be none, and the language is asked for again", () => {
  const again = answered(settled(begun(CALCULATOR)), LANGUAGE_QUESTION, true, "Haskell");
  assert.equal(again.setup.plan, null);
  assert.match(again.people.questions[0]?.context ?? "", /^No new project can be set up here in `Haskell`\./);
  assert.deepEqual(answered(again, LANGUAGE_QUESTION, true, "go").setup.plan?.by, "person");
});

Deno.test("a language in which nothing can be set up is said to be so: a person is asked, and without one the run ends", () => {
  for (const language of ["Ruby", "C++", "C", "Haskell"]) {
    const [asked] = settled(begun(`${CALCULATOR}, in ${language}`)).people.questions;
    assert.ok(asked?.context.startsWith(`No new project can be set up here in \`${language}\`.`), asked?.context);
    const [ended] = dueSetup(begun(`${CALCULATOR}, in ${language}`, true), registry).facts;
    assert.ok(ended?.type === "run_ended" && ended.kind === "blocked", language);
    assert.ok(
      ended.cause.startsWith(`The goal names ${language}, and no new project can be set up in it.`),
      ended.cause,
    );
  }
});

Deno.test("of several languages that a goal names one is proposed, and a file named like a runtime is no source", () => {
  const several = settled(begun(`${CALCULATOR}, in Rust or in Go`));
  assert.match(several.people.questions[0]?.context ?? "", /Without an answer it is Go\./);
  const able = [{ called: "JavaScript", way: "node" }];
  const plan = settled(begun(`${CALCULATOR}, in Node.js`, true, able)).setup.plan;
  assert.notEqual(plan?.source, "Node.js");
});

Deno.test("a run that goes on without the person who was asked takes the proposal, and writes its files without commands", () => {
  const resumed: Fact = { type: "run_resumed", headless: true };
  const alone = (state: State): State => {
    const owed = people.due?.(after(state, resumed), registry, 0).facts ?? [];
    return settled(after(state, resumed, ...owed));
  };
  assert.deepEqual([alone(settled(begun(CALCULATOR))).setup.plan?.by], ["proposal"]);
  const asked = alone(settled(begun(`${CALCULATOR}, in Go`)));
  assert.deepEqual(dueSetup(asked, registry).effects.map((effect) => effect.kind === "setup" && effect.runs), [false]);
});

Deno.test("without a person nothing is asked: the proposal is taken and named, and its commands run", () => {
  const state = settled(begun(CALCULATOR, true, ABLE.toReversed()));
  assert.deepEqual([state.setup.plan?.called, state.setup.plan?.by], ["Go", "proposal"]);
  assert.deepEqual(state.people.questions, []);
  assert.deepEqual(dueSetup(state, registry).effects.map((effect) => effect.kind === "setup" && effect.runs), [true]);
});

Deno.test("a language whose tools are not there ends the run before anything is asked of a model, and says what is missing", () => {
  const { facts } = dueSetup(begun(`${CALCULATOR}, in Rust`), registry);
  const [ended] = facts;
  assert.ok(ended?.type === "run_ended" && ended.kind === "blocked");
  assert.match(ended.cause, /none can be set up in Rust here: `cargo --version` does not work\. Install it, or name/);
});

Deno.test("below another cargo workspace a Rust project is written without cargo, which would change that one, and stands out of it", () => {
  const plan = settled(begun("a calculator in Rust", true, [{ called: "Rust", way: "files" }])).setup.plan;
  assert.deepEqual(plan?.commands, []);
  assert.match(plan?.files["Cargo.toml"] ?? "", /^\[package\]\nname = "calculator"\n[^]*\n\[workspace\]\n$/);
});

Deno.test("what is to be repaired, documents, and a goal about checks set up nothing", () => {
  const goals = [
    "Fix the bug in parse.py",
    "Write a README.md in Python",
    "Make the failing tests pass",
    "Rename a to b",
  ];
  for (const goal of goals) assert.deepEqual(dueSetup(begun(goal), registry), { ...dueSetup(EMPTY, registry) }, goal);
});

Deno.test("a file that the goal names is the source, and no module that a runner needs is stood in for", () => {
  const plan = (goal: string) => settled(begun(goal, true)).setup.plan;
  assert.deepEqual([plan("Write src/word_count.py")?.source, plan("Write src/word_count.py")?.name], [
    "src/word_count.py",
    "word_count",
  ]);
  assert.equal(
    plan("a queue in Python")?.source,
    "my_queue.py",
    "queue.py would be found in the place of Python's own",
  );
  assert.deepEqual(
    [plan("a calendar in Python")?.source, plan("Write calendar.py")?.name, plan("Write calendar.py")?.source],
    ["my_calendar.py", "my_calendar", "calendar.py"],
  );
  const rust = settled(begun("a loop in Rust", true, [{ called: "Rust", way: "cargo" }])).setup.plan;
  assert.equal(rust?.name, "my_loop");
  assert.equal(plan("Write ../../out.py in Python")?.source.includes(".."), false);
});

Deno.test("once it is set up, or could not be, nothing more is owed", () => {
  const planned = settled(begun(CALCULATOR, true));
  const [effect] = dueSetup(planned, registry).effects;
  assert.ok(effect?.kind === "setup");
  const open = after(planned, { type: "effect_opened", effect });
  assert.deepEqual(dueSetup(open, registry).effects, []);
  const { key } = effect;
  const failed: Fact = { type: "effect_failed", key, failure: "tool_error", text: "a.txt stands there.", ms: 1 };
  assert.deepEqual(dueSetup(after(open, failed), registry).effects, []);
  const cut = after(open, { ...failed, failure: "interrupted" });
  assert.deepEqual(dueSetup(cut, registry).effects.map(({ kind }) => kind), ["setup"], "a kill lets it begin again");
});
