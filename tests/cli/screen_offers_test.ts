import assert from "node:assert/strict";
import { screenOffers } from "../../src/cli/screen_offers.ts";
import { type Offer, offerOf } from "../../src/plugin/offer.ts";
import type { Command, Plugin } from "../../src/plugin/plugin.ts";
import { DEMO } from "../tui/demo_state.ts";

const signal = new AbortController().signal;

function offered(plugin: Plugin): Offer {
  return offerOf(plugin, { path: "/plugins/own.ts", origin: "user", version: "" });
}

/** A plugin's code need not keep what its types say. */
function giving(value: unknown): Command["run"] {
  return () => value as ReturnType<Command["run"]>;
}

Deno.test("commands and panes see the run as plugins do, and are the same for as long as the offers are", async () => {
  const offers = [offered({
    name: "own",
    commands: [{
      name: "first",
      help: "drops the first task",
      run: (args, { tasks }) => [{ kind: "park", task: `${tasks[0]?.id}${args}` }],
    }],
    panes: [{ id: "size", title: "size", lines: ({ phase }, { width, height }) => [`${phase} ${width}×${height}`] }],
  })];
  let now = offers;
  const store = screenOffers(() => now, () => DEMO);
  assert.deepEqual(store.commands().map(({ name, help }) => `${name}: ${help}`), ["first: drops the first task"]);
  assert.deepEqual(await store.runCommand("first", "!", signal), [{
    kind: "park",
    task: `${DEMO.tasks.list[0]?.id}!`,
  }]);
  const [pane] = store.panes();
  assert.deepEqual(await pane?.lines({ width: 20, height: 3 }, signal), [`${DEMO.run.phase} 20×3`]);
  assert.equal(store.panes()[0], pane);
  now = [...offers];
  assert.equal(store.panes()[0], pane, "also in another list");
  now = [];
  assert.deepEqual([...store.commands(), ...store.panes()], []);
  await assert.rejects(store.runCommand("first", "", signal), /the plugin that offered it is gone/);
});

Deno.test("what a command or a pane gives of another shape is refused before it reaches the run or the screen", async () => {
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [undefined, /a list of wishes, such as \[\{ kind: "pause" \}\]; what it gave is wrong\./],
    [[{ kind: "cancel", cause: "me" }], /wrong at 0\.kind/],
    [[{ kind: "pause" }, { kind: "say", to: "coding" }], /wrong at 1\.text/],
    [[{ kind: "pause", force: true }], /wrong at 0/],
    [Array.from({ length: 101 }, () => ({ kind: "pause" })), /wrong/],
  ];
  for (const [value, says] of wrong) {
    const store = screenOffers(
      () => [offered({ name: "own", commands: [{ name: "odd", help: "…", run: giving(value) }] })],
      () => DEMO,
    );
    await assert.rejects(store.runCommand("odd", "", signal), says);
  }
  for (const rows of ["text", [1], null]) {
    const lines = () => rows as unknown as string[];
    const store = screenOffers(
      () => [offered({ name: "own", panes: [{ id: "odd", title: "odd", lines }] })],
      () => DEMO,
    );
    await assert.rejects(store.panes()[0]!.lines({ width: 9, height: 9 }, signal), /a list of texts, one for each row/);
  }
});
