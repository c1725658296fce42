import { join } from "node:path";
import { reasonOf } from "../kernel/reason_of.ts";
import { CommandRunner } from "./command_runner.ts";
import { BLANK, insert } from "./editor.ts";
import type { Going } from "./finder.ts";
import type { Store } from "./store.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Deed, Ui } from "./ui.ts";
import { undone } from "./undone.ts";

/** What deeds act on: the screen that keys were pressed at. */
export interface Desk {
  /** The screen's own state. */
  ui(): Ui;
  /** Takes what a deed made of it. */
  become(ui: Ui): void;
  /** The run that is shown; null before there is one. */
  store(): Store | null;
  /** Has the screen follow, where a deed came to something later. */
  changed(): void;
  /** Scrolls what has the keys by rows; infinite to an end. */
  scroll(by: number): void;
  /** Goes to another match of what is looked for, or back to where the person read before. */
  find(going: Going | "back"): void;
  /** What is seen of what has the keys, as plain text. */
  seen(): string;
  /** Writes the whole screen again. */
  redraw(): void;
}

/** What takes something of the screen elsewhere. */
type TakingDeed = Extract<Deed, { readonly kind: "copy" | "copy_seen" | "open" | "edit_draft" }>;

/** Does what keys come to: the only place where they reach beyond the screen. */
export class Deeds {
  readonly #desk: Desk;
  readonly #surroundings: Surroundings;
  readonly #commands: CommandRunner;

  /**
   * @param desk what they act on
   * @param surroundings what they may do beyond that
   */
  constructor(desk: Desk, surroundings: Surroundings) {
    this.#desk = desk;
    this.#surroundings = surroundings;
    this.#commands = new CommandRunner(surroundings.after);
  }

  /** Gives up what is still at work. */
  giveUp(): void {
    this.#commands.giveUp();
  }

  /** Does one. */
  do(deed: Deed): void {
    const desk = this.#desk;
    switch (deed.kind) {
      case "wish": {
        const refusal = desk.store()?.send(deed.intent) ?? null;
        // What is granted may be committed at once, and the commit may have changed the screen.
        if (refusal === null) { for (const other of deed.also ?? []) desk.store()?.send(other); }
        const ui = refusal === null ? desk.ui() : deed.refused ?? desk.ui();
        desk.become({ ...ui, notice: refusal ?? deed.done });
        return;
      }
      case "scroll":
        return desk.scroll(deed.by);
      case "find":
        return desk.find(deed.going);
      case "copy":
      case "copy_seen":
      case "open":
      case "edit_draft":
        return void this.#told(() => this.#take(deed));
      case "undo":
      case "redo":
      case "apply":
        return void this.#told(() => this.#later((store) => undone(store, deed)));
      case "play":
        return desk.store()?.play?.(deed.wish);
      case "session":
        desk.become({ ...desk.ui(), notice: deed.says });
        return this.#surroundings.session(deed.wish);
      case "redraw":
        return desk.redraw();
      case "command":
        if (desk.store() !== null) desk.become({ ...desk.ui(), working: deed.name });
        return void this.#told(() => this.#later((store) => this.#commands.done(store, deed)));
      case "give_up":
        return this.giveUp();
      case "quit":
      case "suspend":
        return this.#surroundings[deed.kind]();
    }
  }

  /** Does what takes its time; what fails in it is told and ends neither the screen nor the run. */
  async #told(act: () => Promise<void>): Promise<void> {
    const desk = this.#desk;
    try {
      await act();
    } catch (error) {
      desk.become({ ...desk.ui(), notice: reasonOf(error) });
      desk.changed();
    }
  }

  /** Has what takes its time change the screen's own state once it is over, unless another run is shown by then. */
  async #later(act: (store: Store) => Promise<(ui: Ui) => Ui>): Promise<void> {
    const desk = this.#desk;
    const store = desk.store();
    if (store === null) return;
    const change = await act(store);
    if (desk.store() !== store) return;
    desk.become(change(desk.ui()));
    desk.changed();
  }

  /** Takes what is seen elsewhere: into the clipboard, or into the person's editor, and out of that what they wrote. */
  async #take(deed: TakingDeed): Promise<void> {
    const desk = this.#desk;
    const { clipboard, editor } = this.#surroundings;
    const { editor: draft, aim } = desk.ui();
    const taken = deed.kind === "copy"
      ? { notice: await clipboard.copy(deed.name, deed.text) }
      : deed.kind === "copy_seen"
      ? { notice: await clipboard.copy("what is seen", desk.seen()) }
      : deed.kind === "open"
      ? { notice: await editor.open(join(deed.project, deed.path), deed.path, deed.line) }
      : await editor.edit(draft.text);
    // What was written comes back where it was written, whatever happened meanwhile.
    const written = "text" in taken && desk.ui().aim === aim ? insert(BLANK, taken.text) : desk.ui().editor;
    desk.become({ ...desk.ui(), editor: written, notice: "notice" in taken ? taken.notice : "" });
    desk.changed();
  }
}
