import assert from "node:assert/strict";
import { entriesFor, type Entry, fitting } from "../../src/tui/palette.ts";
import { sceneOf } from "./demo_scene.ts";
import { DEMO, ENDED, IDLE } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";

function storeWithCommands(): DemoStore {
  const store = new DemoStore();
  store.words = [{
    name: "park",
    help: "TASK: leaves a task to you",
    run: (args) =>
      args === "" ? Promise.reject(new Error("Name a task.")) : Promise.resolve([{ kind: "park", task: args }]),
  }];
  return store;
}

const entry = (name: string, says: string): Entry => ({ name, says, keys: "" });

screenTest("a colon opens the palette: every command with its key, found by letters in their order", async () => {
  const store = new DemoStore();
  await session([160, 45], store, async (_terminal, type) => {
    const all = await type(":", /command › /);
    assert.match(all, /> follow +0[^]* {2}zoom +z +the panel alone, and back[^]* {2}approve +a +approve what is asked/);
    const some = await type("aprv", /> approve +a/);
    assert.doesNotMatch(some, /zoom +z/);
    assert.match(some, /Enter runs {2}Tab completes {2}Esc leaves/);
    await type("\x15paus", /> pause +p +pause, go on/);
    await type("\r", /Paused\. p goes on\./);
  });
  assert.deepEqual(store.sent, [{ kind: "pause" }]);
});

screenTest("a command and the key that does the same are one entry, and no action is listed twice", async () => {
  const store = storeWithCommands();
  store.words = [
    { name: "pause", help: "holds the run", run: () => Promise.resolve([{ kind: "pause" }]) },
    { name: "drop", help: "TASK: drops a task", run: () => Promise.resolve([]) },
  ];
  for (const paused of [false, true]) {
    store.commit({ ...IDLE, run: { ...IDLE.run, paused } });
    const scene = sceneOf(store, { focus: "messages" });
    const named = entriesFor(scene).map(({ name, keys, says }) => `${name} ${keys} ${says}`);
    assert.deepEqual(named.filter((one) => /^(\w+\.)?pause /.test(one)), ["pause p holds the run"]);
    assert.deepEqual(named.filter((one) => /^(\w+\.)?drop /.test(one)), [
      "drop  TASK: drops a task",
      "message.drop x drop it",
    ]);
    assert.equal(named.filter((one) => /to the oldest row/.test(one)).length, 1);
  }
  await session([160, 45], store, async (_terminal, type) => {
    await type(":pause", /> pause +p +holds the run/);
  });
});

screenTest("Ctrl-P opens it from the input line too, and what was being written comes back", async () => {
  const store = new DemoStore();
  await session([160, 45], store, async (_terminal, type) => {
    await type("iHalf a sent", /to coding › Half a sent/);
    await type("\x10", /command › *\n/);
    await type("help", /> help +\?/);
    await type("\x1b", /› Half a sent/);
    await type("\x10flt", /> fleet +f +to the panel of fleet/);
    await type("\r", /> f fleet/);
    await type("i", /to coding › Half a sent/);
  });
  assert.deepEqual(store.sent, []);
});

screenTest("the arrows go through what fits, and Enter takes the one that is marked", async () => {
  const store = new DemoStore();
  await session([160, 45], store, async (_terminal, type) => {
    const first = await type(":to the thread", /> arbiter +1/);
    assert.match(first, / {2}coding +2 +to the thread of coding/);
    await type("\x1b[B\x1b[B", /> reasoning +3/);
    await type("\x1b[A", /> coding +2/);
    await type("\x1b[A\x1b[A", /> interpreter +5/);
    await type(" ", /> arbiter/);
    await type("\x1b[B", /> coding +2/);
    await type("\r", /> 2 coding/);
  });
});

screenTest(
  "a command of a plugin is completed first, then takes its words, and comes back where it is refused",
  async () => {
    const store = storeWithCommands();
    await session([160, 45], store, async (_terminal, type) => {
      await type(":pa", /> park +TASK: leaves a task to you/);
      await type("\r", /command › park /);
      await type("t2\r", /\/park is done\./);
      await type(":park \r", /\/park: Name a task\./);
      await type("i", /to coding › \/park/);
    });
    assert.deepEqual(store.sent, [{ kind: "park", task: "t2" }]);
  },
);

