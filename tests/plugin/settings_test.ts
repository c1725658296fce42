import assert from "node:assert/strict";
import { z } from "zod";
import { parametersOf } from "../../src/plugin/arguments.ts";
import { definePlugin, defineTool } from "../../src/plugin/mod.ts";
import { offerOf } from "../../src/plugin/offer.ts";
import { checkSettings, withSettings } from "../../src/plugin/settings.ts";
import { runView } from "../../src/plugin/view.ts";
import { DEMO } from "../tui/demo_state.ts";

const Settings = z.object({
  address: z.string().describe("Where it asks."),
  most: z.int().min(1).default(10),
  retry: z.object({ times: z.int().default(3), quiet: z.boolean() }).optional(),
});
const schema = parametersOf(Settings);

Deno.test("settings that fit have their defaults, also within objects that are there", () => {
  assert.deepEqual(checkSettings(schema, { address: "here" }), { settings: { address: "here", most: 10 } });
  assert.deepEqual(checkSettings(schema, { address: "here", most: 2, retry: { quiet: true } }), {
    settings: { address: "here", most: 2, retry: { quiet: true, times: 3 } },
  });
});

Deno.test("everything that does not fit is said at once, each by its name", () => {
  const checked = checkSettings(schema, { most: 0, retry: { quiet: "loud" }, adress: "here" });
  assert.deepEqual("faults" in checked ? checked.faults : [], [
    { key: "address", text: '"address" is missing (string: Where it asks).' },
    { key: "most", text: '"most" must be at least 1.' },
    { key: "retry", text: '"retry.quiet" must be true or false, but is "loud".' },
    { key: "adress", text: 'There is no setting "adress". Did you mean "address"? Wanted: address, most, retry.' },
  ]);
});

Deno.test("tools, panes and commands of a plugin have its settings, and none without", async () => {
  const plugin = definePlugin({
    name: "own",
    settings: Settings,
    tools: [defineTool({
      name: "look",
      describes: "Looks.",
      input: z.object({ at: z.string() }),
      access: "reads",
      run: (_input, { settings }) => JSON.stringify(settings),
    })],
    panes: [{ id: "own", title: "own", lines: ({ settings }) => [JSON.stringify(settings)] }],
    commands: [{
      name: "own",
      help: "…",
      run: (_args, { settings }) => [{ kind: "drop", message: String(settings.most) }],
    }],
  });
  const bare = offerOf(plugin, { path: "/plugins/own.ts", origin: "user", version: "" });
  const own = withSettings(bare, { most: 7 });
  const signal = new AbortController().signal;
  const view = runView(DEMO);
  assert.deepEqual(own.tools[0]?.settings, { most: 7 });
  assert.deepEqual(await own.panes[0]?.lines(view, { width: 9, height: 9 }, signal), ['{"most":7}']);
  assert.deepEqual(await own.commands[0]?.run("", view, signal), [{ kind: "drop", message: "7" }]);
  assert.deepEqual(await bare.panes[0]?.lines(view, { width: 9, height: 9 }, signal), ["{}"]);
});
