import assert from "node:assert/strict";
import type { State } from "../../src/features/state.ts";
import { span } from "../../src/tui/line.ts";
import type { Panel } from "../../src/tui/panel.ts";
import { PANELS } from "../../src/tui/panels.ts";
import { arrivedIn, HOSTILE, poisoned } from "../fakes/hostile.ts";
import { NOON } from "./demo_parts.ts";
import { ASKING, DEMO, ENDED } from "./demo_state.ts";
import { DemoStore, HOSTS } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";
import type { VirtualTerminal } from "./virtual_terminal.ts";

/** What the screen itself writes between its texts: places, erasure to the end of a row, one style at a time, frames as one change. */
// deno-lint-ignore no-control-regex
const OWN = /\x1b\[(?:\d+;\d+H|K|[0-9]?m|2[2-9]m|(?:1;)?3[0-79]m|\?2026[hl])/g;

/** Hostile texts, some to a screen: all that stands in a run begins with each of them. */
const GROUPS = Array.from(
  { length: Math.ceil(HOSTILE.length / 3) },
  (_, index) => HOSTILE.slice(index * 3, index * 3 + 3),
);

class HostileStore extends DemoStore {
  word = "";

  override hosts() {
    return poisoned(HOSTS, this.word);
  }

  override reply(role: string, at: number) {
    return poisoned(super.reply(role, at), this.word);
  }

  override scrollback() {
    const entry = {
      seq: 1,
      at: NOON,
      role: "coding",
      of: "t1",
      title: `${this.word} earlier`,
      text: `${this.word} older`,
    };
    return [{ ...entry, kind: "message" as const }];
  }

  /** Shows a state in which all words are hostile, and waits until it stands on the screen. */
  async poison(state: State, text: string, label: string, terminal: VirtualTerminal): Promise<void> {
    this.word = text;
    const info = state.run.info === null ? null : { ...poisoned(state.run.info, text), label };
    this.streams.clear();
    this.streams.set("t2.ask.3", { text: [`${text} streams`, text], thinking: [text], status: text, since: NOON });
    const hostile = poisoned(state, text);
    this.commit({ ...hostile, run: { ...hostile.run, info } });
    await terminal.until((shown) => shown.includes(label), label);
  }
}

for (const [name, state] of [["at work", DEMO], ["asking", ASKING], ["ended", ENDED]] as const) {
  screenTest(`of a run ${name} whose words are hostile, nothing that a terminal obeys is painted`, async () => {
    const store = new HostileStore(state);
    await session([160, 45], store, async (terminal) => {
      const began = terminal.bytes.length;
      for (const [index, group] of GROUPS.entries()) {
        for (const text of group) await store.poison(state, text, `L${index}-${text.length}.`, terminal);
      }
      const painted = terminal.bytes.slice(began).replaceAll(OWN, "");
      assert.ok(painted.length > 10_000);
      assert.equal(arrivedIn(painted), null);
    });
  });
}

screenTest("no panel, overlay or title paints what a terminal obeys", async () => {
  const store = new HostileStore();
  await session([160, 45], store, async (terminal, type) => {
    const began = terminal.bytes.length;
    for (const [index, group] of GROUPS.entries()) {
      if (index % 8 !== 0) continue;
      await store.poison(DEMO, group.join(""), `L${index}.`, terminal);
      for (const key of ["2", "m", "f", "t", "v", "\x1b", "s", "\x1b", "?"]) await type(key, /./);
      await type("\x1b", /./);
    }
    assert.equal(arrivedIn(terminal.bytes.slice(began).replaceAll(OWN, "")), null);
  });
});

/** A panel that makes nothing safe: its title, its lines, its foot and its hints hold texts as they came. */
const careless: Panel = {
  id: "careless",
  key: "K",
  room: { rows: () => 6 },
  title: ({ run }) => `careless ${run.info?.goal ?? ""}`,
  lines: (
    { state: { run } },
  ) => [[span(run.info?.goal ?? ""), span(" shown")], [span(run.info?.project ?? "", "failed")]],
  foot: ({ state: { run } }) => [[span(run.info?.goal ?? "", "dim")]],
  brief: ({ state: { run } }) => [span(run.info?.goal ?? "")],
  bindings: [],
};

screenTest("a panel that makes none of its text safe paints nothing that a terminal obeys either", async () => {
  for (const size of [[160, 45], [100, 24]] as const) {
    const store = new HostileStore();
    await session(size, store, async (terminal, type) => {
      const began = terminal.bytes.length;
      await type("K", /careless/);
      for (const [index, text] of HOSTILE.entries()) {
        if (index % 2 === 0) await store.poison(DEMO, text, `L${index}.`, terminal);
      }
      assert.equal(arrivedIn(terminal.bytes.slice(began).replaceAll(OWN, "")), null);
    }, { panels: { ...PANELS, careless } });
  }
});
