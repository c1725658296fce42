import assert from "node:assert/strict";
import { ManualClock } from "../fakes/manual_clock.ts";
import { message } from "./demo_parts.ts";
import { ENDED } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";

/** A store with commands that wish, that fail, and that never end. */
function storeWithCommands(): DemoStore {
  const store = new DemoStore();
  store.words = [
    { name: "pause", help: "holds the run", run: () => Promise.resolve([{ kind: "pause" }]) },
    {
      name: "park",
      help: "TASK: leaves a task to you",
      run: (args) => {
        if (args === "") return Promise.reject(new Error("Name a task: /park TASK."));
        return Promise.resolve([{ kind: "park", task: args }]);
      },
    },
    { name: "stuck", help: "never ends", run: () => new Promise(() => {}) },
  ];
  return store;
}

screenTest(
  "a stroke shows the commands with their help, Tab completes the one that is marked, Enter runs it",
  async () => {
    const store = storeWithCommands();
    await session([80, 24], store, async (_terminal, type) => {
      const all = await type("i/", /> \/pause/);
      assert.match(
        all,
        /> \/pause +p +holds the run *\n +\/park +TASK: leaves a task to you *\n +\/stuck +never ends *\n +\/\w+ +\S+ +\w[^\n]*\n/,
      );
      assert.match(all, /Enter runs {2}Tab completes {2}Esc leaves/);
      const two = await type("pa", /› \/pa/);
      assert.match(two, /> \/pause[^\n]*\n +\/park[^\n]*\n/, "those of plugins come first");
      assert.doesNotMatch(two, /\/stuck/);
      await type("r\t", /› \/park /);
      const args = await type("t2", /› \/park t2/);
      assert.match(
        args,
        /\n +\/park +TASK: leaves a task to you *\n to coding/,
        "its help stays while arguments are typed",
      );
      await type("\r", /\/park is done\./);
      await type("i\x1b[A", /› \/park t2/);
    });
    assert.deepEqual(store.sent, [{ kind: "park", task: "t2" }]);
  },
);

screenTest(
  "an unknown command is refused with the one that is meant, a path and a leading space are words",
  async () => {
    const store = storeWithCommands();
    await session([160, 45], store, async (_terminal, type) => {
      await type(
        "i/pausee\r",
        /There is no command \/pausee\. Did you mean \/pause\? There are \/pause, \/park, \/stuck\./,
      );
      await type("\x15/etc/hosts is wrong\r", /\? help/);
      await type("i/notes.md is wrong\r", /\? help/);
      await type("i /pause is a word\r", /\? help/);
      await type("i/pa\r", /› \/pause /);
    });
    assert.deepEqual(store.sent, [
      { kind: "say", to: "coding", text: "/etc/hosts is wrong" },
      { kind: "say", to: "coding", text: "/notes.md is wrong" },
      { kind: "say", to: "coding", text: "/pause is a word" },
    ]);
  },
);

screenTest("an edited message that begins with a stroke is no command", async () => {
  const store = storeWithCommands();
  await session([80, 24], store, async (_terminal, type) => {
    await type("m", /> m messages/);
    await type("je", /edit message ›/);
    const shown = await type("\x15/pause", /edit message › \/pause/);
    assert.doesNotMatch(shown, /holds the run/);
    await type("\r", /> m messages/);
  });
  assert.deepEqual(store.sent.map((intent) => [intent.kind, "text" in intent ? intent.text : ""]), [[
    "edit",
    "/pause",
  ]]);
});

screenTest("what a command refuses or the run refuses is said, and what was typed comes back", async () => {
  const store = storeWithCommands();
  await session([100, 24], store, async (_terminal, type) => {
    await type("i/park\r", /\/park: Name a task: \/park TASK\./);
    store.refusal = "There is no task t9.";
    await type(" t9\r", /\/park: There is no task t9\./);
    await type("", /› \/park t9/);
  });
  assert.deepEqual(store.sent, []);
});

screenTest("a refused command has the keys again: the first letter of a correction acts on nothing", async () => {
  const store = storeWithCommands();
  store.current = {
    ...store.current,
    messages: {
      ...store.current.messages,
      list: [message("m7", { status: "held" })],
      holds: [{ id: "h9", scope: "all", of: "" }],
    },
  };
  store.refusal = "There is no task nobody.";
  await session([100, 30], store, async (_terminal, type) => {
    await type("2i/park nobody\r", /There is no task nobody\./);
    await type("x", /to coding › \/park nobodyx/);
    await type("\x15", /to coding › {2}\n|to coding › *$/m);
    await type("\x1b", /i write/);
    // Out of the palette it comes into the line.
    await type(":park nobody\r", /There is no task nobody\./);
    await type("x", /to coding › \/park nobodyx/);
  });
  assert.deepEqual(store.sent, []);
});

screenTest("what was typed comes back without the keys where something else stands on the screen by then", async () => {
  const store = storeWithCommands();
  const clock = new ManualClock();
  await session([100, 30], store, async (terminal, type) => {
    await type("i/stuck\r", /is at work/);
    await type("?", /Move/);
    clock.pass(10_000);
    await terminal.until((text) => text.includes("/stuck: it had not ended"), "the bound");
    await type("\x1b", /\? help|c diff|H gate/);
    await type("i", /› \/stuck/);
  }, { after: clock.timer });
});

screenTest("a command without end is seen to be at work, Esc gives it up, and so does its bound", async () => {
  const store = storeWithCommands();
  const clock = new ManualClock();
  await session([80, 24], store, async (terminal, type) => {
    await type("i/stuck\r", /\/stuck is at work {2}Esc gives it up/);
    await type("\x15i/pause\r", /\/stuck is still at work\. Esc gives it up\./);
    await type("\x1b", /\/stuck: given up\./);
    await type("\r", /\/pause is done\./);
    assert.deepEqual(store.sent, [{ kind: "pause" }], "the keys went on meanwhile");
    await type("i/stuck\r", /is at work/);
    clock.pass(10_000);
    await terminal.until((text) => text.includes("/stuck: it had not ended after 10 s"), "the bound");
  }, { after: clock.timer });
});

screenTest("the help lists all commands, and none of a plugin runs once the run is over", async () => {
  const store = storeWithCommands();
  await session([160, 45], store, async (terminal, type) => {
    await type("?", /Move/);
    await type("G", /Commands[\s\S]*\/park +TASK: leaves a task to you/);
    assert.match(await type("", /\/stuck +never ends/), /: \^P +the palette: every command/);
    await type("\x1b", /: command/);
    await type("i/park", /› \/park/);
    store.commit(ENDED);
    await terminal.until((text) => text.includes("the run is over"), "the summary");
    await type("\r", /The run is over: no command acts on it any more\./);
  });
  assert.deepEqual(store.sent, []);
});

screenTest("on the smallest screen the list leaves the thread its rows and says what it leaves out", async () => {
  const store = storeWithCommands();
  await session([40, 10], store, async (_terminal, type) => {
    const shown = await type("i/", /> \/pause/);
    assert.match(shown, /> \/pause[^\n]*\n {2}… \d+ more; go on typing *\n/);
    assert.match(shown, /2 coding|2 CODING/i);
    await type("st", /> \/stuck/);
  });
});
