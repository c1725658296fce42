import process from "node:process";
import { ARBITER } from "../core/arbiter.ts";
import { openScreen, type Screen } from "../tui/screen.tsx";
import type { StartForm, Store } from "../tui/store.ts";
import type { CliContext } from "./context.ts";
import type { StopSignal } from "./exit_code.ts";
import { History } from "./history.ts";
import { Machine } from "./machine.ts";
import { Replies } from "./replies.ts";
import type { Crew, StartedRun } from "./start_run.ts";

/** How a screen was left. */
export interface LeftScreen {
  /** The signal that closed it; null when the person quit. */
  readonly signal: StopSignal | null;
}

/** A screen that stands before there is anything to show, then asks for the goal or shows a run. */
export interface RunScreen {
  /** The goal that was typed; null when the screen was left before. */
  readonly goal: Promise<string | null>;
  /** Asks for the goal. */
  ask(form: StartForm): void;
  /** Shows a run. */
  show(crew: Crew, started: StartedRun): void;
  /** Settles when the screen is closed and the terminal is as it was. */
  readonly left: Promise<LeftScreen>;
  /** Closes the screen. */
  close(): void;
}

/**
 * Opens the screen. Whoever leaves it does not end the run: that is left to the caller.
 *
 * @param context terminal and environment
 * @param options title and colours
 * @returns the open screen
 */
export function openRunScreen(
  context: CliContext,
  options: { readonly title: string; readonly color: boolean },
): RunScreen {
  let signal: StopSignal | null = null;
  const noColor = options.color ? context.environment("NO_COLOR") : "1";
  const screen: Screen = openScreen({
    title: options.title,
    stdin: process.stdin,
    stdout: process.stdout,
    env: { NO_COLOR: noColor, TERM: context.environment("TERM") },
    onQuit: () => screen.close(),
    onSignal: (name) => {
      signal = name;
      screen.close();
    },
  });
  const left = screen.closed.then((): LeftScreen => ({ signal }));
  // Whoever waits for the goal alone must not meet the screen's failure twice.
  const over = left.then(() => null, () => null);
  return {
    goal: Promise.race([screen.goal, over]),
    ask: (form) => screen.ask(form),
    show: (crew, started) => screen.show(storeOf(crew, started)),
    left,
    close: () => screen.close(),
  };
}

/** What the screen reads of a run. */
function storeOf({ fleet, capabilities }: Crew, { run, journal }: StartedRun): Store {
  const history = new History(journal);
  const replies = new Replies(journal);
  const machine = new Machine(() => Date.now());
  const roles = Object.keys(capabilities.registry.roles);
  const ordered = [...roles.filter((role) => role === ARBITER), ...roles.filter((role) => role !== ARBITER)];
  return {
    state: () => run.state(),
    subscribe: (listener) => run.subscribe(() => listener()),
    signals: () => run.signals(),
    hosts: () => fleet.status(),
    machine: () => machine.status(),
    now: () => Date.now(),
    roles: () => ordered,
    replies: (role) => replies.count(role),
    reply: (role, at) => replies.read(role, at, run.state()),
    scrollback: (role, before, lines) => history.read(role, before, lines),
    send: (intent) => run.send(intent),
  };
}
