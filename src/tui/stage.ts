import type { State } from "../features/state.ts";
import { focusOn, type Panel, type Scene } from "./panel.ts";
import { effectsOf } from "./select/activity.ts";
import type { Ui } from "./ui.ts";

/**
 * Says who works: the roles that have a turn or a try. What is asked of others in between (a decision, a reading of a reply) takes no
 * place from them; where nobody has a turn, it is what goes on.
 *
 * @param state the run
 * @param roles roles with a thread
 * @returns some of them, in their order
 */
export function rolesAtWork(state: State, roles: readonly string[]): readonly string[] {
  if (state.run.ending !== null) return [];
  const turns = [...Object.values(state.turns.open), ...Object.values(state.attempts.open)];
  const working = roles.filter((role) => turns.some((one) => one.role === role));
  return working.length > 0 ? working : roles.filter((role) => effectsOf(state, role).length > 0);
}

/** The threads of those who work. */
function threadsAtWork(state: State, panels: readonly Panel[]): readonly Panel[] {
  const threads = panels.filter(({ role }) => role !== undefined);
  const roles = rolesAtWork(state, threads.flatMap(({ role }) => role ?? []));
  return threads.filter(({ role }) => roles.includes(role ?? ""));
}

/**
 * Says what the stage is for: the threads of those who work, the pinned one and the focused one, in the order of the crew.
 *
 * @param scene the run and the screen's own state
 * @returns threads, at least one where there are any
 */
export function onStage({ state, ui, panels }: Pick<Scene, "state" | "ui" | "panels">): readonly Panel[] {
  const working = threadsAtWork(state, panels);
  const shown = panels.filter((panel) =>
    panel.role !== undefined && (panel.id === ui.pinned || panel.id === ui.focus || working.includes(panel))
  );
  return shown.length > 0 ? shown : panels.filter(({ role }) => role !== undefined).slice(0, 1);
}

/**
 * Moves the focus to who works, unless a thread is pinned, another panel has the keys, or the next key means the thread that has them.
 *
 * @param scene the run and the screen's own state
 * @returns the screen's own state, the same object where nothing moves
 */
function following({ state, ui, panels }: Pick<Scene, "state" | "ui" | "panels">): Ui {
  if (ui.pinned !== null || ui.choice !== null || ui.confirming !== null) return ui;
  const focused = panels.find(({ id }) => id === ui.focus);
  if (focused?.role === undefined) return ui;
  const working = threadsAtWork(state, panels);
  const [next] = working;
  return next === undefined || working.includes(focused) ? ui : focusOn(ui, next);
}

/** The thread that a person comes back to from another panel: the pinned one, else the first at work. */
export function leadOf({ state, ui, panels }: Scene): Panel | undefined {
  const threads = onStage({ state, ui: { ...ui, focus: "" }, panels });
  return threads.find(({ id }) => id === ui.pinned) ?? threads[0];
}

/**
 * Has the focus follow who works, and gives it back where the panel that had it is gone.
 *
 * @param scene the run and the screen's own state
 * @returns the screen's own state from now on
 */
export function refocused(scene: Scene): Ui {
  const isThere = (id: string | null) => scene.panels.some((panel) => panel.id === id);
  const { pinned } = scene.ui;
  const ui = pinned === null || isThere(pinned) ? scene.ui : { ...scene.ui, pinned: null };
  if (isThere(ui.focus)) return following({ ...scene, ui });
  const lead = leadOf({ ...scene, ui });
  return lead === undefined ? ui : following({ ...scene, ui: { ...focusOn(ui, lead), view: "stage" } });
}
