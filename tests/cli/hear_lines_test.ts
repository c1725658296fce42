// deno-lint-ignore-file no-control-regex
import assert from "node:assert/strict";
import { hearLines } from "../../src/cli/hear_lines.ts";
import type { Question } from "../../src/features/people/slice.ts";
import { type LineFlags, wantsLines } from "../../src/cli/wants_lines.ts";
import type { State } from "../../src/features/state.ts";
import { IDLE } from "../tui/demo_state.ts";
import { DemoStore } from "../tui/demo_store.ts";
import { start, withPlace } from "./fixtures/command_line.ts";

const asking = (...questions: readonly Partial<Question>[]): State => ({
  ...IDLE,
  people: {
    ...IDLE.people,
    questions: questions.map((own, at) => ({
      id: `q${at}`,
      kind: "call",
      text: `May ${at} run?`,
      context: "",
      turn: null,
      at,
      ...own,
    })),
  },
});

/** Types lines into a run, each once the one before was heard; a function is done in between. */
async function typed(
  state: State,
  ...script: readonly (string | ((store: DemoStore) => void))[]
): Promise<{ readonly store: DemoStore; readonly notes: readonly string[] }> {
  const store = new DemoStore(state);
  store.texts = { b1: "rm -r old\nmkdir new" };
  store.words = [{
    name: "park",
    help: "TASK: leaves a task to you",
    run: (args) =>
      args === "" ? Promise.reject(new Error("Name a task.")) : Promise.resolve([{ kind: "park", task: args }]),
  }];
  const notes: string[] = [];
  async function* lines(): AsyncIterable<string> {
    for (const step of script) {
      if (typeof step === "string") yield await Promise.resolve(step);
      else step(store);
    }
  }
  await hearLines({
    run: store,
    texts: { whole: (text) => store.text(text) },
    commands: store,
    note: (text) => void notes.push(text),
    lines: lines(),
  });
  return { store, notes };
}

Deno.test("a line that was typed for a question that is gone answers no other: that is told, and takes the line after it", async () => {
  const other = (store: DemoStore) => store.commit(asking({ id: "other", text: "May rm run?" }));
  const { store, notes } = await typed(asking({}), other, "yes", "no");
  assert.deepEqual(store.sent, [{ kind: "answer", question: "other", approved: false, text: "" }]);
  assert.ok(notes.some((note) => /asked no more, and this line is not taken\. You are asked: May rm run\?/.test(note)));
});

Deno.test("a question is told whole, with all that would run, and answered by yes or no", async () => {
  const shows = { text: "rm -r old…", blob: "b1", length: 20 } as unknown as Question["shows"];
  const { store, notes } = await typed(asking({ context: "For T1.", shows }, {}), "perhaps", "Yes", "n");
  assert.ok(notes.includes("You are asked: May 0 run?\nFor T1.\nrm -r old\nmkdir new\nType yes or no."));
  assert.ok(notes.some((note) => note.startsWith("You are asked: type yes or no.")));
  assert.deepEqual(store.sent, [
    { kind: "answer", question: "q0", approved: true, text: "" },
    { kind: "answer", question: "q1", approved: false, text: "" },
  ]);
  assert.ok(notes.indexOf("Approved.") < notes.indexOf("You are asked: May 1 run?\nType yes or no.") + 2);
});

Deno.test("words are asked for and given, or left unanswered by skip", async () => {
  const words = asking({ kind: "input", text: "Which of the two?" });
  assert.deepEqual((await typed(words, "The first one")).store.sent, [
    { kind: "answer", question: "q0", approved: true, text: "The first one" },
  ]);
  assert.deepEqual((await typed(words, "skip")).store.sent, [
    { kind: "answer", question: "q0", approved: false, text: "" },
  ]);
});

Deno.test("a yes when nothing is asked says nothing to anybody; other words go to the arbiter", async () => {
  const { store, notes } = await typed(IDLE, "yes", "", "Look at the writer.", "?");
  assert.ok(notes.includes("Nothing is asked of you now."));
  assert.deepEqual(store.sent, [{ kind: "say", to: "arbiter", text: "Look at the writer." }]);
  assert.match(notes.at(-1)!, /^What you type goes to the arbiter\./);
});

