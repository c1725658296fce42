import { newestChanges } from "../../src/tui/select/tries.ts";
import { bucketsOf } from "../features/buckets_of.ts";
import { elapsed } from "../../src/features/run/elapsed.ts";
import assert from "node:assert/strict";
import { activityOf, isRunning, runActivity, type Surroundings } from "../../src/tui/select/activity.ts";
import { selectBody, selectHistory, selectLast } from "../../src/tui/select/body.ts";
import { messageDetail, messageLines } from "../../src/tui/panels/messages.ts";
import { doingLine, threadLine } from "../../src/tui/select/header.ts";
import { bar, type Line, lookFor } from "../../src/tui/line.ts";
import { PANELS } from "../../src/tui/panels.ts";
import { wordsOf } from "../../src/tui/select/reply_words.ts";
import { questionLines } from "../../src/tui/select/question.ts";
import { summaryLines } from "../../src/tui/overlays/summary.ts";
import { titleLine } from "../../src/tui/select/title.ts";
import { amount, duration } from "../../src/tui/select/words.ts";
import { message, NOON, withAsks, withoutTurns } from "./demo_parts.ts";
import { sceneOf } from "./demo_scene.ts";
import { DemoStore } from "./demo_store.ts";
import { ASKING, DEMO, ENDED, IDLE, paused } from "./demo_state.ts";

const NONE = new Map();
const { says } = new DemoStore();
const said = (line: Line) => line.map((span) => span.text).join("");
const around: Surroundings = { now: NOON, hosts: [], roles: [] };

Deno.test("a thread says in words what it is doing", () => {
  const word = (state: typeof DEMO, role: string, signals = NONE) => activityOf(state, role, signals).word;
  const loading = new Map([["t2.ask.3", { text: [], thinking: [], status: "loading", since: NOON }]]);
  assert.equal(word(DEMO, "coding", loading), "loading");
  assert.equal(word(DEMO, "coding"), "waiting for strong");
  assert.equal(word(DEMO, "arbiter"), "waiting for coding");
  assert.equal(word(DEMO, "reasoning"), "held: 1 message");
  const open = Object.fromEntries(
    Object.entries(DEMO.decisions.open).map(([id, decision]) => [id, { ...decision, turn: null }]),
  );
  const held = {
    ...{ ...DEMO, decisions: { ...DEMO.decisions, open }, turns: { ...DEMO.turns, open: {} } },
    messages: { ...DEMO.messages, list: [message("m8", { from: "arbiter", status: "held" })] },
  };
  assert.equal(word(held, "arbiter"), "its message waits for you");
  assert.equal(word(DEMO, "analysis"), "idle, last turn made no legal call");
  assert.equal(word(DEMO, "interpreter"), "idle");
  assert.equal(word(ASKING, "coding"), "waiting for you");
  assert.equal(word(paused(DEMO.at), "coding"), "paused");
  assert.equal(word(ENDED, "coding"), "ended");
});

Deno.test("a turn that waits for a summary says so, and so does the thread that writes it", () => {
  const effect = { purpose: "summarise", summarises: 4 };
  const state = withAsks(DEMO, { key: "t2.summary4", role: "analysis", turn: "t2", effect });
  assert.equal(activityOf(state, "coding", NONE).word, "waiting for a summary");
  assert.equal(activityOf(state, "analysis", NONE).word, "writing a summary");
});

Deno.test("the clock stands still while paused, while waiting for the person and when over", () => {
  assert.equal(isRunning(DEMO), true);
  assert.equal(elapsed(DEMO, NOON + 90_000), 90_000);
  assert.equal(elapsed(paused(NOON + 70_000), NOON + 90_000), 70_000);
  assert.equal(isRunning(ASKING), false);
  assert.equal(elapsed(ASKING, NOON + 90_000), elapsed(ASKING, NOON + 900_000));
  assert.equal(elapsed(ENDED, NOON + 900_000), 180_000);
  assert.equal(runActivity(ASKING, around).word, "waits for you");
});

