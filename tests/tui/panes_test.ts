import assert from "node:assert/strict";
import type { PluginPane } from "../../src/tui/store.ts";
import { ManualClock } from "../fakes/manual_clock.ts";
import { DEMO } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";

/** A pane whose answers the test gives. */
class AskedPane implements PluginPane {
  readonly title: string;
  readonly asked: { readonly width: number; readonly height: number; readonly signal: AbortSignal }[] = [];
  /** Hears that it is asked. */
  heard: () => void = () => {};
  #answer = Promise.withResolvers<readonly string[]>();

  constructor(readonly id = "words", title = "words of the day") {
    this.title = title;
  }

  lines({ width, height }: { width: number; height: number }, signal: AbortSignal): Promise<readonly string[]> {
    this.asked.push({ width, height, signal });
    this.heard();
    return this.#answer.promise;
  }

  answer(...rows: string[]): void {
    const { resolve } = this.#answer;
    this.#answer = Promise.withResolvers();
    resolve(rows);
  }

  fail(reason: string): void {
    const { reject } = this.#answer;
    this.#answer = Promise.withResolvers();
    reject(new Error(reason));
  }
}

/** A clock of the screen that only the test moves, so that nothing streams in by itself. */
const still = { every: () => () => {} };

screenTest(
  "a pane of a plugin stands in the rail, its rows are painted when they come, whatever stands in them",
  async () => {
    const store = new DemoStore();
    const pane = new AskedPane();
    store.drawn = [pane];
    await session([160, 45], store, async (terminal, type) => {
      await terminal.until((text) => /─ words of the day ─/.test(text) && text.includes("Nothing yet."), "the pane");
      pane.answer("forty two words", "\x1b]0;owned\x07red \x1b[31mrow\nof \u202etwo", "x".repeat(2_000_000));
      const shown = await terminal.until((text) => text.includes("forty two words"), "its rows");
      assert.match(shown, /│ red row of .?two +\n/, "on one row, and harmless");
      assert.doesNotMatch(terminal.bytes, /owned/);
      // From the first thread back to the last panel.
      await type("\x1b[Z", /> words of the day/);
      await type("?", /Tab +also to crew, run, words/);
    }, { ...still, after: new ManualClock().timer });
  },
);

screenTest(
  "a pane is asked when something happened, one question at a time, and not again before it rested",
  async () => {
    const store = new DemoStore();
    const pane = new AskedPane();
    store.drawn = [pane];
    const clock = new ManualClock();
    await session([160, 45], store, async (terminal) => {
      await terminal.until(() => pane.asked.length === 1, "the first question");
      store.commit({ ...DEMO, seq: 901 });
      store.commit({ ...DEMO, seq: 902 });
      assert.equal(pane.asked.length, 1, "one question at a time");
      pane.answer("one");
      await terminal.until((text) => text.includes("│ one "), "the first answer");
      assert.equal(pane.asked.length, 1, "it rests");
      clock.pass(250);
      terminal.look();
      await terminal.until(() => pane.asked.length === 2, "what came meanwhile is asked about");
      pane.answer("two");
      await terminal.until((text) => text.includes("│ two "), "the second answer");
      clock.pass(250);
      assert.equal(pane.asked.length, 2, "nothing happened since");
    }, { ...still, after: clock.timer });
  },
);

screenTest(
  "a pane out of sight is not asked; on a narrow screen it stands in the row of panels, and comes to the stage",
  async () => {
    const store = new DemoStore();
    const pane = new AskedPane();
    store.drawn = [pane];
    const clock = new ManualClock();
    await session([100, 24], store, async (terminal, type) => {
      await terminal.until(() => pane.asked.length === 1, "the question");
      pane.answer("forty two", "more");
      await terminal.until((text) => /── words forty two ─.* tokens/.test(text), "the row of panels");
      await type("\x1b[Z", /> words of the day/);
      assert.match(await type("", /│ Nothing yet|│ forty two/), /│ forty two/, "the last rows meanwhile");
      await type("z", /Esc unzoom/);
      clock.pass(250);
      const size = () => pane.asked.at(-1);
      await terminal.until(() => (size()?.width ?? 0) > 90, "asked for its whole size");
      await type("\x1b", /─ words of the day|Esc back/);
      await type("2z", /> 2 coding[\s\S]*Esc unzoom/);
      const before = pane.asked.length;
      pane.answer("unseen");
      clock.pass(250);
      store.commit({ ...DEMO, seq: 903 });
      await terminal.text();
      assert.equal(pane.asked.length, before, "a thread alone on the screen hides it");
    }, { ...still, after: clock.timer });
  },
);

screenTest("the border says that a pane is late or failed and why, and its last rows stay", async () => {
  const store = new DemoStore();
  const pane = new AskedPane();
  store.drawn = [pane];
  const clock = new ManualClock();
  await session([160, 45], store, async (terminal) => {
    pane.heard = () => terminal.look();
    await terminal.until(() => pane.asked.length === 1, "the question");
    clock.pass(1000);
    await terminal.until((text) => text.includes("words of the day · late"), "that it is late");
    pane.answer("one");
    await terminal.until((text) => /words of the day ─/.test(text) && text.includes("│ one "), "its rows");
    store.commit({ ...DEMO, seq: 904 });
    clock.pass(250);
    await terminal.until(() => pane.asked.length === 2, "the next question");
    pane.fail("no such file");
    const failed = await terminal.until((text) => text.includes("words of the day · failed: no s"), "why");
    assert.match(failed, /│ one /);
    store.commit({ ...DEMO, seq: 905 });
    clock.pass(250);
    assert.equal(pane.asked.length, 2, "after a failure it rests longer");
    clock.pass(5000);
    await terminal.until(() => pane.asked.length === 3, "and is asked again");
    clock.pass(5000);
    await terminal.until((text) => text.includes("│ no rows within 5 s "), "its bound");
    assert.equal(pane.asked[2]?.signal.aborted, true, "whose plugin is told");
  }, { ...still, after: clock.timer });
});

screenTest("panes come, change and go while a run is at work, and the focus stays or finds its way back", async () => {
  const store = new DemoStore();
  const clock = new ManualClock();
  await session([160, 45], store, async (terminal, type) => {
    await type("t", /> t tasks/);
    const pane = new AskedPane();
    store.drawn = [pane];
    store.commit({ ...DEMO, seq: 906 });
    await terminal.until((text) => /> t tasks[\s\S]*─ words of the day ─/.test(text), "the new pane beside the focus");
    pane.answer("old rows");
    await terminal.until((text) => text.includes("old rows"), "its rows");
    const next = new AskedPane("words", "words, second version");
    store.drawn = [next];
    store.commit({ ...DEMO, seq: 907 });
    const swapped = await terminal.until((text) => text.includes("words, second version"), "the new version");
    assert.match(swapped, /> t tasks/);
    assert.match(swapped, /old rows/, "until the new version answers");
    await type("1\x1b[Z", /> words, second version/);
    await type("z", /Esc unzoom/);
    store.drawn = [];
    store.commit({ ...DEMO, seq: 908 });
    await terminal.until((text) => /> 1 arbiter/.test(text) && !/second version/.test(text), "the focus in a thread");
    assert.equal(next.asked.at(-1)?.signal.aborted, true, "nobody waits for the pane that is gone");
  }, { ...still, after: clock.timer });
});
