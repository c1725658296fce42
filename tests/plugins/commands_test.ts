import assert from "node:assert/strict";
import { runView } from "../../src/plugin/view.ts";
import { DEMO } from "../tui/demo_state.ts";
import { loaded } from "./call_tool.ts";

const commands = loaded.offers.flatMap((offer) => offer.commands);

async function wishesOf(line: string): Promise<unknown> {
  const [, name, args = ""] = /^(\w+) ?(.*)$/.exec(line) ?? [];
  const command = commands.find((one) => one.name === name);
  assert.ok(command, line);
  return await command.run(args, runView(DEMO), new AbortController().signal);
}

Deno.test("the commands that come with Autonomy wish what they say", async () => {
  assert.deepEqual(await wishesOf("pause"), [{ kind: "pause" }]);
  assert.deepEqual(await wishesOf("continue"), [{ kind: "unpause" }]);
  assert.deepEqual(await wishesOf("say coding mind the quotes"), [
    { kind: "say", to: "coding", text: "mind the quotes" },
  ]);
  assert.deepEqual(await wishesOf("drop k2"), [{ kind: "park", task: "k2" }]);
  assert.deepEqual(await wishesOf("rollback security"), [{ kind: "rollback", plugin: "security" }]);
});

Deno.test("a command that lacks an argument says which, and what there is to choose from", async () => {
  await assert.rejects(wishesOf("say coding"), /Name a role and what to say: \/say coding WORDS\./);
  await assert.rejects(wishesOf("rollback"), /Name the plugin .*: \/rollback NAME\./);
  const ready = DEMO.tasks.list.find(({ status }) => status === "ready");
  await assert.rejects(wishesOf("drop"), new RegExp(`such as /drop ${ready?.id}\\. There are ${ready?.id} Reject`));
});
