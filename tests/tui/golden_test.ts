import assert from "node:assert/strict";
import { reporter } from "../../src/cli/headless.ts";
import { BUILT_IN } from "../../src/plugin/built_in.ts";
import { THEMES } from "../../src/tui/theme.ts";
import { contextHere } from "../cli/fixtures/call_here.ts";
import { withPlace } from "../cli/fixtures/command_line.ts";
import { assertGolden, writtenStyles } from "./golden_frames.ts";
import { withGoldenRun } from "./golden_run.ts";
import { atOnce, SettlingColourist, VIEWS } from "./golden_views.ts";
import { screenTest, session } from "./screen_session.ts";

const SIZES = [[160, 45], [80, 24], [40, 12]] as const;

const LOOKS = {
  colours: { env: { TERM: "xterm" } },
  light: { env: { TERM: "xterm" }, theme: THEMES.light },
  no_color: { env: { TERM: "xterm", NO_COLOR: "1" } },
} as const;

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
