/** The states of a document, to go back and forth between. */
export class History {
  #past = [];
  #future = [];
  #present;

  constructor(initial) {
    this.#present = initial;
  }

  get present() {
    return this.#present;
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  /** Makes a new state the present one; an equal one is no change. */
  change(state) {
    if (state === this.#present) return;
    this.#past.push(this.#present);
    this.#present = state;
    this.#future = [];
  }

  /** Goes back by one state; says whether there was one. */
  undo() {
    if (!this.canUndo) return false;
    this.#future.push(this.#present);
    this.#present = this.#past.pop();
    return true;
  }

  /** Takes back one undo; says whether there was one. */
  redo() {
    if (!this.canRedo) return false;
    this.#past.push(this.#present);
    this.#present = this.#future.pop();
    return true;
  }
}