Deno.test("a pane says by a sign how sure it is that the prompt was heard", () => {
  const sign = (proof: NonNullable<typeof DEMO.threads[string]["proof"]>) => {
    const thread = { ...DEMO.threads.analysis!, proof, promptTokens: 2_000, window: 8_192 };
    const state = { ...DEMO, threads: { ...DEMO.threads, analysis: thread } };
    return said(threadLine(sceneOf(new DemoStore(state)), "analysis", 70));
  };
  assert.match(sign("proven"), /✓ exact/);
  assert.match(sign("handled"), /≤ cut to fit/);
  assert.match(sign("estimated"), /~ estimated/);
  assert.match(sign("mismatch"), /! mismatch/);
});

Deno.test("the arbiter's pane says that prompts changed, and why a changed one is not used", () => {
  const last = (prompts: typeof DEMO.run.prompts) =>
    selectBody({ ...DEMO, run: { ...DEMO.run, prompts } }, "arbiter", says).at(-1)?.text;
  assert.equal(last({ files: ["work.md"], faults: [], at: NOON }), "prompts changed: work.md");
  assert.equal(
    last({ files: [], faults: [{ place: "prompts/work.md:4", text: 'There is no tool "fly".' }], at: NOON }),
    'a changed prompt is not used: prompts/work.md:4: There is no tool "fly".',
  );
});

Deno.test("a finished reply shows its words beside its calls, not its calls twice", () => {
  const call = { name: "read_file", arguments: { path: "a" } };
  assert.equal(wordsOf('{"name":"read_file"}', [{ ...call, reason: "Look." }], "constrained"), "Look.");
  assert.equal(wordsOf('I look.\n<tool_call>{"name":"read_file"}</tool_call>', [call], "prompted"), "I look.");
  assert.equal(wordsOf("no call here", [], "prompted"), "no call here");
});

Deno.test("a body shows the message, the words, the calls and their results in order", () => {
  const leads = selectBody(DEMO, "coding", says).map((block) => block.lead);
  assert.deepEqual(leads, ["arbiter › ", "", "→ ", "✓ ", "", "→ ", "✗ ", "• "]);
  assert.deepEqual(
    selectBody(DEMO, "arbiter", says).map((block) => block.text),
    [
      "plan the work",
      "because: No tasks exist yet, so planning comes first.",
      "4 tasks planned",
      "k1 ▸ coding",
      "Fix parse() so that quoted commas stay together.",
      "because: The first task has a failing test that shows the fault.",
    ],
  );
});

Deno.test("a thread without a transcript says whether it was asked", () => {
  const said = (state: typeof DEMO, role: string) => selectLast(state, role).map((block) => block.text).join();
  assert.equal(said(DEMO, "interpreter"), "Nothing was asked of it yet.");
  const asking = withAsks(DEMO, { key: "i1", role: "interpreter", placed: null });
  assert.equal(said(asking, "interpreter"), "It is being asked for the first time.");
  assert.equal(said(withoutTurns(IDLE), "coding"), "It was asked; nothing has come of that yet.");
});

Deno.test("a task with nothing to change is no failure: it is not counted and has no cross", () => {
  const empty = {
    number: 1,
    role: "coding",
    verdict: "empty" as const,
    seq: 0,
    summary: "nothing was written",
    writes: [],
    pieces: [],
    texts: 0,
  };
  const state = {
    ...ENDED,
    tasks: {
      ...ENDED.tasks,
      list: ENDED.tasks.list.map((task, index) => ({
        ...task,
        kind: index === 3 ? "documentation" as const : "work" as const,
        status: index > 1 ? "dropped" as const : "done" as const,
      })),
    },
    attempts: { open: {}, past: bucketsOf({ k4: [empty] }) },
  };
  const lines = summaryLines(state, 90).map((line) => line.map((span) => span.text).join(""));
  assert.ok(lines.includes("Tasks, 2 of 2 done, 1 with nothing to change, 1 dropped"), lines.join("\n"));
  assert.ok(lines.some((line) => line.startsWith("✓ no change   Writer drops")));
  assert.ok(lines.some((line) => line.startsWith("✗ dropped     Document")));
  assert.equal(PANELS.tasks.title(state), "tasks 2/2");
});

