import { GATE_KEYS } from "./gate.ts";
import { INPUT_KEYS } from "./input_keys.ts";
import { CHANGING_KEYS, MESSAGE_KEYS } from "./message_keys.ts";
import { PANE_KEYS } from "./pane_keys.ts";
import type { Binding, Panel } from "./panel.ts";
import { PLAY_KEYS } from "./play_keys.ts";
import { SCREEN_KEYS } from "./screen_keys.ts";
import type { CommandWord } from "./store.ts";

/** Keys of one kind, as the help shows them. */
export interface KeyGroup {
  readonly title: string;
  /** Keys, and what they do. */
  readonly entries: readonly (readonly [keys: string, does: string])[];
}

/**
 * Gathers all keys, in groups: those that move, those of single panels, those of the run, of the input line, of the gate, of the screen, and the
 * commands of the input line.
 *
 * @param panels panels beside the threads
 * @param commands commands of the input line
 */
export function keyGroups(panels: readonly Panel[], commands: readonly CommandWord[]): readonly KeyGroup[] {
  const { threads, follow, walk, zoom, view, fold, raw } = PANE_KEYS;
  const { judge, question, pause, hold, gate, escape, summary, leave, write, command } = PANE_KEYS;
  const { rows, pages, ends, help, quit, redraw, suspend } = SCREEN_KEYS;
  const input = INPUT_KEYS;
  const { title, entries } = group("Gate", [gate, ...GATE_KEYS]);
  const changing = [...CHANGING_KEYS, MESSAGE_KEYS.takeBack].map(({ key }) => key);
  const move = group("Move", [threads, follow, walk, rows, pages, ends, zoom, view, fold, raw]);
  const named = panels.filter(({ key }) => key !== null);
  const others = panels.filter(({ key }) => key === null);
  const byTab = others.length === 0 ? [] : [["Tab", `also to ${others.map(nameOf).join(", ")}`] as const];
  const toPanels = [named.map(({ key }) => key).join(" "), named.map(({ id }) => id).join(", ")] as const;
  return [
    { ...move, entries: [...move.entries, ...(named.length === 0 ? [] : [toPanels]), ...byTab] },
    ...panels.flatMap(({ id, key, bindings = [] }) => {
      const after = key === null ? "" : ` (after ${key})`;
      const own = group(`${id[0]?.toUpperCase() ?? ""}${id.slice(1)}${after}`, bindings);
      return own.entries.length === 0 ? [] : [own];
    }),
    group("Run", [judge, question, pause, hold, escape, summary, leave, quit]),
    group("Write", [
      write,
      command,
      input.send,
      input.complete,
      input.newline,
      input.recall,
      input.edit,
      input.leave,
      input.quit,
    ]),
    group("Replay", Object.values<Binding>(PLAY_KEYS)),
    { title, entries: [...entries, [changing.join(" "), "as for messages"]] },
    group("Screen", [help, redraw, suspend]),
    ...(commands.length === 0
      ? []
      : [{ title: "Commands", entries: commands.map(({ name, help }) => [`/${name}`, help] as const) }]),
  ];
}

/** The word for a panel. */
function nameOf({ id, guest }: Panel): string {
  return guest ?? id;
}

function group(title: string, bindings: readonly Pick<Binding, "help">[]): KeyGroup {
  return { title, entries: bindings.flatMap(({ help }) => help === null ? [] : [help]) };
}