screenTest(
  "in the input line a stroke and a name do the same, and a name takes no words that it has no use for",
  async () => {
    const store = new DemoStore();
    await session([160, 45], store, async (_terminal, type) => {
      await type("i/pau", /> \/pause +p +pause, go on/);
      await type("\r", /Paused/);
      await type("i/pause now\r", /pause takes no words behind it\./);
      await type("\x15/zoom\r", /Esc unzoom/);
    });
    assert.deepEqual(store.sent, [{ kind: "pause" }]);
  },
);

screenTest("what asks to press again hears the key of the command; what fits nothing is said", async () => {
  await session([160, 45], new DemoStore(), async (terminal, type, quits) => {
    await type(":qqq\r", /Nothing fits qqq\./);
    await type("\x15quit\r", /Press Ctrl-C again to quit/);
    terminal.input.type("\x03");
    await terminal.until(() => quits() === 1, "the end");
  });
});

screenTest("a panel's own commands are in it while it has the focus, the gate's while it is shut", async () => {
  const store = new DemoStore();
  await session([160, 45], store, async (_terminal, type) => {
    await type(":drop", /Nothing fits drop/);
    await type("\x1b", /: command/);
    await type("mj:drop", /> drop +x +drop it/);
    await type("\r", /Dropped\./);
    store.commit({ ...IDLE, messages: { ...IDLE.messages, holds: [{ id: "h1", scope: "all", of: "" }] } });
    await type("1:pass_all", /> pass_all +A +pass all that wait/);
  });
  assert.deepEqual(store.sent.map(({ kind }) => kind), ["drop"]);
});

screenTest("when the run is over the palette still leads to what can be done", async () => {
  const store = storeWithCommands();
  await session([160, 45], store, async (terminal, type) => {
    store.commit(ENDED);
    await terminal.until((text) => text.includes("the run is over"), "the summary");
    await type("\x1b", /q quits {2}j k/);
    await type(":park", /Nothing fits park/);
    await type("\x15summ\r", /the run is over/);
  });
});

screenTest("when the run is over the palette undoes it whole, and brings that back", async () => {
  const store = storeWithCommands();
  store.differences = {
    run: [{ path: "a.py", change: "changed", added: 1, removed: 1, isBinary: false, text: "" }],
  };
  await session([160, 45], store, async (terminal, type) => {
    await type("2:undo", /Nothing fits undo/);
    await type("\x1b", /i write/);
    store.commit(ENDED);
    await terminal.until((text) => text.includes("the run is over"), "the summary");
    await type("\x1b", /q quits {2}j k/);
    await type(":undo", /> undo +U +undo the part that is looked at/);
    await type("\r", /Press U again to undo all of the run: 1 file\./);
    await type("U", /run is undone\./);
    await type(":redo\r", /Press R again to bring back run\./);
    await type("R", /./);
    await terminal.until(() => store.undone.length > 1, "what is brought back");
  });
  assert.deepEqual(store.undone, ["run", "back"]);
});

screenTest("a key that was bound anew stands beside its command", async () => {
  await session([160, 45], new DemoStore(DEMO), async (terminal, type, quits, screen) => {
    screen.bind(
      new Map([["pane.zoom", ["Z", "f4"]], ["pane.command", ["f1"]], ["screen.quit", ["ctrl-q"]]]),
      "Bound.",
    );
    await terminal.until((text) => text.includes("Bound."), "the notice");
    await type("\x1bOP", /command › /);
    await type("zoom", /> zoom +Z F4 +the panel alone, and back/);
    await type("\x15quit\r", /Press Ctrl-Q again to quit/);
    terminal.input.type("\x11");
    await terminal.until(() => quits() === 1, "the end");
  });
});

Deno.test("a name fits best, then its beginning, a part of it, words of what it does, letters in their order", () => {
  const entries = [
    entry("unpause", "goes on"),
    entry("paint_all_use", "draws"),
    entry("hold", "pause for one thread"),
    entry("pause_all", "waits"),
    entry("pause", "waits"),
    entry("zoom", "the pane"),
  ];
  assert.deepEqual(fitting(entries, "pause").map(({ name }) => name), [
    "pause",
    "pause_all",
    "unpause",
    "hold",
    "paint_all_use",
  ]);
  assert.deepEqual(fitting(entries, "").length, entries.length);
  assert.deepEqual(fitting(entries, "PAUSE").map(({ name }) => name)[0], "pause");
});