Deno.test("what a role changed last is what its newest try changed, whichever task that was at and however it is called", () => {
  const at = (path: string, seq: number) => ({
    number: 1,
    role: "coding",
    verdict: "kept" as const,
    seq,
    summary: "",
    writes: [],
    kept: [{ path, before: null, after: "h", modeBefore: null, modeAfter: 0o100644, createdFolders: [] }],
    pieces: [],
    texts: 0,
  });
  for (const [older, newer] of [["T7", "T8"], ["T8", "T9"], ["T9", "T10"], ["T10", "T7"]] as const) {
    const past = bucketsOf({ [newer]: [at("newer.ts", 9)], [older]: [at("older.ts", 4)] });
    const state = { ...DEMO, attempts: { open: {}, past }, decisions: { ...DEMO.decisions, open: {}, past: [] } };
    assert.deepEqual(newestChanges(state, "coding").map(({ path }) => path), ["newer.ts"], `${older}, then ${newer}`);
  }
});

Deno.test("the summary names the commands that show work which was not accepted, and take it over", () => {
  const write = { path: "a", before: null, after: "h", modeBefore: null, modeAfter: 0o100644, createdFolders: [] };
  const list = DEMO.tasks.list.map((task, index) => index === 0 ? { ...task, status: "parked" as const } : task);
  const [{ id } = { id: "" }] = list;
  const over = {
    number: 1,
    role: "coding",
    verdict: "refuted",
    seq: 0,
    summary: "",
    writes: [write],
    pieces: [],
    texts: 0,
  } as const;
  const state = (kind: "partial" | "accepted") => ({
    ...ENDED,
    run: { ...ENDED.run, ending: { kind, cause: "It ended.", at: NOON } },
    tasks: { ...DEMO.tasks, list },
    attempts: { open: {}, past: bucketsOf({ [id]: [over] }) },
  });
  const said = (kind: "partial" | "accepted") =>
    summaryLines(state(kind), 90).map((line) => line.map(({ text }) => text).join("")).join("\n");
  const { id: run = "" } = ENDED.run.info ?? {};
  assert.ok(said("partial").includes(`look        autonomy diff ${run} ${id}`), said("partial"));
  assert.ok(said("partial").includes(`take over   autonomy apply ${run} ${id}`));
  assert.ok(!said("accepted").includes("autonomy apply"));
});

Deno.test("the summary says what became of the messages of each pair of roles", () => {
  const counts = { sent: 3, modified: 1, redirected: 0, clarified: 0, dropped: 0, answered: 2, tokens: 140 };
  const statistics = { ...ENDED.statistics, pairs: { "coding analysis": counts } };
  const said = (width: number) =>
    summaryLines({ ...ENDED, statistics }, width).map((line) => line.map(({ text }) => text).join(""));
  assert.ok(said(90).includes("coding → analysis  3 sent, 1 modified, 2 answered, 140 tokens"), said(90).join("\n"));
  const narrow = said(30);
  const at = narrow.findIndex((line) => line.startsWith("coding → analy…  3 sent, 1"));
  assert.deepEqual(narrow.slice(at + 1, at + 4).map((line) => line.trim()), ["modified, 2", "answered, 140", "tokens"]);
});

Deno.test("older entries leave out what the state still shows", () => {
  const entry = { role: "coding", seq: 1, at: NOON, kind: "model" as const, title: "", text: "x" };
  const shown = selectHistory(DEMO, "coding", [{ ...entry, of: "t1" }, { ...entry, seq: 2, of: "t2" }], says);
  assert.deepEqual(shown.map((block) => block.key), ["h1.model", "h.end"]);
});

Deno.test("older entries are said in plain words: decisions by what they mean, failures of nothing by their text alone", () => {
  const entry = { role: "arbiter", seq: 1, at: NOON, of: "d0", kind: "decision" as const, title: "", text: "" };
  const shown = selectHistory(DEMO, "arbiter", [
    { ...entry, title: "consult_analysis_specialist", text: "I need to know where to begin." },
    { ...entry, kind: "outcome", text: "analysis: 5 checks fail." },
    { ...entry, title: "continue_current_phase" },
    { ...entry, kind: "failure", text: "the host did not answer" },
    { ...entry, kind: "failure", title: "read_file", text: "There is no file x." },
  ], says).map(({ lead, text }) => `${lead}${text}`);
  assert.deepEqual(shown, [
    "12:00 ask analysis",
    "  because: I need to know where to begin.",
    "  analysis: 5 checks fail.",
    "12:00 go on with the phase",
    "✗ the host did not answer",
    "✗ read_file: There is no file x.",
    "· · · earlier decisions above",
  ]);
});

