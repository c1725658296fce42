import type { State } from "../features/state.ts";
import type { HostStatus } from "../ports/host_status.ts";
import { gateOf } from "./gate.ts";
import { isRunning } from "./select/activity.ts";
import { endingWords } from "./select/words.ts";
import type { Store } from "./store.ts";
import { cells, cut, oneLine } from "./text.ts";

/** By what a person may be called who looks elsewhere. */
export interface AttentionSettings {
  /** The terminal's bell. */
  readonly bell: boolean;
  /** A notification of the desktop, by terminals that show such (OSC 9). */
  readonly notify: boolean;
  /** The title of the terminal's window or tab (OSC 2). */
  readonly title: boolean;
}

/** What a person is called for. */
export interface Call {
  /** Stands for the cause: nobody is called twice for one. */
  readonly cause: string;
  /** What it is, in a few words. */
  readonly says: string;
}

/** Cells of a title and of a notification. */
const ROOM = { title: 60, notification: 160 } as const;

/** A cause that ends, and may come again. */
const NO_HOST = "no host answers";

function heldCall(state: State): readonly Call[] {
  const held = state.messages.list.find(({ status }) => status === "held");
  // While others work, a message that was held on purpose keeps nobody waiting.
  if (held === undefined || isRunning(state) || state.run.paused) return [];
  // At the gate they come one by one to a person who sits there: the first one calls.
  const gate = gateOf(state);
  return [{ cause: gate?.id ?? held.id, says: `a message of ${held.from} waits for you` }];
}

/**
 * Says what a person is wanted for now, what matters most first.
 *
 * @param state the run
 * @param away whether no host answers
 * @returns causes; empty where the run needs nobody
 */
export function callsOf(state: State, away: boolean): readonly Call[] {
  const { ending } = state.run;
  if (ending !== null) return [{ cause: "the end", says: endingWords(ending).title.toLowerCase() }];
  const asked = state.people.questions.map(({ id, text }): Call => ({ cause: id, says: `asks you: ${text}` }));
  return [...asked, ...heldCall(state), ...(away && isRunning(state) ? [{ cause: NO_HOST, says: NO_HOST }] : [])];
}

/** Whether no host answers; while hosts that were down are asked again, what was so before is still so. */
function isAway(hosts: readonly HostStatus[], before: boolean): boolean {
  if (hosts.some(({ state }) => state === "up" || state === "busy")) return false;
  return before || hosts.length > 0 && hosts.every(({ state }) => state === "down");
}

/** Takes text of models and file names into what a terminal obeys: nothing in it is a control, and it ends in time. */
function told(text: string, room: number): string {
  const line = oneLine(text);
  return cells(line) > room ? cut(line, room) : line;
}

/** Calls the person at the terminal: once for each cause, in the ways that they want. */
export class Attention {
  readonly #write: (text: string) => void;
  readonly #env: AttentionEnvironment;
  #settings: AttentionSettings | null = null;
  #run = "";
  #called = new Set<string>();
  #away = false;
  #isHeld = false;
  #title: string | null = null;

  /**
   * @param write writes to the terminal at once
   * @param env the terminal
   */
  constructor(write: (text: string) => void, env: AttentionEnvironment) {
    this.#write = write;
    this.#env = env;
  }

  /** Says in which ways the person wants to be called; null, as before the first time, for none. */
  wanted(settings: AttentionSettings | null): void {
    this.#settings = settings;
  }

  /**
   * Looks at the run, and calls the person where there is a new cause.
   *
   * @param store the run, with its hosts as they are now; null before one
   */
  look(store: Pick<Store, "state" | "hosts" | "isPast"> | null): void {
    if (this.#isHeld) return;
    const state = store?.state();
    const info = state?.run.info ?? null;
    if (this.#settings === null || store === null || state === undefined || info === null) return;
    if (info.id !== this.#run) this.#called.clear();
    this.#run = info.id;
    this.#away = isAway(store.hosts(), this.#away);
    if (!this.#away) this.#called.delete(NO_HOST);
    const calls = store.isPast === true ? [] : callsOf(state, this.#away);
    const project = info.project.split("/").findLast((part) => part !== "") ?? info.project;
    const [first] = calls;
    this.#entitle(first === undefined ? `autonomy ${project}` : `! ${project} ${first.says}`);
    const fresh = calls.filter(({ cause }) => !this.#called.has(cause));
    for (const { cause } of fresh) this.#called.add(cause);
    if (fresh.length > 0) this.#call(`Autonomy: ${project} ${fresh[0]!.says}`);
  }

  /** Calls nobody while another program has the terminal; what is to be called for then is called for afterwards. */
  set isAway(isAway: boolean) {
    this.#isHeld = isAway;
  }

  /** Gives the terminal its own title back, until the next look. */
  rest(): void {
    if (this.#title !== null) this.#write("\x1b[23;2t");
    this.#title = null;
  }

  #entitle(text: string): void {
    const title = told(text, ROOM.title);
    if (this.#settings?.title !== true || title === this.#title || this.#env.TERM === CONSOLE) return;
    // The terminal keeps its own title, and gets it back by the guard however the program ends.
    const keeps = this.#title === null ? "\x1b[22;2t" : "";
    this.#title = title;
    this.#write(`${keeps}\x1b]2;${title}\x07`);
  }

  #call(text: string): void {
    const { notify = false, bell = false } = this.#settings ?? {};
    if (notify && this.#env.TERM !== CONSOLE) {
      const notification = `\x1b]9;${told(text, ROOM.notification)}\x07`;
      // tmux hands on what is for the terminal outside where it is told to (allow-passthrough).
      const wrapped = `\x1bPtmux;${notification.replaceAll("\x1b", "\x1b\x1b")}\x1b\\`;
      this.#write(this.#env.TMUX ? wrapped : notification);
    }
    if (bell) this.#write("\x07");
  }
}

/** What is asked of the environment about the terminal. */
export interface AttentionEnvironment {
  readonly TERM?: string;
  readonly TMUX?: string;
}

/** The console of Linux has neither a title nor notifications, and older ones print what is meant for them. */
const CONSOLE = "linux";
