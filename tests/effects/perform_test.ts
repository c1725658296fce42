import type { World } from "../../src/effects/effect_kind.ts";
import { ToolError } from "../../src/ports/tool.ts";
import type { RunWorkspace } from "../../src/ports/workspace.ts";
import { openJournal } from "../../src/run/journal.ts";
import { JournalError } from "../../src/run/journal_error.ts";
import { EMPTY } from "../../src/features/features.ts";
import { tool } from "../../src/effects/tool/tool.ts";
import type { ToolEffect } from "../../src/effects/tool/tool_effect.ts";
import assert from "node:assert/strict";
import { perform } from "../../src/effects/perform.ts";
import { memoryBlobs, withWorkspace } from "../fakes/plain_workspace.ts";
import { crew } from "../laws/crew.ts";

const effect: ToolEffect = {
  kind: "tool",
  key: "t1.call1.1",
  turn: "t1",
  role: "coding",
  access: "reads",
  call: { name: "deaf", arguments: {} },
};

Deno.test("a tool that does not heed its signal is left alone, so that a run can end", () =>
  withWorkspace({}, async (workspace) => {
    const controller = new AbortController();
    let release = (): void => {};
    const deaf = new Promise<{ text: string }>((resolve) => release = () => resolve({ text: "late" }));
    const closing = perform(effect, tool, {
      state: EMPTY,
      registry: crew(),
      blobs: memoryBlobs(),
      workspace,
      project: workspace,
      apart: null,
      models: {} as never,
      tools: new Map([["deaf", {
        declaration: { name: "deaf", describes: "Hears nothing.", parameters: {} },
        access: "reads",
        validate: () => ({ value: {} }),
        run: () => deaf,
      }]]),
      note: () => {},
      show: () => {},
      now: () => 0,
      graceMs: 5,
    }, controller.signal);
    controller.abort(new Error("the person interrupted it"));
    // Where nothing gives it up the tool ends by itself after a while, and the test fails instead of hanging.
    const late = setTimeout(release, 2_000);
    const [{ type }] = await closing;
    clearTimeout(late);
    release();
    assert.equal(type, "effect_cancelled");
  }));

Deno.test("an effect of a kind that the program does not know any more is refused, and says so", async () => {
  const [closed, ...after] = await perform(effect, undefined, { now: () => 0 } as never, new AbortController().signal);
  assert.deepEqual(after, []);
  assert.ok(closed.type === "effect_refused" && closed.reason.includes('"tool"'));
});

/** A world with one tool, which does what it is given. */
function worldOf(workspace: RunWorkspace, run: () => Promise<{ text: string }>): World {
  return {
    state: EMPTY,
    registry: crew(),
    blobs: memoryBlobs(),
    workspace,
    project: workspace,
    apart: null,
    models: {} as never,
    tools: new Map([["deaf", {
      declaration: { name: "deaf", describes: "Does it.", parameters: {} },
      access: "writes",
      validate: () => ({ value: {} }),
      run,
    }]]),
    note: () => {},
    show: () => {},
    now: () => 0,
  };
}

Deno.test("a journal that takes nothing any more is no failure of a tool, which its model would try to get around", () =>
  withWorkspace({}, async (workspace) => {
    const path = await Deno.makeTempFile({ prefix: "autonomy_perform_" });
    await Deno.remove(path);
    const validate = (given: unknown) => given as { type: string };
    openJournal({ path, validate }).close();
    const journal = openJournal({ path, validate, readOnly: true });
    try {
      const world = worldOf(workspace, () => Promise.resolve({ text: journal.putBlob("what it wrote over") }));
      await assert.rejects(perform(effect, tool, world, new AbortController().signal), JournalError);
    } finally {
      journal.close();
      for (const file of [path, `${path}.lock`]) await Deno.remove(file);
    }
  }));

Deno.test("a disk that takes nothing any more ends the run; any other failure of a write is the tool's", () =>
  withWorkspace({}, async (workspace) => {
    // What such disks say for real stands in tests/end_to_end/full_disk_test.ts.
    const endings = async (code: string) => {
      const cause = Object.assign(new Error(`${code}: as the system says it`), { code });
      const refused = new ToolError("a.txt could not be written.", { cause });
      const world = worldOf(workspace, () => Promise.reject(refused));
      const [closed, ...after] = await perform(effect, tool, world, new AbortController().signal);
      assert.equal(closed.type, "effect_failed");
      return after.map((fact) => fact.type === "run_ended" ? `${fact.kind}: ${fact.cause}` : fact.type);
    };
    const full =
      "The disk of the project is full. Free some space, then go on with the run. a.txt could not be written.";
    assert.deepEqual(await endings("ENOSPC"), [`failed: ${full}`]);
    assert.match((await endings("EDQUOT")).join(), /^failed: The quota on the disk .* is used up/);
    assert.match((await endings("EROFS")).join(), /^failed: The disk of the project is read-only/);
    for (const code of ["EACCES", "EISDIR", "ENOENT"]) assert.deepEqual(await endings(code), []);
  }));
