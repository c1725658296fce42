import { nearName } from "../mediate/near_name.ts";
import { ACTION_WORDS } from "./action_words.ts";
import { FIND_KEYS } from "./find_keys.ts";
import { GATE_KEYS } from "./gate.ts";
import { INPUT_KEYS } from "./input_keys.ts";
import { readKey } from "./key_names.ts";
import { type Key, type Keymap, keyWord } from "./keys.ts";
import { message } from "./overlays/message.ts";
import { raw } from "./overlays/raw.ts";
import { summary } from "./overlays/summary.ts";
import { why } from "./overlays/why.ts";
import { PLAY_KEYS } from "./play_keys.ts";
import { PANE_KEYS } from "./pane_keys.ts";
import { type Binding, focusKeys } from "./panel.ts";
import { PANELS } from "./panels.ts";
import { TAKING_KEYS } from "./taking_keys.ts";
import { SCREEN_KEYS } from "./screen_keys.ts";
import { SESSION_KEYS } from "./session_keys.ts";
import { ON_START } from "./start_keys.ts";

export { type Key, type Keymap, keyWord } from "./keys.ts";

/** Something that keys do, under the name by which a person binds others to it. */
export interface Action {
  /** `scope.action`. */
  readonly name: string;
  /** Its usual keys. */
  readonly keys: readonly Key[];
  /** What it does. */
  readonly says: string;
  /** Who has the keys when it is heard. */
  readonly where: readonly string[];
}

/** A binding as far as actions are made of it. */
type Source = Pick<Binding, "actions" | "help">;

const EVERYWHERE = "everywhere";
const INPUT = "input";
const PANES = "panes";

/** Who has the keys, with the bindings that are heard then. Panels and the gate come before all panes. */
const PLACES: readonly (readonly [where: string, bindings: readonly Source[]])[] = [
  [EVERYWHERE, [SCREEN_KEYS.quit, SCREEN_KEYS.redraw, SCREEN_KEYS.suspend]],
  [PANES, [
    ...Object.values(PANE_KEYS),
    FIND_KEYS.find,
    FIND_KEYS.find_end,
    ...Object.values(TAKING_KEYS),
    SCREEN_KEYS.rows,
    SCREEN_KEYS.pages,
    SCREEN_KEYS.ends,
    SCREEN_KEYS.help,
    ...Object.values(PANELS).map((panel): Source => ({
      actions: focusKeys(panel).actions,
      help: [panel.key ?? "", `to the panel of ${panel.id}`],
    })),
  ]],
  ...Object.values(PANELS).map(({ id, bindings = [] }) => [id, bindings] as const),
  ["gate", GATE_KEYS],
  [INPUT, Object.values(INPUT_KEYS)],
  ["raw", raw.bindings ?? []],
  ["why", why.bindings ?? []],
  ["message", message.bindings ?? []],
  ["summary", summary.bindings ?? []],
  ["start", ON_START],
  ["after the run", Object.values<Source>(SESSION_KEYS)],
  ["replay", Object.values(PLAY_KEYS)],
];

/** All actions, by the places where they are heard first. */
export const ACTIONS: readonly Action[] = actions();

function actions(): readonly Action[] {
  const found = new Map<string, Action>();
  for (const [where, bindings] of PLACES) {
    for (const { actions = {}, help } of bindings) {
      for (const [name, keys] of Object.entries(actions)) {
        if (keys.length === 0) continue;
        const before = found.get(name);
        const says = ACTION_WORDS[name] ?? (before?.says || help?.[1] || "");
        found.set(name, { name, keys, says, where: [...new Set([...before?.where ?? [], where])] });
      }
    }
  }
  return [...found.values()];
}

const BY_NAME: ReadonlyMap<string, Action> = new Map(ACTIONS.map((action) => [action.name, action]));

/** Keys of an action as they are bound now. */
export function keysOfAction({ name, keys }: Action, keymap: Keymap): readonly Key[] {
  return keymap.get(name) ?? keys;
}

/**
 * Puts keys in the place of the actions that a sentence names, `{pane.hold}`.
 *
 * @param keymap what is bound anew
 * @param sentence a sentence for the place of the hints
 */
export function withKeys(keymap: Keymap, sentence: string): string {
  return sentence.replace(/\{([a-z]+\.[a-z_0-9]+)\}/g, (whole, name: string) => {
    const action = BY_NAME.get(name);
    if (action === undefined) return whole;
    const [key] = keysOfAction(action, keymap);
    return key === undefined ? `${name}, which has no key,` : keyWord(key).replace(/^\^/, "Ctrl-");
  });
}

