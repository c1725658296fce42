import assert from "node:assert/strict";
import { bind } from "../../src/tui/actions.ts";
import type { Playing, PlayWish } from "../../src/tui/store.ts";
import { DEMO, ENDED } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";

/** A stored run that is played; what keys wish of it is recorded. */
class PlayedStore extends DemoStore {
  readonly wishes: PlayWish[] = [];
  how: Playing = { at: 30, of: 120, goesOn: true, speed: 8, says: "d2 by arbiter: k1 ▸ coding" };

  playing(): Playing {
    return this.how;
  }

  play(wish: PlayWish): void {
    this.wishes.push(wish);
    if (wish === "turn") this.how = { ...this.how, goesOn: !this.how.goesOn };
    this.commit(this.current);
  }
}

for (const [columns, rows, place] of [[160, 45, "30/120 25%"], [80, 24, "25%"], [40, 12, "25%"]] as const) {
  screenTest(
    `how far a run is played stands above the input line, and keys play it, at ${columns}×${rows}`,
    async () => {
      const store = new PlayedStore();
      await session([columns, rows], store, async (terminal, type) => {
        const text = await terminal.text();
        assert.ok(text.includes(place), text);
        assert.match(text, /▶ .*×8/);
        assert.match(text, /d2 by arbiter/);
        assert.match(text, /Space pause/);
        await type(" ", /‖ .*×8[\s\S]*Space play/);
        await type("\x1b[C\x1b[D}{<>", /Space play/);
        await type("\x1b[H\x1b[F", /Space play/);
        await type("m", /> m messages/);
        await type("i", /This is a replay/);
        await type("x", /This is a replay/);
      }, { env: { TERM: "xterm", NO_COLOR: "1" } });
      assert.deepEqual(store.wishes, [
        ...["turn", "step", "step_back", "decision", "decision_back", "slower", "faster", "begin", "end"],
      ]);
      assert.deepEqual(store.sent, []);
    },
  );
}

screenTest("nothing is typed, pasted or interrupted while a run is played, and q and Ctrl-C quit", async () => {
  const store = new PlayedStore();
  await session([110, 30], store, async (terminal, type, quits) => {
    await type("2", /> 2 coding/);
    await type("\x1b", /This is a replay/);
    terminal.input.type("\x1b[200~words\x1b[201~");
    assert.doesNotMatch(await type("z", /Esc unzoom|2 coding/), /words/);
    await type("\x1b", /> 2 coding/);
    const asked = await type("\x03", /Press Ctrl-C again to quit\./);
    assert.doesNotMatch(asked, /continued later/);
    await type("j", /Space pause/);
    terminal.input.type("q");
    await terminal.until(() => quits() === 1, "it is left");
  });
});

screenTest(
  "a key that a person bound to what a replay refuses is refused, and their own key in its place is not",
  async () => {
    const store = new PlayedStore();
    await session([110, 30], store, async (terminal, type, _quits, screen) => {
      const { keymap, faults } = bind([
        { name: "pane.write", keys: ["W"] },
        { name: "message.edit", keys: ["E"] },
        { name: "changes.undo", keys: ["f5"] },
        { name: "pane.fold", keys: ["x"] },
      ]);
      assert.deepEqual(faults, []);
      screen.bind(keymap, "Bound.");
      await terminal.until((text) => text.includes("Bound."), "the notice");
      for (const key of ["W", "E", "\x1b[15~", "\r"]) {
        await type("2", /Space pause/);
        if (key === "\r") assert.doesNotMatch(await type(key, /Space pause/), /to coding/);
        else await type(key, /This is a replay/);
      }
      await type("x", /Earlier tries are shown whole/);
      await type("mx", /This is a replay/);
    });
    assert.deepEqual(store.sent, []);
  },
);

screenTest(
  "the summary stands at the end of a run that is played, goes when that goes back, and comes again",
  async () => {
    const store = new PlayedStore();
    await session([110, 40], store, async (terminal) => {
      for (const _ of ["once", "again"]) {
        store.commit(ENDED);
        await terminal.until((text) => text.includes("the run is over"), "the summary");
        store.commit(DEMO);
        await terminal.until((text) => text.includes("> 2 coding"), "the threads");
      }
    });
  },
);
