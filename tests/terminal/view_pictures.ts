import { THEMES } from "../../src/tui/theme.ts";
import { withGoldenRun } from "../tui/golden_run.ts";
import { atOnce, SettlingColourist, VIEWS } from "../tui/golden_views.ts";
import { session } from "../tui/screen_session.ts";
import { framePicture, LIGHT } from "./frame_picture.ts";

const SIZE = [120, 34] as const;

/** Grounds with the theme that is for them: the usual one on both, since it is for both. */
const GROUNDS = {
  dark: { colors: undefined, theme: THEMES.terminal },
  light: { colors: LIGHT, theme: THEMES.light },
  plain: { colors: LIGHT, theme: THEMES.terminal },
} as const;

/** A picture with the name of its view and its ground. */
interface DrawnView {
  readonly name: string;
  readonly picture: string;
}

/** Draws the views that frames are stored of, each on a dark and on a light ground. */
export async function drawnViews(): Promise<readonly DrawnView[]> {
  const drawn: DrawnView[] = [];
  await withGoldenRun(async (golden) => {
    for (const [view, { moment, keys, shows }] of Object.entries(VIEWS)) {
      for (const [ground, { colors, theme }] of Object.entries(GROUNDS)) {
        const code = new SettlingColourist();
        await session([...SIZE], golden.storeAt(moment), async (terminal, type) => {
          await type(keys, shows);
          await code.settled();
          const picture = framePicture(await terminal.styledRows(), SIZE[0], colors);
          drawn.push({ name: `${view}.${ground}`, picture });
        }, { theme, colourist: code.load, after: atOnce });
      }
    }
  });
  return drawn;
}
