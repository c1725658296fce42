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
