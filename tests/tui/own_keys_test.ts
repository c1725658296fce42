import assert from "node:assert/strict";
import { ACTIONS, bind, type Keymap } from "../../src/tui/actions.ts";
import { GATE_KEYS } from "../../src/tui/gate.ts";
import { INPUT_KEYS } from "../../src/tui/input_keys.ts";
import { keyGroups } from "../../src/tui/key_groups.ts";
import { PANE_KEYS } from "../../src/tui/pane_keys.ts";
import type { Binding } from "../../src/tui/panel.ts";
import { PANELS } from "../../src/tui/panels.ts";
import type { Screen } from "../../src/tui/screen.tsx";
import { PLAY_KEYS } from "../../src/tui/play_keys.ts";
import { SCREEN_KEYS } from "../../src/tui/screen_keys.ts";
import { SESSION_KEYS } from "../../src/tui/session_keys.ts";
import { START_KEYS } from "../../src/tui/start_keys.ts";
import { ASKING, ENDED } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";
import type { VirtualTerminal } from "./virtual_terminal.ts";

/** Binds, and demands that all is well. */
function bound(keys: Readonly<Record<string, readonly string[]>>): Keymap {
  const { keymap, faults } = bind(Object.entries(keys).map(([name, keys]) => ({ name, keys })));
  assert.deepEqual(faults, []);
  return keymap;
}

/** What is wrong with one binding, or noted of it. */
function said(name: string, ...keys: string[]): string {
  const { faults, notes } = bind([{ name, keys }]);
  return [...faults, ...notes].map(({ text }) => text).join("; ");
}

/** A session in which keys are bound anew. */
function ownKeys(
  keys: Readonly<Record<string, readonly string[]>>,
  store: DemoStore,
  work: (
    type: (keys: string, shows: RegExp) => Promise<string>,
    terminal: VirtualTerminal,
    quits: () => number,
  ) => Promise<void>,
): Promise<void> {
  return session([160, 45], store, async (terminal, type, quits, screen: Screen) => {
    screen.bind(bound(keys), "Bound.");
    await terminal.until((text) => text.includes("Bound."), "the notice");
    await work(type, terminal, quits);
  });
}

screenTest(
  "an action does what it did at the key that it is bound to, and its usual key does nothing more",
  async () => {
    const store = new DemoStore();
    await ownKeys({ "pane.pause": ["P", "f5"], "screen.down": ["J"], "panel.fleet": ["F"] }, store, async (type) => {
      await type("p", /./);
      assert.deepEqual(store.sent, []);
      await type("P", /Paused\. P goes on\./);
      await type("\x1b[15~", /The run goes on\./);
      assert.deepEqual(store.sent, [{ kind: "pause" }, { kind: "unpause" }]);
      await type("F", /> F fleet[^]* F fleet /);
      await type("m", /> m messages/);
      await type("J", /○>queued/);
    });
  },
);

screenTest("keys that changed places do what the other did", async () => {
  const store = new DemoStore();
  await ownKeys({ "pane.pause": ["h"], "pane.hold": ["p"] }, store, async (type) => {
    await type("3", /> 3 reasoning/);
    await type("p", /Messages to reasoning are held\. p lifts that again\./);
    await type("h", /Paused\. h goes on\./);
  });
});

screenTest("what asks to press again hears the key that it was bound to", async () => {
  await ownKeys({ "screen.quit": ["ctrl-q"] }, new DemoStore(), async (type, terminal, quits) => {
    await type("\x03", /./);
    await type("\x11", /Press Ctrl-Q again to quit\./);
    terminal.input.type("\x11");
    await terminal.until(() => quits() === 1, "the end");
  });
});

screenTest("an action without a key is named by no hint, and its key answers nothing", async () => {
  const store = new DemoStore(ASKING);
  await ownKeys({ "pane.deny": [], "pane.gate": ["Y"] }, store, async (type, terminal) => {
    assert.doesNotMatch(await terminal.text(), /d deny/);
    await type("d", /./);
    assert.deepEqual(store.sent, []);
    assert.match(await type("?G", /gate: each message waits/), /\bY +gate: each message waits/);
    assert.match(await type("g", /scroll, or select/), /\ba +agree to, deny/);
  });
});