Deno.test("words behind @ and a role go to that role, also while something is asked; an unknown one names the roles", async () => {
  const { store, notes } = await typed(asking({}), "@coding, mind the quotes.", "@nobody Go on", "@reasoning", "yes");
  assert.deepEqual(store.sent, [
    { kind: "say", to: "coding", text: "mind the quotes." },
    { kind: "answer", question: "q0", approved: true, text: "" },
  ]);
  assert.ok(notes.includes("Said to coding."));
  assert.ok(
    notes.some((note) => note.startsWith("There is no role @nobody. There are @arbiter, @coding, @reasoning,")),
  );
  assert.ok(notes.includes("Write behind @reasoning what you say to it."));
  const words = asking({ kind: "input", text: "Which package?" });
  assert.deepEqual((await typed(words, "@nobody knows")).store.sent, [
    { kind: "answer", question: "q0", approved: true, text: "@nobody knows" },
  ]);
});

Deno.test("where the lines end what is asked is denied, also later", async () => {
  const { store, notes } = await typed(asking({}));
  assert.deepEqual(store.sent, [{ kind: "answer", question: "q0", approved: false, text: "" }]);
  assert.ok(notes.includes("Nobody is there to answer: denied."));
  store.commit(asking({ id: "q7" }));
  assert.equal(store.sent.length, 2);
});

Deno.test("commands of plugins are listed, run, and refused with their reason", async () => {
  const { store, notes } = await typed(IDLE, "/", "/park t2", "/park", "/nope");
  assert.deepEqual(store.sent, [{ kind: "park", task: "t2" }]);
  for (
    const said of [
      "Commands:\n/park: TASK: leaves a task to you",
      "/park is done.",
      "/park: Name a task.",
      "There is no command /nope. There are:\n/park: TASK: leaves a task to you",
    ]
  ) assert.ok(notes.includes(said), said);
});

Deno.test("a whole run by lines: what is asked is heard in plain text, and a typed yes has it accepted", () =>
  withPlace(async (place) => {
    const args = ["rehearse", "--wish", "--pace", "0", "--screen-reader", "--keep", `${place.folder}/kept`];
    const child = start(place, args, { input: true });
    const writer = child.stdin.getWriter();
    let err = "";
    const said = () => ["Type yes, what", "Type yes or no."].filter((asked) => err.includes(asked)).length;
    for await (const piece of child.stderr.pipeThrough(new TextDecoderStream())) {
      const before = said();
      err += piece;
      if (said() > before) await writer.write(new TextEncoder().encode("yes\n"));
    }
    const [{ code }, out] = await Promise.all([child.status, new Response(child.stdout).text()]);
    await writer.close().catch(() => {});
    assert.equal(code, 0, err.slice(-2000));
    assert.match(err, /You are asked: Is this what shall be true in the end\?[^]*criterion 1: [^]*a new test shows it/);
    assert.match(err, /You are asked: 1 new check result/);
    assert.match(err, /test\("with json the rows come as JSON"/);
    assert.match(out, /^accepted/);
    assert.doesNotMatch(err + out, /[\x1b\u2500-\u259f✓✗●○‖▸]/u);
  }));

Deno.test("lines cannot pass messages at the gate: --step with --screen-reader is refused", () =>
  withPlace(async (place) => {
    const child = await start(place, ["rehearse", "--step", "--screen-reader"]).output();
    assert.equal(child.code, 2);
    assert.match(new TextDecoder().decode(child.stderr), /Lines for a screen reader are none\./);
  }));

Deno.test("lines are wanted by the flag, or by the person's own file at a terminal, and by neither without a person", () =>
  withPlace(async (place) => {
    const wants = (flags: Partial<LineFlags>, stdin = true) =>
      wantsLines({
        terminal: { stdin, stdout: true, stderr: true },
        environment: (name) => name === "AUTONOMY_CONFIG_HOME" ? place.config : undefined,
        folder: place.project,
      }, { screenReader: false, ...flags });
    assert.equal(await wants({}), false);
    assert.equal(await wants({ screenReader: true }, false), true);
    await Deno.writeTextFile(`${place.config}/config.jsonc`, '{ "screen_reader": true }');
    assert.equal(await wants({}), true);
    assert.equal(await wants({}, false), false, "there is nobody who could type");
    assert.equal(await wants({ json: true, screenReader: true }), false);
    assert.equal(await wants({ headless: true }), false);
    await Deno.writeTextFile(`${place.project}/other.jsonc`, "{}");
    assert.equal(await wants({ config: "other.jsonc" }), false);
  }));
