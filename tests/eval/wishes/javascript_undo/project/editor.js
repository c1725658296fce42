import { History } from "./history.js";

/** A text that is edited by commands. */
export class Editor {
  #history = new History("");

  get text() {
    return this.#history.present;
  }

  /** Adds text at the end. */
  type(text) {
    this.#history.change(this.text + text);
  }

  /** Takes off the last characters. */
  erase(count = 1) {
    this.#history.change(this.text.slice(0, Math.max(0, this.text.length - count)));
  }

  /** Carries out the command of a key; says whether something changed. */
  press(key) {
    if (key === "ctrl+z") return this.#history.undo();
    if (key === "ctrl+y") return this.#history.redo();
    return false;
  }
}
