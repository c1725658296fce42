import { type Keymap, USUAL } from "./keys.ts";
import type { Panel } from "./panel.ts";
import { panelsOf, type PanelTable } from "./panels.ts";

/** The panels of a screen: the same objects for as long as crew, guests and keys are the same. */
export class CrewPanels {
  readonly #table: PanelTable;
  #keymap: Keymap = USUAL;
  #roles: readonly string[] = [];
  #guests: readonly Panel[] = [];
  /** Panels as they were asked for last. */
  now: readonly Panel[];

  /**
   * @param table panels beside the threads
   * @throws where two panels have one name or one key
   */
  constructor(table: PanelTable) {
    this.#table = table;
    this.now = panelsOf([], table);
  }

  /** Keys that the person bound anew. */
  get keymap(): Keymap {
    return this.#keymap;
  }

  /** Binds keys anew. */
  bind(keymap: Keymap): void {
    this.#keymap = keymap;
    this.#make(this.#roles, this.#guests);
  }

  /**
   * Joins the panels.
   *
   * @param roles roles with a thread, the arbiter first
   * @param guests panels of plugins
   */
  of(roles: readonly string[], guests: readonly Panel[]): readonly Panel[] {
    if (this.#roles !== roles || this.#guests !== guests) this.#make(roles, guests);
    return this.now;
  }

  #make(roles: readonly string[], guests: readonly Panel[]): void {
    [this.#roles, this.#guests] = [roles, guests];
    this.now = panelsOf(roles, this.#table, guests, this.#keymap);
  }
}
