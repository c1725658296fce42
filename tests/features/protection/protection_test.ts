import assert from "node:assert/strict";
import type { State } from "../../../src/features/state.ts";
import { after, prepared, replied, wished } from "../../given/given.ts";
import { atWork, FILES, planned, registry } from "../../given/given_attempt.ts";
import { due } from "../../../src/kernel/due.ts";
import { opening } from "../../given/given.ts";

const MODE = 0o100644;
const TEST = { path: "tests/a_test.ts", hash: "h1", mode: MODE, as: "test" as const };
const LOADED = { path: "package.json", hash: "h2", mode: MODE, as: "loaded" as const };

/** A run at work whose model calls a tool on a test; a person answers where they are asked. */
function calling(approved: boolean): State {
  const protectedFiles = after(planned([]), { type: "files_protected", files: [TEST, LOADED] });
  let state = replied(prepared(atWork(protectedFiles), FILES), [{
    name: "rewrite_file",
    arguments: { path: TEST.path, content: "x" },
  }]);
  const effect = due(state, registry, state.at).effects[0]!;
  assert.equal(effect.kind, "preview");
  state = after(state, opening(effect), {
    type: "effect_finished",
    key: effect.key,
    result: { kind: "preview", shows: { text: "changes it", chars: 10 } },
  });
  state = after(state, ...due(state, registry, state.at).facts);
  return wished(state, { kind: "answer", question: state.people.questions[0]!.id, approved, text: "" });
}

/** The protected files once the call of a turn wrote a file. */
function wrote(path: string, hash: string | null, done = true) {
  const state = calling(true);
  const effect = due(state, registry, state.at).effects[0]!;
  assert.equal(effect.kind, "tool");
  const write = { path, before: "h", after: hash, modeBefore: MODE, modeAfter: hash && MODE, createdFolders: [] };
  return after(state, opening(effect), { type: "write_closed", key: effect.key, write, done } as never)
    .protection.files!;
}

Deno.test("what a person said yes to judges as it was written, and a test that was deleted by their yes judges no more", () => {
  assert.deepEqual(wrote(TEST.path, "h9"), { [TEST.path]: { ...TEST, hash: "h9" }, [LOADED.path]: LOADED });
  assert.deepEqual(wrote(TEST.path, null), { [LOADED.path]: LOADED });
  assert.deepEqual(wrote(".npmrc", "h9")[".npmrc"], { path: ".npmrc", hash: "h9", mode: MODE, as: "loaded" });
  assert.deepEqual(wrote(TEST.path, "h9", false), { [TEST.path]: TEST, [LOADED.path]: LOADED }, "it was not done");
});

Deno.test("without a person's yes no call changes what judges", () => {
  const state = calling(false);
  assert.ok(due(state, registry, state.at).effects.every(({ kind }) => kind !== "tool"));
  assert.deepEqual(state.protection.files, { [TEST.path]: TEST, [LOADED.path]: LOADED });
});
