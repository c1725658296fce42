import { EMPTY } from "../../src/features/features.ts";
import type { ToolEffect } from "../../src/effects/tool/tool_effect.ts";
import assert from "node:assert/strict";
import { perform } from "../../src/effects/perform.ts";
import { withWorkspace } from "../fakes/plain_workspace.ts";

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
    const closing = perform(effect, EMPTY, {
      blobs: { putBlob: () => "", blob: () => null } as never,
      workspaceOf: () => workspace,
      tools: new Map([["deaf", {
        name: "deaf",
        declaration: { name: "deaf", describes: "Hears nothing.", parameters: {} },
        access: "reads",
        validate: () => ({ value: {} }),
        run: () => deaf,
      } as never]]),
      note: () => {},
      show: () => {},
      now: () => 0,
      graceMs: 5,
    }, controller.signal);
    controller.abort(new Error("the person interrupted it"));
    // Where nothing gives it up the tool ends by itself after a while, and the test fails instead of hanging.
    const late = setTimeout(release, 2_000);
    const { type } = await closing;
    clearTimeout(late);
    release();
    assert.equal(type, "effect_cancelled");
  }));
