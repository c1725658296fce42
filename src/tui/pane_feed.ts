import { reasonOf } from "../kernel/reason_of.ts";
import type { State } from "../features/state.ts";
import type { Timer } from "../ports/timer.ts";
import { type Line, span } from "./line.ts";
import type { Panel, Scene, Size } from "./panel.ts";
import type { PluginPane } from "./store.ts";
import { cut, oneLine, wrap } from "./text.ts";

/** Least time between an answer and the next question, in milliseconds: a pane is asked at most four times a second. */
const REST_MS = 250;
/** The same after a failure. */
const FAILED_REST_MS = 5000;
/** A pane that is seen is asked again after so long although nothing happened: it may show what no fact says. */
const REFRESH_MS = 1000;
/** From then on the border says that the rows are late. */
const LATE_MS = 1000;
/** Time that one answer has. */
const ANSWER_MS = 5000;
/** Rows of one answer, and characters of a row, that are kept. */
const MOST_ROWS = 500;
const MOST_CHARACTERS = 1000;
/** Cells of its first row where it is shown in a few words. */
const BRIEF_CELLS = 24;
/** Its size until it is seen. */
const UNSEEN: Size = { width: BRIEF_CELLS, height: 1 };

/** What a feed does to the screen. */
export interface FeedListener {
  /** Its rows are others. */
  repaint(): void;
  /** Its border is another. */
  retitle(): void;
}

/**
 * Keeps the rows of a plugin's pane: it is asked only while it is seen, seldom, and one question at a time; the last rows stay on the
 * screen meanwhile. What the plugin does wrong is said in the border.
 */
export class PaneFeed {
  readonly #after: Timer;
  readonly #listener: FeedListener;
  readonly panel: Panel;
  #pane: PluginPane;
  #rows: readonly string[] | null = null;
  #fault: string | null = null;
  #late = false;
  #open: AbortController | null = null;
  /** What the last question was about; null where there was none yet. */
  #asked: { readonly state: State; readonly size: Size } | null = null;
  #answeredAt = 0;
  #resting = false;
  /** Whether something new was seen that it could not be asked about yet. */
  #again = false;
  #callOff: (() => void)[] = [];

  /**
   * @param pane as the plugin offers it
   * @param after counts rests and bounds
   * @param listener hears that something changed
   */
  constructor(pane: PluginPane, after: Timer, listener: FeedListener) {
    this.#pane = pane;
    this.#after = after;
    this.#listener = listener;
    this.panel = {
      id: `pane:${pane.id}`,
      key: null,
      guest: pane.id,
      room: { share: 0.4 },
      title: () => this.#title(),
      lines: (scene, size) => {
        this.#look(scene, size);
        return this.#lines();
      },
      foot: (_scene, { width, height }) => this.#foot(width, this.#rows === null ? height : Math.floor(height / 2)),
      brief: (scene) => {
        this.#look(scene, this.#asked?.size ?? UNSEEN);
        return this.#brief();
      },
    };
  }

  /** The pane as it was given last. */
  get pane(): PluginPane {
    return this.#pane;
  }

  /** Takes another version of the pane; the rows stay until that one answers. */
  take(pane: PluginPane): void {
    this.close();
    this.#pane = pane;
    this.#asked = null;
    this.#fault = null;
  }

  /** Waits for nothing any more. */
  close(): void {
    this.#open?.abort(new Error("The pane is not shown any more."));
    this.#rest();
  }

  /** Ends the question and what was counted for it. */
  #rest(): void {
    this.#open = null;
    this.#late = false;
    this.#resting = false;
    for (const callOff of this.#callOff.splice(0)) callOff();
  }

  #title(): string {
    // That it is the pane that failed is seen.
    if (this.#fault !== null) {
      return `${this.#pane.title} · failed: ${this.#fault.replace(/^The pane \w+ (?:failed: )?/, "")}`;
    }
    return this.#late ? `${this.#pane.title} · late` : this.#pane.title;
  }

  #lines(): readonly Line[] {
    const isOld = this.#fault !== null || this.#late;
    if (this.#rows !== null) return this.#rows.map((row) => [span(row, isOld ? "dim" : "plain")]);
    return this.#fault === null ? [[span("Nothing yet.", "dim")]] : [];
  }

  /** Why it failed, whole where there is room: the border cuts it. */
  #foot(width: number, most: number): readonly Line[] {
    if (this.#fault === null) return [];
    return wrap(oneLine(this.#fault), width).slice(0, Math.max(1, most)).map((row) => [span(row, "failed")]);
  }

  #brief(): Line {
    const name = span(`${this.#pane.id} `, "dim");
    if (this.#fault !== null) return [name, span("failed", "failed")];
    return [name, span(cut(oneLine(this.#rows?.[0] ?? ""), BRIEF_CELLS))];
  }

  /** Asks, where there is something to ask about and the last answer is long enough ago. */
  #look({ state, store }: Scene, size: Size): void {
    const isNew = this.#asked?.state !== state || this.#asked.size.width !== size.width ||
      this.#asked.size.height !== size.height;
    if (this.#open !== null || this.#resting) this.#again ||= isNew;
    else if (isNew || store.now() - this.#answeredAt >= REFRESH_MS) void this.#ask(state, size, () => store.now());
  }

  async #ask(state: State, size: Size, now: () => number): Promise<void> {
    const open = new AbortController();
    this.#open = open;
    this.#asked = { state, size };
    this.#again = false;
    const { promise: ended, reject } = Promise.withResolvers<never>();
    open.signal.addEventListener("abort", () => reject(open.signal.reason), { once: true });
    this.#callOff = [
      this.#after(LATE_MS, () => {
        this.#late = true;
        this.#listener.retitle();
      }),
      this.#after(ANSWER_MS, () => open.abort(new Error(`no rows within ${ANSWER_MS / 1000} s`))),
    ];
    let [rows, fault]: [readonly string[] | null, string | null] = [null, null];
    try {
      // A plugin that does not hear its signal is waited for no longer.
      rows = await Promise.race([this.#pane.lines(size, open.signal), ended]);
    } catch (error) {
      fault = reasonOf(error);
    }
    // It was closed, or another version is asked meanwhile.
    if (this.#open !== open) return;
    const before = this.#title();
    this.#rest();
    this.#fault = fault;
    this.#answeredAt = now();
    if (rows !== null) this.#rows = rows.slice(0, MOST_ROWS).map((row) => row.slice(0, MOST_CHARACTERS));
    this.#resting = true;
    this.#callOff = [this.#after(fault === null ? REST_MS : FAILED_REST_MS, () => this.#rested())];
    if (this.#title() === before) this.#listener.repaint();
    else this.#listener.retitle();
  }

  #rested(): void {
    this.#resting = false;
    if (!this.#again) return;
    this.#again = false;
    this.#listener.repaint();
  }
}
