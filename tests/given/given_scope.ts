import assert from "node:assert/strict";
import type { CheckFact } from "../../src/effects/check/check_effect.ts";
import type { World } from "../../src/effects/effect_kind.ts";
import { scopeOf } from "../../src/effects/check/scope_of.ts";
import type { Fact } from "../../src/features/fact.ts";
import { judgeScope, type Scope } from "../../src/features/scope/judge_scope.ts";
import { wantsOfTask } from "../../src/features/scope/wants_of_task.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";
import type { RunWorkspace } from "../../src/ports/workspace.ts";
import { memoryBlobs } from "../fakes/plain_workspace.ts";
import { after, started, task } from "./given.ts";
import { attemptAtWork } from "./attempt_at_work.ts";

/** Texts of files by path; null for one that is not there. */
export type Files = Readonly<Record<string, string | null>>;

/** An attempt, as it is judged by what it did to definitions. */
export interface AttemptGiven {
  readonly goal: string;
  /** What its task says; absent: the goal. */
  readonly description?: string;
  /** Descriptions of further tasks. */
  readonly others?: readonly string[];
  /** Files before it. */
  readonly files: Files;
  /** Files that it wrote. */
  readonly writes: Files;
  /** New tests of the run, which pass. */
  readonly tests?: readonly string[];
  readonly reasons?: string;
  /** Results that failed when the run began and pass now. */
  readonly repairs?: readonly CheckFact[];
}

/** Judges an attempt by what it did to definitions. */
export async function scopeAfter(given: AttemptGiven): Promise<Scope> {
  const { goal, description = goal, others = [], files, writes, tests = [], reasons = "", repairs = [] } = given;
  const blobs = memoryBlobs();
  const hash = (text: string | null | undefined) => text === null || text === undefined ? null : blobs.putBlob(text);
  const planned: Fact = {
    type: "tasks_planned",
    tasks: [description, ...others].map((words, index) =>
      task({
        id: `T${index + 1}`,
        description: words,
        target: null,
        checks: index === 0 ? repairs.map(({ name }) => name) : [],
      })
    ),
    refused: [],
    by: "rules",
  };
  const effect = {
    kind: "tool" as const,
    key: "w1",
    turn: "t1",
    role: "coding",
    access: "writes" as const,
    call: { name: "rewrite_file", arguments: { path: "a" } },
  };
  const written = Object.entries(writes).map(([path, text]): Fact => ({
    type: "write_closed",
    key: "w1",
    done: true,
    write: {
      path,
      before: hash(files[path]),
      after: hash(text),
      modeBefore: null,
      modeAfter: null,
      createdFolders: [],
    },
  }));
  const state = after(
    started({ goal }, repairs),
    planned,
    { type: "attempt_opened", task: "T1", number: 1, role: "coding", temperature: 0, seed: 1 },
    { type: "effect_opened", effect },
    ...written,
  );
  const attempt = attemptAtWork(state);
  assert.ok(attempt !== null && attempt !== undefined);
  const standing: Files = { ...files, ...writes };
  const there = Object.keys(standing).filter((path) => standing[path] !== null).sort();
  const workspace = {
    files: () => Promise.resolve(there),
    read: (path: string) =>
      standing[path] === null || standing[path] === undefined
        ? Promise.reject(new Error(`There is no ${path}.`))
        : Promise.resolve({ path, text: standing[path], hash: "", lines: 1 }),
  } as unknown as RunWorkspace;
  const world = { state, registry: { languages: LANGUAGES }, blobs } as unknown as World;
  const newTests = tests.map((text) => ({ hash: blobs.putBlob(text) }));
  const found = await scopeOf(world, "T1.1", workspace, newTests, new AbortController().signal);
  const [first] = state.tasks.list;
  return judgeScope(found, {
    task: first!,
    wants: wantsOfTask(state, first!, LANGUAGES),
    reasons,
    after: [
      ...repairs.map((one) => ({ ...one, passed: true })),
      ...tests.map((_, index) => ({ name: `new ${index}`, passed: true, evidence: "", files: [], added: true })),
    ],
  });
}