Deno.test("an older decision is said by whom it gave which task, and by its name where nothing more is known of it", () => {
  const entry = {
    seq: 1,
    at: NOON,
    kind: "decision",
    role: "arbiter",
    title: "continue_current_phase",
    text: "",
  } as const;
  const decision = { ...DEMO.decisions.past[0]!, id: "d0", assigned: { task: "T7", role: "coding" } };
  const older = [{ ...entry, of: "d0" }, { ...entry, of: "unknown" }];
  const shown = selectHistory(DEMO, "arbiter", older, says, [decision]).map(({ text }) => text);
  assert.deepEqual(shown, ["T7 ▸ coding", "go on with the phase", "earlier decisions above"]);
});

Deno.test("a decision says nothing twice, and whom it gave which task", () => {
  const [past] = DEMO.decisions.past;
  const blocks = (some: Partial<NonNullable<typeof past>>) => {
    const decisions = { ...DEMO.decisions, open: {}, past: [{ ...past!, ...some }] };
    return selectBody({ ...DEMO, decisions }, "arbiter", says).map(({ text }) => text);
  };
  const summary = "All tasks are over.";
  assert.deepEqual(blocks({ name: "finish", arguments: { summary }, reason: summary, outcome: null }), [
    "finish: All tasks are over.",
  ]);
  assert.deepEqual(blocks({ assigned: { task: "T2", role: "coding" }, reason: "", outcome: null }), [
    "T2 ▸ coding",
  ]);
  assert.deepEqual(blocks({ by: "rules", reason: "There is work in it.", outcome: null }), [
    "plan the work (by the rules)",
  ]);
  assert.deepEqual(blocks({ name: "change_phase", arguments: { phase: "qa" }, reason: "", outcome: null }), [
    "turn to qa",
  ]);
});

Deno.test("a pane says in words where the way of calling comes from, as long as there is room", () => {
  const row = (wayFrom: string, width: number) => {
    const state = { ...withAsks(DEMO), threads: { ...DEMO.threads, coding: { ...DEMO.threads.coding!, wayFrom } } };
    return said(threadLine(sceneOf(new DemoStore(state)), "coding", width));
  };
  assert.match(row("record", 116), /^qwen2\.5-coder:32b@strong constrained, as its record says · asked 9× · 2 failed/);
  assert.match(row("default", 116), /^qwen2\.5-coder:32b@strong constrained · asked 9×/);
  assert.match(row("record", 84), /@strong constrained · asked 9×/);
});

Deno.test("blank replies leave no hole in a transcript, and a call is shown once", () => {
  const entry = { role: "coding", at: NOON, kind: "model" as const, title: "", of: "t1" };
  const reply = "One task.\n\n\n\nFor a file.\n<tool_call>\n{'name': 'create_task_plan'}\n</tool_call>\n";
  const shown = selectHistory(DEMO, "coding", [
    { ...entry, seq: 1, text: "\n\n \n" },
    { ...entry, seq: 2, text: reply },
    { ...entry, seq: 2, kind: "call", title: "create_task_plan", text: "{}" },
    { ...entry, seq: 3, text: "<tool_call>{}</tool_call>" },
    { ...entry, seq: 3, kind: "call", title: "approve_code", text: "{}" },
  ], says);
  assert.deepEqual(shown.map((block) => block.text), [
    "One task.\n\nFor a file.",
    "create_task_plan {}",
    "approve_code {}",
    "earlier turns above",
  ]);
});

