import assert from "node:assert/strict";
import type { Screen, StartForm } from "../../src/tui/screen.tsx";
import { BARE, FORM } from "./demo_form.ts";
import { ENDED } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { openScreen, screenTest } from "./screen_session.ts";
import { VirtualTerminal } from "./virtual_terminal.ts";

type Type = (keys: string, shows: RegExp) => Promise<string>;

/** Opens the screen on a form, hands it to the test, closes it. */
async function onStart(
  [columns, rows]: readonly [number, number],
  form: StartForm,
  work: (type: Type, screen: Screen, terminal: VirtualTerminal) => Promise<void>,
  env: { readonly TERM: string; readonly NO_COLOR?: string } = { TERM: "xterm" },
  title = form.project,
): Promise<void> {
  const terminal = new VirtualTerminal(columns, rows);
  const screen = openScreen({
    start: form,
    title,
    stdin: terminal.input,
    stdout: terminal,
    env,
    onQuit: () => screen.close(),
  });
  const type: Type = (keys, shows) => {
    terminal.input.type(keys);
    return terminal.until((text) => shows.test(text), `${shows} after ${JSON.stringify(keys)}`);
  };
  try {
    await terminal.until((text) => text.includes("goal ›"), "the goal line");
    await work(type, screen, terminal);
  } finally {
    screen.close();
    await screen.closed;
  }
}

/** A run that is over, as it stands on the screen of a session. */
function past(): DemoStore {
  const store = new DemoStore(ENDED);
  return Object.assign(store, { inSession: true, isPast: true });
}

const [TAB, DOWN, UP, ESC] = ["\t", "\x1b[B", "\x1b[A", "\x1b"];

screenTest("the start screen of a rehearsal names the project that its runs work in, beside its word", () =>
  onStart(
    [80, 24],
    FORM,
    async (_type, _screen, terminal) => {
      assert.equal((await terminal.lines())[0]?.trim(), `REHEARSAL ${FORM.project}`);
    },
    { TERM: "xterm" },
    "REHEARSAL",
  ));

for (const [columns, rows] of [[160, 45], [80, 24], [40, 12]] as const) {
  screenTest(`the start screen looks as agreed at ${columns}×${rows}`, async (context) => {
    await onStart([columns, rows], FORM, async (type, _screen, terminal) => {
      await context.assertSnapshot(await terminal.text(), { name: `start ${columns}x${rows}` });
      await type(TAB, /> ✓ accepted/);
      await type(DOWN + DOWN + DOWN + DOWN, /> arbiter/);
      await context.assertSnapshot(await terminal.text(), { name: `start ${columns}x${rows} chosen` });
    });
  });
}

