import { reasonOf } from "../kernel/reason_of.ts";
import type { Timer } from "../ports/timer.ts";
import { writing } from "./drafts.ts";
import type { Store } from "./store.ts";
import type { Deed, Ui } from "./ui.ts";

/** Time that a command has, in milliseconds. */
const COMMAND_MS = 10_000;

const GIVEN_UP = new Error("given up.");

/** What a command came to. */
export interface CommandOutcome {
  /** A sentence for the place of the hints. */
  readonly notice: string;
  /** Whether what was typed is done with: all that it wished was granted, or the person gave it up. */
  readonly over: boolean;
}

/** Runs one command of a plugin at a time, within a bound, and sends what it wishes. */
export class CommandRunner {
  readonly #timer: Timer;
  #open: AbortController | null = null;

  /** @param timer counts the bound */
  constructor(timer: Timer) {
    this.#timer = timer;
  }

  /**
   * Runs a command; one that is at work already goes on, and this one is refused.
   *
   * @param store where commands and wishes go
   * @param name of the command
   * @param args what was typed behind it
   * @returns what it came to; never rejects
   */
  async run(store: Pick<Store, "runCommand" | "send">, name: string, args: string): Promise<CommandOutcome> {
    const open = new AbortController();
    this.#open = open;
    const callOff = this.#timer(
      COMMAND_MS,
      () => open.abort(new Error(`it had not ended after ${COMMAND_MS / 1000} s and was given up.`)),
    );
    const { promise: ended, reject } = Promise.withResolvers<never>();
    open.signal.addEventListener("abort", () => reject(open.signal.reason), { once: true });
    try {
      // A plugin that does not hear its signal is waited for no longer.
      const wishes = await Promise.race([store.runCommand(name, args, open.signal), ended]);
      for (const [index, wish] of wishes.entries()) {
        const refusal = store.send(wish);
        if (refusal === null) continue;
        const before = index === 0 ? "" : ` (${index} of its ${wishes.length} wishes were granted before)`;
        return { notice: `/${name}: ${refusal}${before}`, over: false };
      }
      return { notice: `/${name} is done.`, over: true };
    } catch (error) {
      return { notice: `/${name}: ${reasonOf(error)}`, over: error === GIVEN_UP };
    } finally {
      callOff();
      if (this.#open === open) this.#open = null;
    }
  }

  /**
   * Runs a command that was typed.
   *
   * @param store where commands and wishes go
   * @param typed the command
   * @returns what becomes of the screen's own state: where it came to nothing, what was typed comes back, and the keys with it, unless
   * something else is being done meanwhile
   */
  async done(store: Store, { name, args, refused }: Deed & { kind: "command" }): Promise<(ui: Ui) => Ui> {
    const { notice, over } = await this.run(store, name, args);
    return (ui) => givenBack({ ...ui, working: null, notice }, over ? null : refused);
  }

  /** Gives up the command that is at work. */
  giveUp(): void {
    this.#open?.abort(GIVEN_UP);
  }
}

/** The screen with what was typed in its line again. Its keys are the line's then: the next letter is for the words, not for the panes. */
function givenBack(ui: Ui, refused: Ui | null): Ui {
  if (refused === null || ui.editor.text !== "" || ui.aim !== null) return ui;
  if (ui.overlay !== null || ui.choice !== null || ui.find?.typing === true) return { ...ui, editor: refused.editor };
  const back = refused.aim === null ? ui : writing(ui, refused.aim);
  // What was written for that address before is not lost for it.
  return back.editor.text === "" ? { ...back, editor: refused.editor } : ui;
}
