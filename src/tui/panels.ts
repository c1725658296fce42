import { isFurtherSeat } from "../features/seats/seat.ts";
import { FIND_KEYS } from "./find_keys.ts";
import { GATE_KEYS } from "./gate.ts";
import { type Key, type Keymap, keyWord, USUAL } from "./keys.ts";
import { PANE_KEYS } from "./pane_keys.ts";
import { type Binding, focusKeys, type Panel } from "./panel.ts";
import { changes } from "./panels/changes.ts";
import { crew } from "./panels/crew.ts";
import { decisions } from "./panels/decisions.ts";
import { fleet } from "./panels/fleet.ts";
import { messages } from "./panels/messages.ts";
import { run } from "./panels/run.ts";
import { tasks } from "./panels/tasks.ts";
import { threadPanel } from "./panels/thread.ts";
import { TAKING_KEYS } from "./taking_keys.ts";
import { SCREEN_KEYS } from "./screen_keys.ts";

/** Panels beside the threads that come with Autonomy. */
export type BuiltInPanel = "crew" | "tasks" | "decisions" | "changes" | "messages" | "fleet" | "run";

/** Panels beside the threads, by name, in the order of Tab. */
export type PanelTable = Readonly<Record<string, Panel>>;

/** The panels that come with Autonomy. */
export const PANELS = { crew, tasks, decisions, changes, messages, fleet, run } satisfies Record<BuiltInPanel, Panel>;

/** Keys that mean something wherever no panel has its own for them. */
const TAKEN = [
  ...GATE_KEYS,
  ...Object.values(PANE_KEYS),
  ...Object.values<Binding>(FIND_KEYS),
  ...Object.values<Binding>(TAKING_KEYS),
  ...Object.values(SCREEN_KEYS),
].flatMap((
  { keys },
): readonly Key[] => keys);

/**
 * Joins the threads of a crew and the panels beside them.
 *
 * @param roles roles with a thread, the arbiter first
 * @param table panels beside the threads
 * @param guests panels of plugins, which have no keys
 * @param keymap what is bound anew: a panel has the key that leads to it now
 * @returns panels in the order of Tab
 * @throws where two panels have one name or one key, or a key that means something already
 */
export function panelsOf(
  roles: readonly string[],
  table: PanelTable,
  guests: readonly Panel[] = [],
  keymap: Keymap = USUAL,
): readonly Panel[] {
  const panels = Object.values(table);
  for (const [index, { id, key }] of panels.entries()) {
    const others = panels.slice(0, index);
    if (others.some((one) => one.id === id)) {
      throw new Error(`Two panels are named "${id}". Give one of them another name.`);
    }
    const other = key === null ? undefined : others.find((one) => one.key === key)?.id;
    if (other === undefined && (key === null || !TAKEN.includes(key))) continue;
    const whose = other === undefined ? "all panels" : `the panel "${other}"`;
    throw new Error(`The panel "${id}" wants the key ${key}, which is a key of ${whose}. Give it another one.`);
  }
  // A seat has no digit of its own, so that one that comes leaves the digits of the others as they are.
  const numbered = roles.filter((role) => !isFurtherSeat(role));
  return [
    ...roles.map((role) => threadPanel(role, numbered.indexOf(role))),
    ...panels.map((panel) => boundPanel(panel, keymap)),
    ...guests,
  ];
}

/** A panel with the key that leads to it now, as it is read in its title. */
function boundPanel(panel: Panel, keymap: Keymap): Panel {
  const [name = ""] = Object.keys(focusKeys(panel).actions);
  const own = keymap.get(name);
  if (panel.key === null || own === undefined) return panel;
  return { ...panel, key: own[0] === undefined ? null : keyWord(own[0]) };
}