screenTest(
  "with no run, no host and no trust the start screen says so, in words and without colours",
  async (context) => {
    await onStart([80, 24], BARE, async (type, _screen, terminal) => {
      const text = await terminal.text();
      await context.assertSnapshot(text, { name: "start 80x24 bare" });
      assert.equal(text.match(/connection refused/g)?.length, 1, "what all roles lack is said once");
      // deno-lint-ignore no-control-regex
      assert.doesNotMatch(terminal.bytes, /\x1b\[3[1-7]m/);
      await type(TAB, /> Make the failing tests/);
      await type(DOWN + DOWN, /> arbiter/);
      await type("\r", /No host answers: there is no place to choose/);
    }, { TERM: "xterm", NO_COLOR: "1" });
  },
);

screenTest("an earlier run is opened, and a goal taken over into the goal line, where it can be changed", async () => {
  await onStart([80, 24], FORM, async (type, screen) => {
    await type(UP, /> ✓ accepted/);
    await type(DOWN, /> ‖ left/);
    await type("\r", /Reading the run/);
    assert.deepEqual(await screen.next(), { kind: "open", run: "20261125-091200-00a2" });
    await type(DOWN, /> Make the failing tests/);
    await type("\r", /goal › Make the failing tests of this project pass\./);
    await type(" Fast.", /pass\. Fast\./);
    await type("\r", /The run begins/);
    assert.deepEqual(await screen.next(), {
      kind: "goal",
      goal: "Make the failing tests of this project pass. Fast.",
    });
  });
});

screenTest("a role is put at another place, and back where it fits best", async () => {
  await onStart([80, 24], FORM, async (type, screen) => {
    await type(TAB, /> ✓ accepted/);
    await type(DOWN.repeat(5), /> coding/);
    await type("\r", /a place for coding[\s\S]*> where it fits best/);
    await type(ESC, /> coding/);
    await type("\r", /> where it fits best/);
    await type(DOWN, /> qwen2\.5:14b@fast/);
    await type("\r", /Asking the hosts/);
    assert.deepEqual(await screen.next(), { kind: "place", role: "coding", place: "qwen2.5:14b@fast" });
    const [arbiter, coding, interpreter] = FORM.rows;
    screen.ask({
      ...FORM,
      rows: [arbiter!, { ...coding!, model: "qwen2.5:14b", host: "fast", chosen: true }, interpreter!],
    });
    await type("", /> coding {7}qwen2\.5:14b@fast {2}chosen/);
    await type("\r", /> qwen2\.5:14b@fast/);
    await type(UP, /> where it fits best/);
    await type("\r", /Asking the hosts/);
    assert.deepEqual(await screen.next(), { kind: "place", role: "coding", place: null });
  });
});

screenTest(
  "who decides, the gate and the trust are changed on the start screen, the trust at the second press",
  async () => {
    const form = { ...FORM, trust: { given: false, says: "not given" } };
    await onStart([80, 24], form, async (type, screen) => {
      await type(TAB, /> ✓ accepted/);
      await type(DOWN.repeat(7), /> arbiter +decides/);
      await type("\r", /> arbiter/);
      assert.deepEqual(await screen.next(), { kind: "mode", mode: "observer" });
      screen.ask({ ...form, mode: "observer" });
      await type(DOWN, /arbiter +watches[\s\S]*> gate +off/);
      await type("\r", /> gate/);
      assert.deepEqual(await screen.next(), { kind: "gate", on: true });
      await type(DOWN, /> trust +not given/);
      await type("\r", /Press Enter again to trust \/home\/person\/csv-tools/);
      await type("x", /Enter trusts it/);
      await type("\r", /Press Enter again/);
      await type("\r", /Looking at the project/);
      assert.deepEqual(await screen.next(), { kind: "trust" });
      await type(DOWN, /> hosts/);
      await type("\r", /Asking the hosts/);
      assert.deepEqual(await screen.next(), { kind: "start" });
    });
  },
);

screenTest(
  "what is typed and pasted is the goal, whatever was chosen before, and the help stands over the list",
  async () => {
    await onStart([80, 24], FORM, async (type, screen) => {
      await type("?", /goal › \?/);
      await type("\x7f" + TAB, /> ✓ accepted/);
      await type("?", /> keys/);
      await type(ESC, /> ✓ accepted/);
      await type("q", /Press q again to quit/);
      await type("\x1b[200~Read this\x1b[201~", /goal › Read this/);
      await type(ESC, /> ✓ accepted[\s\S]*goal › Read this/);
      await type("i", /Enter starts/);
      await type("\r", /The run begins/);
      assert.deepEqual(await screen.next(), { kind: "goal", goal: "Read this" });
      screen.say("There is no host.");
      await type("", /There is no host\./);
      await type(UP, /goal › Read this/);
    });
  },
);

screenTest("a next goal that was typed waits while other runs are looked at, until a run begins with one", async () => {
  await onStart([80, 24], FORM, async (type, screen) => {
    await type("Read tabs, too.", /goal › Read tabs, too\./);
    await type(TAB, /> ✓ accepted/);
    await type("\r", /Reading the run/);
    screen.show(past());
    await type("", /the run is over/);
    screen.ask(null);
    screen.ask(FORM);
    await type("", /goal › Read tabs, too\./);
    // Also as the next goal behind a run, and where that was left.
    screen.show(past());
    await type("", /the run is over/);
    screen.ask(FORM);
    await type("", /RUNS[^]*goal › Read tabs, too\./);
    screen.show(past());
    await type("", /the run is over/);
    await type("i", /goal › Read tabs, too\./);
    await type(" Fast.", /too\. Fast\./);
    screen.show(past());
    await type("i", /goal › Read tabs, too\. Fast\./);
    await type("\r", /The run begins/);
    screen.show(past());
    await type("", /the run is over/);
    await type("i", /goal › *$/m);
  });
});

screenTest("what could not be done is said whole over the form, and its goal is in the line again", async () => {
  const cause = "The folder /home/person/.local/state/autonomy/runs cannot be written: permission denied. " +
    "Make it writable, or set AUTONOMY_STATE_HOME to a folder that is.";
  await onStart([80, 24], FORM, async (type, screen) => {
    await type("Read tabs, too.\r", /The run begins/);
    screen.ask(null);
    const refused = { says: cause, goal: "Read tabs, too." };
    screen.ask({ ...FORM, refused });
    const text = await type("", /goal › Read tabs, too\./);
    assert.ok(text.replace(/[\s│]+/g, " ").includes(cause), text);
    // The same refusal gives nothing back a second time: what it shows beside is filled in meanwhile.
    await type("\x15", /goal › *$/m);
    screen.ask({ ...FORM, olderRuns: 9, refused });
    assert.match(await type("", /9 older/), /goal › *$/m);
    await type("Other words.\r", /goal › *$/m);
    screen.ask({ ...FORM, refused: { says: cause, goal: "Other words." } });
    await type("", /goal › Other words\./);
    screen.ask(FORM);
    await type("", /^(?![^]*AUTONOMY_STATE_HOME)/);
    // Who writes something else meanwhile goes on with that.
    await type("\x15Mine.", /goal › Mine\./);
    screen.ask({ ...FORM, refused: { says: "No.", goal: "Other words." } });
    assert.match(await type("", /No\./), /goal › Mine\./);
  });
});