Deno.test("a message's row keeps its sign when it is selected, is not cut where it fits, and says what was changed", () => {
  const rows = (width: number, some: Partial<typeof DEMO.messages.list[number]>, selected: string | null) => {
    const list = [{ ...DEMO.messages.list[2]!, text: "Look at it.", ...some }];
    const state = { ...DEMO, messages: { ...DEMO.messages, list } };
    return messageLines(state, width, selected).map((line) => line.map((span) => span.text).join(""));
  };
  const redirected = { originalTo: "reasoning", changedBy: "person" };
  assert.deepEqual(rows(50, {}, "m3"), ["○>queued    coding→analysis Look at it.".padEnd(50)]);
  assert.deepEqual(rows(50, {}, null), ["○ queued    coding→analysis Look at it."]);
  assert.deepEqual(rows(50, redirected, null), ["○ queued    coding→analysis* Look at it."]);
  assert.match(rows(80, redirected, null)[0]!, /→analysis \(redirected by you\) Look/);
  assert.match(rows(80, { ...redirected, original: "x" }, null)[0]!, /\(edited and redirected by you\)/);
  const detail = messageDetail({ ...DEMO.messages.list[2]!, ...redirected }, 80, 3)[0]!;
  assert.equal(detail[0]!.text, "note coding→analysis, redirected by you, it was to reasoning");
  assert.ok(rows(30, { text: "漢字".repeat(20) }, "m3")[0]!.trimEnd().endsWith("…"), "what does not fit is marked");
});

Deno.test("the goal stands in the title of a run that is over, and its summary names the folder and how to go on", () => {
  const say = (lines: ReturnType<typeof summaryLines>) => lines.map((line) => line.map((span) => span.text).join(""));
  const over = {
    ...ENDED,
    run: {
      ...ENDED.run,
      phase: "documentation",
      info: { ...ENDED.run.info!, project: "/tmp/autonomy-rehearsal-a1" },
    },
  };
  const [title] = say([[...titleLine(over, "", { ...around, now: NOON + 180_000 }, 80)]]);
  assert.match(title!, /autonomy-rehearsal-a1 {2}Make the parser/);
  assert.match(title!, /■ accepted {2}3:00 $/);
  assert.ok(say(summaryLines(over, 80)).includes("project     /tmp/autonomy-rehearsal-a1"));
  assert.doesNotMatch(say(summaryLines(over, 80)).join(" "), /goes on/);
  const narrow = say(summaryLines(over, 50)).join(" ").replace(/ try \d/g, "").replace(/\s+/g, " ");
  for (const { description } of over.tasks.list) assert.ok(narrow.includes(description), description);
  for (const kind of ["failed", "blocked", "budget", "partial", "no_host", "cancelled"] as const) {
    const ending = { kind, cause: "something stopped it", at: NOON + 180_000 };
    const shown = say(summaryLines({ ...over, run: { ...over.run, ending } }, 120)).join(
      "\n",
    );
    assert.match(shown, /go on +autonomy run --resume r-7f3a goes on/);
    assert.equal(/higher limit/.test(shown), kind === "budget");
  }
});

Deno.test("what a thread does is said shorter where it would be cut", () => {
  const first = (role: string, status: string, room: number) => {
    const store = new DemoStore(withAsks(withoutTurns(DEMO), { key: "e1", role, openedAt: NOON }));
    store.streams.set("e1", { text: [], thinking: [], status, since: NOON });
    store.time = NOON + 12_000;
    return said(doingLine(sceneOf(store), role, room));
  };
  assert.equal(first("coding", "reading the prompt", 20), "● reading prompt 12s");
  assert.equal(first("arbiter", "waiting for interpreter", 20), "○ awaits interpreter");
  assert.equal(first("arbiter", "waiting for reasoning", 30), "○ waiting for reasoning 12s");
  assert.equal(first("coding", "reading the files it starts with", 20), "● reading files 12s");
  assert.equal(first("coding", "reading the prompt", 40), "● reading the prompt 12s");
});

