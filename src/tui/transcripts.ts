import type { State } from "../features/state.ts";
import type { Panel, Scene, Transcript } from "./panel.ts";
import { PaneRows } from "./pane_rows.ts";
import type { Block } from "./select/block.ts";

/** Lines that are read from the journal at a time. */
const HISTORY_LINES = 200;

/** The same while they are looked through. */
const SOUGHT_LINES = 1_000;

/** What is kept of a transcript: its rows, and the blocks that were made of a state. */
interface Kept {
  readonly rows: PaneRows;
  /** Rows that were visible last. */
  height: number;
  known: {
    readonly state: State;
    readonly history: unknown;
    readonly unfolded: readonly string[];
    readonly blocks: readonly Block[];
  } | null;
}

/** A panel that has a transcript. */
export type ThreadPanel = Panel & { readonly role: string; readonly transcript: Transcript };

/** Whether a panel has a transcript. */
export function isThread(panel: Panel): panel is ThreadPanel {
  return panel.role !== undefined && panel.transcript !== undefined;
}

/** Keeps the rows of each thread and where a person reads in them; older entries are read when they are scrolled to. */
export class Transcripts {
  readonly #kept = new Map<string, Kept>();

  /**
   * Gives the rows of a thread, with older entries read anew where the run is at another point.
   *
   * @param panel the thread
   * @param scene what stands on the screen
   * @param height rows that will be visible
   * @returns its rows, and the blocks that are to be in them
   */
  of(panel: ThreadPanel, scene: Scene, height: number): { readonly rows: PaneRows; readonly blocks: readonly Block[] } {
    const { state, store } = scene;
    let kept = this.#kept.get(panel.id);
    if (kept === undefined) this.#kept.set(panel.id, kept = { rows: new PaneRows(), height: 1, known: null });
    kept.height = Math.max(1, height);
    const { rows } = kept;
    const present = panel.transcript.present(state);
    if (present !== rows.historyOf) {
      rows.historyOf = present;
      const newest = store.scrollback(panel.role, Number.MAX_SAFE_INTEGER, HISTORY_LINES);
      const [first] = newest;
      // Who reads far back keeps what was read for that, without reading it again.
      const isKept = rows.back > 0 && first !== undefined && (rows.history.at(-1)?.seq ?? 0) >= first.seq;
      rows.complete &&= isKept;
      rows.history = isKept
        ? [...rows.history.filter(({ seq }) => seq < first.seq), ...newest]
        : rows.back <= HISTORY_LINES
        ? newest
        : store.scrollback(panel.role, Number.MAX_SAFE_INTEGER, rows.back);
    }
    const { history } = rows;
    const { unfolded } = scene.ui;
    const { known } = kept;
    if (known === null || known.state !== state || known.history !== history || known.unfolded !== unfolded) {
      kept.known = { state, history, unfolded, blocks: panel.transcript.blocks(scene, history) };
    }
    return { rows, blocks: kept.known?.blocks ?? [] };
  }

  /** Scrolls a thread by rows, negative towards older ones; infinite to an end. */
  scroll(panel: ThreadPanel, scene: Scene, by: number): void {
    const kept = this.#kept.get(panel.id);
    if (kept === undefined) return;
    const { rows, height } = kept;
    if (by < 0 && rows.back - by + height >= rows.total && !rows.complete) {
      this.#older(panel, scene, kept, HISTORY_LINES);
    }
    rows.back = Math.max(0, Math.min(rows.back - by, Math.max(0, rows.total - height)));
  }

  /** Goes back to where a person read, so many rows above the newest. */
  goBack({ id }: ThreadPanel, back: number): void {
    const kept = this.#kept.get(id);
    if (kept !== undefined) kept.rows.back = back;
  }

  /** Reads more of the journal, to look through it. */
  older(panel: ThreadPanel, scene: Scene): void {
    const kept = this.#kept.get(panel.id);
    if (kept !== undefined) this.#older(panel, scene, kept, SOUGHT_LINES);
  }

  #older(panel: ThreadPanel, scene: Scene, kept: Kept, lines: number): void {
    const { rows } = kept;
    const first = rows.history[0]?.seq ?? Number.MAX_SAFE_INTEGER;
    const older = scene.store.scrollback(panel.role, first, lines);
    if (older.length === 0) {
      rows.complete = true;
      return;
    }
    rows.history = [...older, ...rows.history];
    const { state, ui: { unfolded } } = scene;
    const blocks = panel.transcript.blocks(scene, rows.history);
    rows.prepend(blocks);
    kept.known = { state, history: rows.history, unfolded, blocks };
  }
}
