import assert from "node:assert/strict";
import { after, CONTINUED, result, settled, started, wished } from "../given/given.ts";

Deno.test("a request for a plan that a person sends to another specialist gives that one its own tools and no others", () => {
  const held = wished(started({}, [result("t: a", false)]), { kind: "hold", scope: "all", of: "" });
  const sent = settled(after(held, CONTINUED));
  const [message] = sent.messages.list;
  assert.equal(message?.to, "reasoning");
  const turned = settled(
    wished(wished(sent, { kind: "redirect", message: message!.id, to: "coding" }), {
      kind: "release",
      message: message!.id,
    }),
  );
  const [turn] = Object.values(turned.turns.open);
  assert.deepEqual([turn?.role, turn?.purpose], ["coding", "plan"]);
  assert.deepEqual(turn?.tools, ["read_file", "list_directory", "search_code", "send_message", "ask_specialist"]);
  const usual = settled(wished(sent, { kind: "release", message: message!.id }));
  assert.ok(Object.values(usual.turns.open)[0]?.tools.includes("create_task_plan"));
});
