import { BLANK } from "./editor.ts";
import { named } from "./keymap.ts";
import type { Key } from "./keys.ts";
import type { Binding, Stage } from "./panel.ts";
import { confirmed, type Pressed } from "./ui.ts";

/** Rows that a key scrolls by, for a page of so many rows; infinite to an end. */
const ROWS: Readonly<Record<Key, (page: number) => number>> = {
  j: () => 1,
  down: () => 1,
  k: () => -1,
  up: () => -1,
  pagedown: (page) => page,
  pageup: (page) => -page,
  "ctrl-d": (page) => Math.ceil(page / 2),
  "ctrl-u": (page) => -Math.ceil(page / 2),
  g: () => -Infinity,
  G: () => Infinity,
};

/** Rows that a key of {@link SCROLLING} moves by, for a page of so many rows; infinite to an end. */
export function rowsOf(key: Key, page: number): number {
  return ROWS[key]?.(page) ?? 0;
}

/** What a key that scrolls comes to. */
export function scroll({ ui, page }: Stage, key: Key): Pressed {
  return { ui, deed: { kind: "scroll", by: rowsOf(key, page) } };
}

/** Clears the input line, or quits at the second press. */
function quit(stage: Stage, key: Key): Pressed {
  const { ui } = stage;
  if (ui.aim !== null && ui.editor.text !== "") return { ui: { ...ui, editor: BLANK, recalled: null } };
  const goesOn = stage.state !== null && stage.store.playing === undefined &&
    stage.state.run.ending?.kind !== "accepted";
  const later = goesOn ? " The run can be continued later." : "";
  return confirmed(ui, key, { kind: "quit" }, `Press {screen.quit} again to quit.${later}`);
}

const BINDINGS = {
  rows: {
    keys: ["j", "k", "up", "down"],
    actions: { down: ["j", "down"], up: ["k", "up"] },
    help: ["j k ↑ ↓", "scroll, or select"],
    hints: () => [{ keys: "j k", does: "scroll" }],
    press: scroll,
  },
  pages: {
    keys: ["pageup", "pagedown", "ctrl-u", "ctrl-d"],
    actions: { page_up: ["pageup"], page_down: ["pagedown"], half_up: ["ctrl-u"], half_down: ["ctrl-d"] },
    help: ["PgUp PgDn ^U ^D", "scroll by pages, halves"],
    press: scroll,
  },
  ends: {
    keys: ["g", "G"],
    actions: { oldest: ["g"], newest: ["G"] },
    help: ["g G", "oldest, newest (follow)"],
    press: scroll,
  },
  help: {
    keys: ["?"],
    help: ["?", "this help"],
    hints: () => [{ keys: "?", does: "help" }],
    press: ({ ui }) => ({ ui: { ...ui, overlay: "help" } }),
  },
  quit: {
    keys: ["ctrl-c"],
    help: ["^C ^C", "quit; the run can be continued"],
    hints({ ui, state }) {
      if (ui.aim === null && state?.run.ending) return [];
      return [{ keys: "^C", does: ui.aim === null || ui.editor.text === "" ? "quit" : "clears", stays: true }];
    },
    press: quit,
  },
  redraw: {
    keys: ["ctrl-l"],
    help: ["^L", "draw again"],
    press: ({ ui }) => ({ ui, deed: { kind: "redraw" } }),
  },
  suspend: {
    keys: ["ctrl-z"],
    help: ["^Z", "suspend"],
    press: ({ ui }) => ({ ui, deed: { kind: "suspend" } }),
  },
} satisfies Record<string, Binding<Stage>>;

/** Keys that act on the screen itself, with a run and before it. Those with Ctrl do so wherever the keys go. */
export const SCREEN_KEYS = named("screen", BINDINGS);

/** What scrolls, or selects where there is something to select. */
export const SCROLLING: Pick<Binding, "keys" | "actions"> = {
  keys: Object.keys(ROWS),
  actions: { ...SCREEN_KEYS.rows.actions, ...SCREEN_KEYS.pages.actions, ...SCREEN_KEYS.ends.actions },
};
