import { faults } from "./password.js";

/** The people who have an account. */
export class Accounts {
  #passwords = new Map();

  /** Opens an account; returns what is wrong, an empty list where it was opened. */
  register(user, password) {
    if (this.#passwords.has(user)) return [`There is an account ${user} already.`];
    const found = faults(password, user);
    if (found.length === 0) this.#passwords.set(user, password);
    return found;
  }

  /** Whether an account has this password. */
  check(user, password) {
    return this.#passwords.has(user) && this.#passwords.get(user) === password;
  }
}