Deno.test("a question is laid out whole, with all that would be written or run", () => {
  const shows = { text: "cut", chars: 4_000, blob: "b1" };
  const asked = { id: "q", kind: "call", text: "word ".repeat(200), context: "why", turn: null, at: 0, shows } as const;
  const said = questionLines(asked, 40, ({ blob }) => `${blob}\n+new\n-old\n kept\n`.repeat(300))
    .map((line) => line.map(({ text }) => text).join(""));
  assert.equal(said.join(" ").match(/word/g)?.length, 200);
  assert.equal(said.filter((line) => line === "+new").length, 300);
  assert.equal(said.at(-1), " kept");
});

Deno.test("of a long line that is asked about no character is lost, and its rest is no line of its own", () => {
  const line = `+${"a  b\t+c ".repeat(20)}`;
  const shows = { text: line, chars: line.length };
  const asked = { id: "q", kind: "call", text: "May it?", context: "", turn: null, at: 0, shows } as const;
  const rows = questionLines(asked, 30, ({ text }) => text).slice(1).map((row) => row.map(({ text }) => text));
  assert.ok(rows.length > 4 && rows.slice(1).every(([lead]) => lead === "↪ "));
  assert.equal(rows.map(([, text]) => text).join(""), line.replaceAll("\t", "→ "));
});

Deno.test("a meter of next to nothing is no quarter full, in ASCII neither", () => {
  const meter = (share: number, term: string) => said(bar(share, 4, lookFor({ TERM: term })));
  assert.deepEqual([0, 0.001, 0.4, 1].map((share) => meter(share, "xterm")), ["░░░░", "▏░░░", "██░░", "████"]);
  assert.deepEqual([0, 0.001].map((share) => meter(share, "dumb")), ["....", ":..."]);
});

Deno.test("counts and times are short", () => {
  assert.deepEqual([950, 6712, 16384, 400_000, 1_250_000].map(amount), ["950", "6.7k", "16k", "400k", "1.3M"]);
  assert.deepEqual([900, 62_000, 3_729_000].map(duration), ["0s", "1:02", "1:02:09"]);
});

Deno.test("the title says what goes on: who works, how many, that the person or every host is waited for", () => {
  const word = (state: typeof DEMO, over: Partial<typeof around> = {}) =>
    runActivity(state, { ...around, roles: ["arbiter", "coding", "reasoning"], ...over }).word;
  const two = withAsks(DEMO, { key: "a", role: "coding" }, { key: "b", role: "reasoning" });
  assert.equal(word(DEMO), "coding at work");
  assert.equal(word(two), "2 at work");
  assert.equal(word(IDLE), "1 message waits for you");
  assert.equal(word(ASKING), "waits for you");
  assert.equal(word({ ...two, people: ASKING.people }), "2 at work, waits for you");
  assert.equal(word(paused(NOON)), "paused");
  const check = { effect: { kind: "check", key: "k", cause: "" } as never, openedAt: NOON };
  assert.equal(word({ ...IDLE, effects: { ...IDLE.effects, open: { k: check } } }), "checks at work");
  const down = { state: "down" as const, retryAt: NOON + 3_200 };
  assert.equal(word(two, { hosts: [down, { ...down, retryAt: NOON + 9_000 }] }), "no host answers: retry in 4 s");
  assert.equal(word(two, { hosts: [{ state: "down", retryAt: null }] }), "no host answers");
  assert.equal(word(two, { hosts: [{ state: "up", retryAt: NOON + 5_000 }] }), "no host answers: retry in 5 s");
  assert.equal(word(two, { hosts: [down, { state: "up", retryAt: NOON - 1 }] }), "2 at work");
});

Deno.test("a thread that was not asked yet shows where it would be, and no model that no host has", () => {
  const crew = DEMO.run.crew.map((member) => ({ ...member, models: ["dreamt:70b", "qwen2.5:14b"] }));
  const store = new DemoStore({ ...DEMO, run: { ...DEMO.run, crew } });
  const line = () => said(threadLine(sceneOf(store), "interpreter", 50));
  assert.doesNotMatch(line(), /dreamt|qwen/);
  const [fast, strong] = store.hosts();
  const models = [{ name: "qwen2.5:14b", digest: "", bytes: null, size: null }];
  store.hosts = () => [fast!, { ...strong!, models }];
  assert.match(line(), /^qwen2\.5:14b@strong/);
});
