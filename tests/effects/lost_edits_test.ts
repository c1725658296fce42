import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { perform } from "../../src/effects/perform.ts";
import { prepare } from "../../src/effects/prepare/prepare.ts";
import { tool } from "../../src/effects/tool/tool.ts";
import type { Fact } from "../../src/features/fact.ts";
import type { State } from "../../src/features/state.ts";
import { due } from "../../src/kernel/due.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { recorderOf } from "../../src/run/recorder_of.ts";
import { openWorkspace, type ProjectWorkspace } from "../../src/work/workspace.ts";
import { memoryBlobs } from "../fakes/plain_workspace.ts";
import { after, opening } from "../given/given.ts";
import { atWork, planned, registry } from "../given/given_attempt.ts";
import { tools } from "../plugins/call_tool.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";

const OLD = "export function a() {\n  return 1;\n}\n";
const NEW = "export function a() {\n  return 2;\n}\n";
const PERSON = "// by hand\n";
const SILENT = { opened() {}, closed() {}, commandOpened() {}, commandClosed() {} };

/** A turn of an attempt at a real project, whose effects are carried out and folded one by one. */
class TurnAtWork {
  state: State = atWork(planned());
  #calls = 0;

  constructor(
    readonly root: string,
    readonly workspace: ProjectWorkspace,
    readonly blobs: ReturnType<typeof memoryBlobs>,
  ) {}

  /** Carries out an effect; gives the fact that closed it. */
  async #perform(effect: { readonly key: string }, kind: Parameters<typeof perform>[1]): Promise<Fact> {
    const note = (fact: Fact) => void (this.state = after(this.state, fact));
    note(opening(effect));
    const world = {
      state: this.state,
      registry: registry as never,
      blobs: this.blobs,
      workspace: this.workspace.recordedBy(recorderOf(effect.key, note)),
      models: {} as never,
      tools,
      note,
      show: () => {},
      now: () => 0,
    };
    const facts = await perform(effect as never, kind, world, new AbortController().signal);
    for (const fact of facts) note(fact);
    return facts[0];
  }

  /** Reads what the turn starts with. */
  async prepare(): Promise<void> {
    const [effect] = due(this.state, registry, this.state.at).effects.filter(({ kind }) => kind === "prepare");
    assert.ok(effect !== undefined, "files are read first");
    assert.equal((await this.#perform(effect, prepare as never)).type, "effect_finished");
  }

  /** Calls a tool; gives what the turn is told, and whether it was done. */
  async call(name: string, args: Readonly<Record<string, unknown>>): Promise<{ done: boolean; text: string }> {
    const [turn] = Object.values(this.state.turns.open);
    const access = tools.get(name)!.access;
    const key = `${turn!.id}.call${++this.#calls}.1`;
    const closed = await this.#perform(
      { kind: "tool", key, turn: turn!.id, role: turn!.role, access, call: { name, arguments: args } } as never,
      tool as never,
    );
    const told = this.state.turns.open[turn!.id]!.exchange.at(-1)!;
    return { done: closed.type === "effect_finished", text: told.text.text };
  }

  text(path = "src/a.ts"): string {
    return readFileSync(`${this.root}/${path}`, "utf8");
  }

  /** The person saves something at the end of a file. */
  save(path = "src/a.ts"): void {
    appendFileSync(`${this.root}/${path}`, PERSON);
  }
}

/** Begins an attempt whose task is about `src/a.ts`; beside it stands a file that the turn is not shown. */
function atTurn(
  test: (turn: TurnAtWork) => Promise<void>,
  files: Readonly<Record<string, string>> = {},
): Promise<void> {
  return inTemporaryFolder(async (root) => {
    writeFiles(root, { "src/a.ts": OLD, "src/unseen.ts": OLD, "tests/a_test.ts": "", ...files });
    const blobs = memoryBlobs();
    const workspace = await openWorkspace({ root, languages: LANGUAGES, recorder: SILENT, blobs });
    const turn = new TurnAtWork(root, workspace, blobs);
    await turn.prepare();
    await test(turn);
  });
}

const REWRITES: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ["rewrite_file", { content: NEW }],
  ["rewrite_lines", { from_line: 2, to_line: 2, content: "  return 2;" }],
  ["rewrite_function", { function: "a", content: NEW }],
];