screenTest("in the input line own keys send and leave, and letters are typed", async () => {
  const store = new DemoStore();
  await ownKeys({ "input.send": ["ctrl-s"], "input.leave": ["f2"] }, store, async (type) => {
    await type("iPp\r", /to coding › Pp/);
    await type("\x1bOQ", /› Pp/);
    await type("i", /to coding › Pp/);
    await type("\x13", /^ › *$/m);
  });
  assert.deepEqual(store.sent.map(({ kind }) => kind), ["say"]);
});

screenTest("when the run is over the summary names the keys as they are bound", async () => {
  await ownKeys({ "pane.leave": ["Q"], "pane.summary": ["S"] }, new DemoStore(ENDED), async (type) => {
    await type("?", /keys/);
    await type("\x1b", /Esc/);
    await type("S", /Q quits/);
  });
});

Deno.test("the help names the keys as they are bound, and leaves out what has none", () => {
  const entries = (keys: Readonly<Record<string, readonly string[]>>) =>
    keyGroups(Object.values(PANELS), [], bound(keys)).flatMap(({ entries }) => entries);
  const after = entries({ "pane.thread_1": ["f1"], "screen.down": ["J"], "message.drop": ["X"], "pane.zoom": [] });
  const keysOf = (does: RegExp) => after.filter(([, says]) => does.test(says)).map(([keys]) => keys);
  assert.deepEqual(keysOf(/^scroll, or/), ["J k ↑"]);
  assert.deepEqual(keysOf(/^pin a thread/), ["F1 2 3 4 5 6 7 8 9"]);
  assert.deepEqual(keysOf(/^drop it/), ["X"]);
  assert.deepEqual(keysOf(/^as for messages/), ["e r X D b"]);
  assert.deepEqual(keysOf(/^the panel alone/), []);
});

Deno.test("two actions at one key are told, and one that hides another is noted", () => {
  assert.match(said("pane.zoom", "p"), /^p is a key of pane\.pause \(pause, go on\), too$/);
  assert.match(said("screen.redraw", "ctrl-u"), /\^U is a key of/);
  assert.match(said("message.drop", "z"), /^z is a key of pane\.zoom/);
  assert.equal(bind([{ name: "message.drop", keys: ["z"] }]).faults.length, 0);
  assert.equal(bind([{ name: "pane.zoom", keys: ["p"] }]).keymap.size, 0, "nothing of a wrong file is used");
  assert.deepEqual(bind([{ name: "pane.zoom", keys: ["p"] }, { name: "pane.pause", keys: ["z"] }]).faults, []);
});

Deno.test("chords that no terminal sends are told, with what to write where another key is meant", () => {
  assert.match(said("pane.zoom", "ctrl-i"), /write "tab"/);
  assert.match(said("pane.zoom", "ctrl-m"), /write "enter"/);
  assert.match(said("pane.zoom", "shift-z"), /write "Z"/);
  for (const chord of ["ctrl-1", "ctrl-shift-z", "cmd-z", "ctrl-enter", "shift-enter", "f13", "ctrl-", "zz", ""]) {
    assert.notEqual(said("pane.zoom", chord), "", chord);
    assert.equal(bind([{ name: "pane.zoom", keys: [chord] }]).keymap.size, 0, chord);
  }
  assert.match(said("pane.zoom", "alt-z"), /not every terminal sends Alt/);
  assert.equal(said("pane.zoom", "alt-z", "Z"), "");
});

Deno.test("what would lock a person in or out is told: a letter in the input line, no key to leave, an unknown action", () => {
  assert.match(said("input.send", "s"), /s is typed in the input line/);
  assert.match(said("screen.quit", "q"), /q is typed in the input line/);
  assert.match(said("screen.quit"), /it needs a key/);
  assert.match(said("pane.zom", "Z"), /there is no action pane\.zom; did you mean pane\.zoom\?/);
});

Deno.test("each key of the program is that of an action, and no action is told twice", () => {
  const tables = [PANE_KEYS, SCREEN_KEYS, INPUT_KEYS, PLAY_KEYS, START_KEYS, SESSION_KEYS].flatMap((table) =>
    Object.values<Pick<Binding, "keys" | "actions">>(table)
  );
  const bindings = [...tables, ...GATE_KEYS, ...Object.values(PANELS).flatMap(({ bindings = [] }) => bindings)];
  for (const { keys, actions = {} } of bindings) {
    assert.deepEqual(Object.values(actions).flat().sort(), [...keys].sort(), JSON.stringify(keys));
  }
  assert.equal(new Set(ACTIONS.map(({ name }) => name)).size, ACTIONS.length);
  for (const { name, says } of ACTIONS) assert.notEqual(says, "", name);
});
