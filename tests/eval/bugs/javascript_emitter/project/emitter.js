/** Tells listeners what happens. */
export class Emitter {
  #listeners = new Map();

  /** Calls a listener each time; returns a function that takes it off. */
  on(name, listener) {
    const known = this.#listeners.get(name) ?? [];
    this.#listeners.set(name, [...known, listener]);
    return () => this.off(name, listener);
  }

  /** Calls a listener the next time only; it may be taken off by `off` before. */
  once(name, listener) {
    const wrapped = (...values) => {
      this.off(name, wrapped);
      listener(...values);
    };
    return this.on(name, wrapped);
  }

  /** Takes off a listener that `on` or `once` was given. */
  off(name, listener) {
    const known = this.#listeners.get(name) ?? [];
    const left = known.filter((each) => each !== listener);
    if (left.length > 0) this.#listeners.set(name, left);
    else this.#listeners.delete(name);
  }

  /** Calls all listeners of a name; says whether there were any. */
  emit(name, ...values) {
    const known = this.#listeners.get(name) ?? [];
    for (const listener of known) listener(...values);
    return known.length > 0;
  }
}