/** What a file binds to an action; no key unbinds it. */
export interface Wanted {
  readonly name: string;
  readonly keys: readonly string[];
}

/** What a file binds, taken together. */
export interface Bound {
  /** What is bound anew; as usual where there are faults. */
  readonly keymap: Keymap;
  /** What is wrong, each with the name that it is said of. */
  readonly faults: readonly Said[];
  /** What a person may not have meant. */
  readonly notes: readonly Said[];
}

/** A sentence about an action. */
export interface Said {
  readonly name: string;
  readonly text: string;
  /** Whether the name itself is what is wrong, and not the keys behind it. */
  readonly isOfName?: true;
}

/** Actions without which nobody could go on, or leave. */
const NEEDED = ["screen.quit", "input.send", "input.leave"];

/**
 * Binds actions to the keys that a person wants, and looks whether each can be pressed and means one thing.
 *
 * @param wanted what the file says, in its order
 */
export function bind(wanted: readonly Wanted[]): Bound {
  const faults: Said[] = [];
  const keymap = new Map<string, readonly Key[]>();
  for (const { name, keys } of wanted) {
    const action = BY_NAME.get(name);
    if (action === undefined) {
      const near = nearName(name, [...BY_NAME.keys()]);
      const meant = near === null ? "" : `; did you mean ${near}?`;
      faults.push({ name, text: `there is no action ${name}${meant}`, isOfName: true });
      continue;
    }
    const read = keys.map(readKey);
    faults.push(...read.flatMap((one) => "fault" in one ? [{ name, text: one.fault }] : []));
    const own = read.flatMap((one) => "key" in one ? [one.key] : []);
    faults.push(...faultsOf(action, own));
    keymap.set(name, own);
  }
  const { clashes, hidden } = overlaps(keymap);
  faults.push(...clashes);
  const alone = [...keymap].flatMap(([name, keys]) =>
    keys.length > 0 && keys.every((key) => key.startsWith("alt-")) ? [{ name, text: ALT_ALONE }] : []
  );
  return faults.length > 0
    ? { keymap: new Map(), faults, notes: [] }
    : { keymap, faults, notes: [...alone, ...hidden] };
}

const ALT_ALONE =
  "not every terminal sends Alt (macOS's does only where Option is its Meta key): give it a key without";

function faultsOf({ name, where }: Action, keys: readonly Key[]): readonly Said[] {
  const typed = where.some((one) => one === EVERYWHERE || one === INPUT)
    ? keys.filter((key) => Array.from(key).length === 1)
    : [];
  return [
    ...typed.map((key) => ({ name, text: `${keyWord(key)} is typed in the input line, and cannot be a key there` })),
    ...(keys.length === 0 && NEEDED.includes(name)
      ? [{ name, text: "it needs a key: without it nobody could go on" }]
      : []),
  ];
}

/** Actions that are heard for one key: at the same place, or where one hides another behind it. */
function overlaps(keymap: Keymap): { readonly clashes: readonly Said[]; readonly hidden: readonly Said[] } {
  const clashes: Said[] = [];
  const hidden: Said[] = [];
  for (const [index, one] of ACTIONS.entries()) {
    for (const other of ACTIONS.slice(index + 1)) {
      // What shares a key as it comes is told apart by who has the keys.
      if (!keymap.has(one.name) && !keymap.has(other.name)) continue;
      if (one.keys.some((key) => other.keys.includes(key))) continue;
      const key = keysOfAction(one, keymap).find((key) => keysOfAction(other, keymap).includes(key));
      if (key === undefined) continue;
      const name = keymap.has(one.name) ? one.name : other.name;
      const besides = name === one.name ? other : one;
      const said = { name, text: `${keyWord(key)} is a key of ${besides.name} (${besides.says}), too` };
      if (meet(one, other)) clashes.push(said);
      else if (isBefore(one, other) || isBefore(other, one)) hidden.push(said);
    }
  }
  return { clashes, hidden };
}

function meet(one: Action, other: Action): boolean {
  return [one, other].some(({ where }) => where.includes(EVERYWHERE)) ||
    one.where.some((where) => other.where.includes(where));
}

/** Whether one is heard before the other, so that its key never comes to it while the first has a meaning. */
function isBefore(one: Action, other: Action): boolean {
  return other.where.includes(PANES) && !one.where.some((where) => where === INPUT || where === PANES);
}
