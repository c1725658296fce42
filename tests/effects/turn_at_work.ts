import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import { perform } from "../../src/effects/perform.ts";
import type { PrepareEffect } from "../../src/effects/prepare/prepare_effect.ts";
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

/** A source as it stands first, as a model writes it, and what a person puts at its end. */
export const OLD = "export function a() {\n  return 1;\n}\n";
export const NEW = "export function a() {\n  return 2;\n}\n";
export const PERSON = "// by hand\n";
const SILENT = { opened() {}, closed() {}, commandOpened() {}, commandClosed() {} };

/** A turn of an attempt at a real project, whose effects are carried out and folded one by one. */
export class TurnAtWork {
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
      project: this.workspace,
      apart: null,
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
  async prepare(wanted: Partial<PrepareEffect> = {}): Promise<void> {
    const [effect] = due(this.state, registry, this.state.at).effects.filter(({ kind }) => kind === "prepare");
    assert.ok(effect !== undefined, "files are read first");
    assert.equal((await this.#perform({ ...effect, ...wanted }, prepare as never)).type, "effect_finished");
  }

  /** Calls a tool; gives what the turn is told, and whether it was done. */
  async call(name: string, args: Readonly<Record<string, unknown>>): Promise<{ done: boolean; text: string }> {
    const [turn] = Object.values(this.state.turns.open);
    const access = tools.get(name)!.access;
    const key = `${turn!.id}.call${++this.#calls}.1`;
    this.state = after(this.state, { type: "call_given", turn: turn!.id, call: { name, arguments: { ...args } } });
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

/**
 * Begins an attempt whose task is about `src/a.ts`; beside it stands a file that the turn is not shown.
 *
 * @param files further files of the project
 * @param wanted what the turn is to be prepared with, where that is not what is due
 */
export function atTurn(
  test: (turn: TurnAtWork) => Promise<void>,
  files: Readonly<Record<string, string>> = {},
  wanted: Partial<PrepareEffect> = {},
): Promise<void> {
  return inTemporaryFolder(async (root) => {
    writeFiles(root, { "src/a.ts": OLD, "src/unseen.ts": OLD, "tests/a_test.ts": "", ...files });
    const blobs = memoryBlobs();
    for (const text of [OLD, ...Object.values(files)]) blobs.putBlob(text);
    const workspace = await openWorkspace({ root, languages: LANGUAGES, recorder: SILENT, blobs });
    const turn = new TurnAtWork(root, workspace, blobs);
    await turn.prepare(wanted);
    await test(turn);
  });
}