Deno.test("what a person saves after a turn was shown a file is not written over, and the turn is shown it", async () => {
  for (const [name, args] of REWRITES) {
    await atTurn(async (turn) => {
      turn.save();
      const refused = await turn.call(name, { path: "src/a.ts", ...args });
      assert.ok(!refused.done, name);
      assert.ok(refused.text.includes("changed by somebody else") && refused.text.includes(OLD + PERSON), refused.text);
      assert.equal(turn.text(), OLD + PERSON, name);
      // It goes on from there: it was shown the file as it is now.
      const content = name === "rewrite_file" ? { content: NEW + PERSON } : {};
      assert.ok((await turn.call(name, { path: "./src/a.ts", ...args, ...content })).done, name);
      assert.equal(turn.text(), NEW + PERSON, name);
    });
  }
});

Deno.test("what read_file showed last is what a rewrite is for, whichever way the path is written", () =>
  atTurn(async (turn) => {
    turn.save();
    await turn.call("read_file", { path: "./src//a.ts" });
    assert.ok((await turn.call("rewrite_file", { path: `${turn.root}/src/a.ts`, content: NEW + PERSON })).done);
    turn.save();
    assert.ok(!(await turn.call("rewrite_file", { path: "src/a.ts", content: NEW })).done);
    assert.equal(turn.text(), NEW + PERSON + PERSON);
  }));

Deno.test("a search shows no file: what it passed over is still meant as it was shown before", () =>
  atTurn(async (turn) => {
    turn.save();
    await turn.call("search_code", { query: "return" });
    assert.ok(!(await turn.call("rewrite_file", { path: "src/a.ts", content: NEW })).done);
    assert.equal(turn.text(), OLD + PERSON);
  }));

Deno.test("a file that was never shown is meant as it stood when the attempt began", () =>
  atTurn(async (turn) => {
    assert.ok(turn.state.turns.open[Object.keys(turn.state.turns.open)[0]!]!.seen["src/unseen.ts"] === undefined);
    turn.save("src/unseen.ts");
    assert.ok(!(await turn.call("rewrite_file", { path: "src/unseen.ts", content: NEW })).done);
    assert.equal(turn.text("src/unseen.ts"), OLD + PERSON);
  }));

Deno.test("what the turn wrote itself, by tools or by a command, it may write again", () =>
  atTurn(async (turn) => {
    assert.ok((await turn.call("rewrite_file", { path: "src/a.ts", content: NEW })).done);
    assert.ok((await turn.call("rewrite_file", { path: "src/a.ts", content: OLD })).done);
    const ran = await turn.call("run_command", { command: ["sh", "-c", "echo '// formatted' >> src/a.ts"] });
    assert.ok(ran.done, ran.text);
    assert.ok(
      (await turn.call("rewrite_lines", { path: "src/a.ts", from_line: 2, to_line: 2, content: "  return 3;" })).done,
    );
    assert.equal(turn.text(), "export function a() {\n  return 3;\n}\n// formatted\n");
    assert.ok((await turn.call("create_file", { path: "src/b.ts", content: NEW })).done);
    assert.ok((await turn.call("rewrite_file", { path: "src/b.ts", content: OLD })).done);
    turn.save();
    assert.ok(
      !(await turn.call("rewrite_file", { path: "src/a.ts", content: NEW })).done,
      "a person's save is still seen",
    );
  }));

Deno.test("edit_file finds its old text in what a person saved, and leaves the rest of that", () =>
  atTurn(async (turn) => {
    turn.save();
    assert.ok((await turn.call("edit_file", { path: "src/a.ts", old_text: "return 1;", new_text: "return 2;" })).done);
    assert.equal(turn.text(), NEW + PERSON);
  }));

Deno.test("of a file too long for an error, the turn is told to read it again, and is not taken to have seen it", () =>
  atTurn(async (turn) => {
    const long = "// a line of the file\n".repeat(290);
    writeFileSync(`${turn.root}/src/a.ts`, long);
    for (let time = 0; time < 2; time++) {
      const refused = await turn.call("rewrite_file", { path: "src/a.ts", content: NEW });
      assert.ok(!refused.done && refused.text.includes("Read it again"), refused.text);
    }
    assert.equal(turn.text(), long);
    await turn.call("read_file", { path: "src/a.ts" });
    assert.ok((await turn.call("rewrite_file", { path: "src/a.ts", content: NEW })).done);
  }));
