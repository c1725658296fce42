import { ACTION_WORDS } from "./action_words.ts";
import { FIND_KEYS } from "./find_keys.ts";
import { GATE_KEYS, gateOf } from "./gate.ts";
import type { Key } from "./keys.ts";
import { keyWord } from "./keys.ts";
import { PANE_KEYS } from "./pane_keys.ts";
import { type Binding, focusedPanel, focusKeys, focusOn, type Panel, type Scene, type Stage } from "./panel.ts";
import { TAKING_KEYS } from "./taking_keys.ts";
import { SCREEN_KEYS } from "./screen_keys.ts";
import { AFTER_RUN } from "./session_keys.ts";
import { type Pressed, told } from "./ui.ts";

/** Something that can be chosen by its name. */
export interface Entry {
  /** Typed and shown; no two entries have one. */
  readonly name: string;
  /** What it does, in a line. */
  readonly says: string;
  /** Keys that do the same, as they are bound; empty where there is none. */
  readonly keys: string;
  /** What choosing it comes to; absent for a command of a plugin, which may take words behind its name. */
  press?(scene: Scene): Pressed;
}

/** Bindings of the panes that are no command: each pane is one by its name, and the palette is open. */
const NO_COMMAND: readonly Binding[] = [PANE_KEYS.threads, PANE_KEYS.walk, PANE_KEYS.command];

/** What acts on the screen whatever has the focus. */
const OF_SCREEN: readonly Binding<Stage>[] = [
  SCREEN_KEYS.ends,
  SCREEN_KEYS.help,
  SCREEN_KEYS.redraw,
  SCREEN_KEYS.suspend,
  SCREEN_KEYS.quit,
];

/** Actions of a binding, each as an entry. */
function entriesOf({ keymap }: Scene, binding: Binding): readonly Entry[] {
  return Object.entries(binding.actions ?? {}).flatMap(([name, usual]): Entry[] => {
    const [key] = usual.filter((one) => binding.keys.includes(one));
    const says = ACTION_WORDS[name] ?? binding.help?.[1];
    if (key === undefined || says === undefined) return [];
    const press = (scene: Scene): Pressed => again(binding.press(scene, key), scene, keymap.get(name) ?? usual);
    return [{ name, says, keys: (keymap.get(name) ?? usual).map(keyWord).join(" "), press }];
  });
}

/** What a chosen entry comes to: where a second press is asked for, it is one of the key that the entry has. */
function again(pressed: Pressed | null, { ui }: Scene, keys: readonly Key[]): Pressed {
  if (pressed === null) return told(ui, "This means nothing here now.");
  const { confirming } = pressed.ui;
  if (confirming === null) return pressed;
  return { ...pressed, ui: { ...pressed.ui, confirming: { ...confirming, key: keys[0] ?? confirming.key } } };
}

function focusEntry({ keymap }: Scene, panel: Panel): Entry {
  const [[name, usual] = ["", []]] = Object.entries(focusKeys(panel).actions);
  return {
    name: `focus.${panel.role ?? panel.id}`,
    says: panel.role === undefined ? `to the panel of ${panel.guest ?? panel.id}` : `to the thread of ${panel.role}`,
    keys: (keymap.get(name) ?? usual).map(keyWord).join(" "),
    press: ({ ui }) => ({ ui: focusOn(ui, panel) }),
  };
}

/**
 * Gathers what can be chosen now: the commands of plugins while the run is at work, then what keys do for who has the focus, on the run and
 * on the screen.
 *
 * @param stage what stands on the screen; nothing can be chosen before a run
 */
export function entriesFor(stage: Stage): readonly Entry[] {
  if (stage.state === null) return [];
  const commands = stage.state.run.ending === null ? stage.store.commands() : [];
  const bindings = [
    ...focusedPanel(stage)?.bindings ?? [],
    ...(stage.state.run.ending === null ? [] : AFTER_RUN.filter((binding) => isMeant(binding, stage))),
    ...(gateOf(stage.state) === null ? [] : GATE_KEYS),
    ...Object.values<Binding>(PANE_KEYS).filter((binding) => !NO_COMMAND.includes(binding)),
    FIND_KEYS.find,
    ...Object.values(TAKING_KEYS),
    ...OF_SCREEN,
  ];
  const acts = [
    ...bindings.flatMap((binding) => entriesOf(stage, binding)),
    ...stage.panels.map((panel) => focusEntry(stage, panel)),
  ];
  const entries: Entry[] = commands.map(({ name, help }) => ({ name, says: help, keys: "" }));
  const listed = new Set<string>();
  for (const act of acts) {
    // What two bindings name alike is one action: the first is heard.
    if (listed.has(act.name)) continue;
    listed.add(act.name);
    const short = act.name.slice(act.name.indexOf(".") + 1);
    const at = entries.findIndex(({ name }) => name === short);
    const other = entries[at];
    if (other === undefined) entries.push({ ...act, name: short });
    else if (other.press === undefined && actsOnRun(act, stage)) entries[at] = { ...other, keys: act.keys };
    else entries.push(act);
  }
  return entries;
}

/** Whether the first key of a binding means something now. */
function isMeant({ keys, press }: Binding, scene: Scene): boolean {
  return keys[0] !== undefined && press(scene, keys[0]) !== null;
}

/** Whether an action wishes something of the run as a whole: a command with its name then is the same. */
function actsOnRun({ press }: Entry, scene: Scene): boolean {
  const deed = press?.(scene).deed;
  return deed?.kind === "wish" && Object.keys(deed.intent).length === 1;
}

/**
 * Finds the entries that fit what was typed, those that fit best first.
 *
 * @param entries what can be chosen
 * @param query what was typed: the beginning of a name, a part of it, its letters in their order, or words of what it does
 */
export function fitting(entries: readonly Entry[], query: string): readonly Entry[] {
  const wanted = query.trim().toLowerCase();
  return entries
    .flatMap((entry, at) => {
      const far = distance(wanted, entry);
      return far === null ? [] : [{ entry, far, at }];
    })
    .sort((one, other) => one.far - other.far || one.at - other.at)
    .map(({ entry }) => entry);
}

/** How far an entry is from what was typed: 0 for its name; null where it does not fit. */
function distance(wanted: string, { name, says }: Entry): number | null {
  const own = name.toLowerCase();
  if (own === wanted) return 0;
  if (own.startsWith(wanted)) return 1;
  if (own.includes(wanted)) return 2;
  if (says.toLowerCase().includes(wanted)) return 3;
  const gaps = gapsIn(own, wanted);
  return gaps === null ? null : 4 + gaps;
}

/** Letters that are passed over to find others in their order; null where they are not in it. */
function gapsIn(text: string, wanted: string): number | null {
  let at = 0;
  for (const letter of wanted) {
    const next = text.indexOf(letter, at);
    if (next === -1) return null;
    at = next + letter.length;
  }
  return at - wanted.length;
}
