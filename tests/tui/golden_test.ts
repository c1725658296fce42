import assert from "node:assert/strict";
import { reporter } from "../../src/cli/headless.ts";
import { BUILT_IN } from "../../src/plugin/built_in.ts";
import type { Timer } from "../../src/ports/timer.ts";
import type { Colourist } from "../../src/tui/code_colours.ts";
import { newColourist } from "../../src/tui/colourist.ts";
import { THEMES } from "../../src/tui/theme.ts";
import { contextHere } from "../cli/fixtures/call_here.ts";
import { withPlace } from "../cli/fixtures/command_line.ts";
import { assertGolden, writtenStyles } from "./golden_frames.ts";
import { type Moment, withGoldenRun } from "./golden_run.ts";
import { screenTest, session } from "./screen_session.ts";

/** The five views that a person sees most, each at a moment of the stored run, with the keys that lead to it. */
const VIEWS: Readonly<Record<string, { readonly moment: Moment; readonly keys: string; readonly shows: RegExp }>> = {
  stage: { moment: { at: 133, later: 2_000, streams: true }, keys: "", shows: /> 2 coding/ },
  decisions: { moment: { at: 260, later: 1_000 }, keys: "l", shows: /> l decisions/ },
  changes: { moment: { at: 260 }, keys: "c\r", shows: /difference: all of the run/ },
  gate: {
    moment: { at: 83, and: { type: "hold_placed", hold: { id: "h9", scope: "all", of: "" } } },
    keys: "m",
    shows: /> m messages[^]*‖ .*arbiter → interpreter .*Enter/,
  },
  summary: { moment: {}, keys: "", shows: /the run is over/ },
};

const SIZES = [[160, 45], [80, 24], [40, 12]] as const;

const LOOKS = {
  colours: { env: { TERM: "xterm" } },
  light: { env: { TERM: "xterm" }, theme: THEMES.light },
  no_color: { env: { TERM: "xterm", NO_COLOR: "1" } },
} as const;

/** What is to be done after no time is done at once, what is to be done later never: nothing here takes time. */
const atOnce: Timer = (ms, act) => {
  if (ms === 0) act();
  return () => {};
};

/** The real grammars, with a moment at which all code has its colours. */
class SettlingColourist {
  readonly #loads: Promise<unknown>[] = [];

  readonly load = (): Promise<Colourist> =>
    this.#noted(
      newColourist().then((real) => ({
        readerOf: (language) => this.#noted(real.readerOf(language)),
      })),
    );

  #noted<Loaded>(load: Promise<Loaded>): Promise<Loaded> {
    this.#loads.push(load);
    return load;
  }

  /** Settles when nothing is loaded any more; what is loaded is used in the same turn. */
  async settled(): Promise<void> {
    for (let load = this.#loads.shift(); load !== undefined; load = this.#loads.shift()) {
      await load;
      await new Promise((turn) => setTimeout(turn, 0));
    }
  }
}

for (const [view, { moment, keys, shows }] of Object.entries(VIEWS)) {
  screenTest(`the view ${view} looks as agreed at each size`, () =>
    withGoldenRun(async (golden) => {
      for (const [columns, rows] of SIZES) {
        await session([columns, rows], golden.storeAt(moment), async (terminal, type) => {
          await type(keys, shows);
          await assertGolden(`${view}.${columns}x${rows}`, await terminal.lines());
        });
      }
    }));

  screenTest(
    `the view ${view} has the colours that were agreed, and says the same without them`,
    () =>
      withGoldenRun(async (golden) => {
        const said = new Set<string>();
        for (const [look, options] of Object.entries(LOOKS)) {
          const code = new SettlingColourist();
          await session([80, 24], golden.storeAt(moment), async (terminal, type) => {
            await type(keys, shows);
            await code.settled();
            await assertGolden(`${view}.${look}`, writtenStyles(await terminal.styledRows()));
            said.add(await terminal.text());
          }, { ...options, colourist: code.load, after: atOnce });
        }
        assert.equal(said.size, 1, "no word and no sign depends on the colours");
      }),
  );
}

Deno.test("a run by lines, for a screen reader, is told as agreed", () =>
  withGoldenRun((golden) =>
    withPlace(async (place) => {
      const { context, written } = contextHere(place);
      reporter(context, false).telling(BUILT_IN)(golden.facts);
      await assertGolden("screen_reader", written().err.split("\n"));
    })
  ));
