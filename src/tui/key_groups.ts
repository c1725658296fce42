import { FIND_KEYS } from "./find_keys.ts";
import { GATE_KEYS, WITHOUT_MESSAGE } from "./gate.ts";
import { INPUT_KEYS } from "./input_keys.ts";
import { CHANGING_KEYS, MESSAGE_KEYS } from "./message_keys.ts";
import { PANE_KEYS } from "./pane_keys.ts";
import { inWords } from "./keymap.ts";
import { type Keymap, USUAL } from "./keys.ts";
import { type Binding, focusKeys, type Panel, type Stage } from "./panel.ts";
import { PLAY_KEYS } from "./play_keys.ts";
import { TAKING_KEYS } from "./taking_keys.ts";
import { SCREEN_KEYS } from "./screen_keys.ts";
import { SESSION_KEYS } from "./session_keys.ts";
import { START_KEYS } from "./start_keys.ts";
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
 * @param keymap what is bound anew
 */
export function keyGroups(
  panels: readonly Panel[],
  commands: readonly CommandWord[],
  keymap: Keymap = USUAL,
): readonly KeyGroup[] {
  const group = (title: string, bindings: readonly Pick<Binding<Stage>, "help" | "actions">[]) =>
    groupOf(title, bindings, keymap);
  const { threads, follow, walk, zoom, view, fold, raw } = PANE_KEYS;
  const { judge, question, pause, hold, gate, escape, summary, leave } = PANE_KEYS;
  const { rows, pages, ends, help, quit, redraw, suspend } = SCREEN_KEYS;
  const { title, entries } = group("Gate", [gate, ...GATE_KEYS]);
  const changing = inWords(
    keymap,
    WITHOUT_MESSAGE,
    [...CHANGING_KEYS, MESSAGE_KEYS.takeBack].map(({ key }) => key).join(" "),
  );
  const move = group("Move", [
    threads,
    follow,
    walk,
    rows,
    pages,
    ends,
    zoom,
    view,
    fold,
    raw,
    FIND_KEYS.find,
    TAKING_KEYS.copy,
    TAKING_KEYS.open,
  ]);
  const named = panels.flatMap((panel) => {
    const key = panel.key === null ? null : inWords(keymap, focusKeys(panel), panel.key);
    return key === null ? [] : [{ key, id: panel.id }];
  });
  const others = panels.filter(({ key }) => key === null);
  const byTab = others.length === 0 ? [] : [["Tab", `also to ${others.map(nameOf).join(", ")}`] as const];
  const toPanels = [named.map(({ key }) => key).join(" "), named.map(({ id }) => id).join(", ")] as const;
  return [
    { ...move, entries: [...move.entries, ...(named.length === 0 ? [] : [toPanels]), ...byTab] },
    ...panels.flatMap(({ id, bindings = [] }) => {
      const key = named.find((panel) => panel.id === id)?.key;
      const after = key === undefined ? "" : ` (after ${key})`;
      const own = group(`${id[0]?.toUpperCase() ?? ""}${id.slice(1)}${after}`, bindings);
      return own.entries.length === 0 ? [] : [own];
    }),
    group("Run", [judge, question, pause, hold, escape, summary, leave, quit]),
    group("Write", WRITE),
    group("Start screen", Object.values<Binding<Stage>>(START_KEYS)),
    group("After a run", Object.values<Binding>(SESSION_KEYS)),
    group("Replay", Object.values<Binding>(PLAY_KEYS)),
    { title, entries: [...entries, ...(changing === null ? [] : [[changing, "as for messages"] as const])] },
    group("Screen", [help, redraw, suspend]),
    ...(commands.length === 0
      ? []
      : [{ title: "Commands", entries: commands.map(({ name, help }) => [`/${name}`, help] as const) }]),
  ];
}

/** What is typed, and is no key. */
const ADDRESS: Pick<Binding, "help"> = { help: ["@ROLE", "before words: to that role"] };

/** Keys of the input line, and those that lead to it. */
const WRITE: readonly Pick<Binding, "help" | "actions">[] = [
  PANE_KEYS.write,
  PANE_KEYS.command,
  ADDRESS,
  INPUT_KEYS.send,
  INPUT_KEYS.queue,
  INPUT_KEYS.complete,
  INPUT_KEYS.newline,
  INPUT_KEYS.recall,
  INPUT_KEYS.history,
  INPUT_KEYS.edit,
  INPUT_KEYS.editor,
  INPUT_KEYS.leave,
  INPUT_KEYS.quit,
];

/** The word for a panel. */
function nameOf({ id, guest }: Panel): string {
  return guest ?? id;
}

function groupOf(
  title: string,
  bindings: readonly Pick<Binding<Stage>, "help" | "actions">[],
  keymap: Keymap,
): KeyGroup {
  return {
    title,
    entries: bindings.flatMap((binding) => {
      const keys = binding.help === null ? null : inWords(keymap, binding, binding.help[0]);
      return binding.help === null || keys === null ? [] : [[keys, binding.help[1]] as const];
    }),
  };
}
