import { EMPTY } from "../features/features.ts";
import { type State } from "../features/state.ts";
import type { Ui } from "./interaction.ts";
import type { Panel } from "./layout.ts";
import { type Line, type Look, paintLine, span, spread } from "./line.ts";
import { PaneRows } from "./pane_rows.ts";
import type { Region } from "./painter.ts";
import { selectedMessage } from "./pane_keys.ts";
import { currentTurn, effectsOf } from "./select/activity.ts";
import type { Block } from "./select/block.ts";
import { selectBody, selectHistory, selectLast } from "./select/body.ts";
import { headLines } from "./select/header.ts";
import { fleetLines, messageDetail, messageLines, runLines, taskLines } from "./select/panels.ts";
import { questionLines } from "./select/question.ts";
import { rawLines } from "./select/raw.ts";
import { helpLines, startLines, summaryLines } from "./select/summary.ts";
import { summaryLine, titleLine } from "./select/title.ts";
import type { StartForm, Store } from "./store.ts";
import type { Streaming } from "./stream_rows.ts";

/** What rows depend on. */
export interface RowSource {
  readonly store: Store | null;
  readonly form: StartForm | null;
  readonly title: string;
  readonly ui: Ui;
  readonly columns: number;
}

/** Lines that are read from the journal at a time. */
const HISTORY_LINES = 200;

function streamingOf(state: State, role: string, store: Store): Streaming | null {
  const signals = store.signals();
  const isShown = (pieces: readonly string[]): boolean => pieces.some((piece) => piece.trim() !== "");
  for (const open of effectsOf(state, role)) {
    const signal = signals.get(open.effect.key);
    if (signal === undefined) continue;
    if (isShown(signal.text)) return { lead: "", pieces: signal.text };
    if (isShown(signal.thinking)) return { lead: "(thinking) ", pieces: signal.thinking };
  }
  return null;
}

function isFocused(ui: Ui, panel: Panel): boolean {
  return ui.focus.kind === "panel" && ui.focus.panel === panel;
}

/** Turns regions into rows: asks the selectors, keeps where each view is scrolled to. */
export class RegionRows {
  readonly #look: Look;
  readonly #panes = new Map<string, PaneRows>();
  readonly #tops = new Map<string, number>();
  readonly #heights = new Map<string, number>();
  readonly #blocks = new Map<
    string,
    { readonly state: State; readonly history: unknown; readonly blocks: readonly Block[] }
  >();

  #raw: { readonly state: State; readonly key: string; readonly lines: readonly Line[] } | null = null;

  constructor(look: Look) {
    this.#look = look;
  }

  /** Gives the rows of a region, painted to its width. */
  of(region: Region, source: RowSource): readonly string[] {
    const { width, height } = region.rect;
    return this.#lines(region, source, width, height).slice(0, height)
      .concat(Array.from({ length: height }, (): Line => []))
      .slice(0, height)
      .map((line) => paintLine(line, width, this.#look));
  }

  #lines(region: Region, source: RowSource, width: number, height: number): readonly Line[] {
    const { store, form, ui } = source;
    const state = store?.state() ?? EMPTY;
    const now = store?.now() ?? 0;
    switch (region.id) {
      case "title":
        return [titleLine(state, source.title, now, width)];
      case "summary":
        return [this.#summary(state, store, now, width)];
      case "question":
        return this.#question(state, width, height);
      case "overlay":
        return this.#scrolled(region.id, this.#overlay(state, store, form, ui, width), height);
    }
    if (store === null) return [];
    if (region.id.startsWith("thread:")) return this.#thread(region.id.slice(7), state, store, now, width, height);
    switch (region.id) {
      case "panel:tasks":
        return this.#scrolled(region.id, taskLines(state, width, isFocused(ui, "tasks") ? Infinity : height), height);
      case "panel:fleet":
        return this.#scrolled(region.id, fleetLines(store.hosts(), store.machine(), width, this.#look), height);
      case "panel:run":
        return this.#scrolled(region.id, runLines(state, now, width, this.#look), height);
      default:
        return this.#messages(region.id, state, ui, width, height);
    }
  }

  #messages(id: string, state: State, ui: Ui, width: number, height: number): readonly Line[] {
    const selected = isFocused(ui, "messages") ? selectedMessage(ui, { state }) : null;
    const lines = messageLines(state, width, selected?.id ?? null);
    if (selected === null) return this.#scrolled(id, lines, height);
    const detail = height < 8 ? [] : messageDetail(selected, width, Math.floor(height / 2) - 1);
    const room = height - detail.length;
    this.#keepVisible(id, lines.findIndex((line) => line[0]?.style === "mark"), room);
    const list = this.#scrolled(id, lines, room);
    return [...list, ...Array.from({ length: room - list.length }, (): Line => []), ...detail];
  }

  #summary(state: State, store: Store | null, now: number, width: number): Line {
    const hosts = store?.hosts() ?? [];
    const fleet = hosts.flatMap((host) => {
      const known = host.state === "up" || host.state === "busy";
      const waiting = host.waiting.length === 0 ? "" : ` +${host.waiting.length} waiting`;
      return [
        span(`  ${host.name} `, "dim"),
        span(known ? `${host.inFlight.length}/${host.slots}${waiting}` : host.state, known ? "plain" : "bad"),
      ];
    });
    const [tokens] = runLines(state, now, 28, this.#look);
    const last = tokens?.slice(-2) ?? [];
    return spread([...summaryLine(state), ...fleet], [span("tokens ", "dim"), ...last, span(" ")], width);
  }

  #question(state: State, width: number, height: number): readonly Line[] {
    const question = state.people.questions[0];
    if (question === undefined) return [];
    const lines = questionLines(question, width);
    if (lines.length <= height) return lines;
    const kept = lines.slice(0, Math.max(0, height - 2));
    return [
      ...kept,
      [span(`… ${lines.length - height + 1} more lines: w shows all`, "warn")],
      lines.at(-1)!,
    ];
  }

  #overlay(state: State, store: Store | null, form: StartForm | null, ui: Ui, width: number): readonly Line[] {
    if (form !== null) return startLines(form, width);
    if (ui.overlay === "raw" && ui.raw !== null && store !== null) return this.#rawView(state, store, ui.raw, width);
    if (ui.overlay === "question") {
      return state.people.questions.flatMap((question) => [...questionLines(question, width), []]);
    }
    if (store === null && ui.overlay === null) {
      return [[span("Reading plugins and prompts, and asking the hosts what they have …", "dim")]];
    }
    return ui.overlay === "summary" ? summaryLines(state, width) : helpLines(width);
  }

  /** The raw view; read anew only when something happened. */
  #rawView(state: State, store: Store, { role, at }: NonNullable<Ui["raw"]>, width: number): readonly Line[] {
    const key = `${role} ${at} ${width}`;
    if (this.#raw?.state !== state || this.#raw.key !== key) {
      this.#raw = { state, key, lines: rawLines(store.reply(role, at), role, at, store.replies(role), width) };
    }
    return this.#raw.lines;
  }

  #thread(role: string, state: State, store: Store, now: number, width: number, height: number): readonly Line[] {
    const pane = this.#update(role, state, store, width);
    const head = headLines(state, role, store.signals(), now, width, height, this.#look);
    const rule: Line[] = height >= 8 ? [[span(this.#look.signs.across.repeat(width), "dim")]] : [];
    return [...head, ...rule, ...pane.visible(this.#shown(role, height - head.length - rule.length))];
  }

  /** Remembers how many rows of a thread's body are visible. */
  #shown(role: string, height: number): number {
    const rows = Math.max(1, height);
    this.#heights.set(role, rows);
    return rows;
  }

  #update(role: string, state: State, store: Store, width: number): PaneRows {
    let pane = this.#panes.get(role);
    if (pane === undefined) {
      pane = new PaneRows();
      this.#panes.set(role, pane);
    }
    const present = role === "arbiter" ? String(state.decisions.count) : currentTurn(state, role)?.id ??
      `after ${state.threads[role]?.asks ?? 0}, ${effectsOf(state, role).length} open`;
    if (present !== pane.historyOf) {
      pane.historyOf = present;
      pane.history = store.scrollback(role, Number.MAX_SAFE_INTEGER, Math.max(HISTORY_LINES, pane.back));
      pane.complete = false;
    }
    const known = this.#blocks.get(role);
    let blocks = known?.blocks;
    if (known === undefined || known.state !== state || known.history !== pane.history || blocks === undefined) {
      const all = [...selectHistory(state, role, pane.history), ...selectBody(state, role)];
      blocks = all.length === 0 ? selectLast(state, role) : all;
      this.#blocks.set(role, { state, history: pane.history, blocks });
    }
    pane.update(blocks, streamingOf(state, role, store), width);
    return pane;
  }

  #scrolled(id: string, lines: readonly Line[], height: number): readonly Line[] {
    const most = Math.max(0, lines.length - height);
    const top = Math.min(this.#tops.get(id) ?? 0, most);
    this.#tops.set(id, top);
    const shown = lines.slice(top, top + height);
    if (top < most && shown.length > 0) {
      shown[shown.length - 1] = [span(`↓ ${lines.length - top - height + 1} more`, "warn")];
    }
    return shown;
  }

  #keepVisible(id: string, at: number, height: number): void {
    const top = this.#tops.get(id) ?? 0;
    // The last row may be taken by the note that there is more.
    if (at < top) this.#tops.set(id, at);
    else if (at >= top + height - 1) this.#tops.set(id, at - height + 2);
  }

  /** Goes to the top of a view. */
  rewind(id: string): void {
    this.#tops.delete(id);
  }

  /**
   * Scrolls a view.
   *
   * @param id region
   * @param by rows, negative towards older or upper ones; infinite to an end
   * @param store where older entries of a thread are read
   */
  scroll(id: string, by: number, store: Store | null): void {
    if (!id.startsWith("thread:")) {
      this.#tops.set(id, Math.min(100_000, Math.max(0, (this.#tops.get(id) ?? 0) + by)));
      return;
    }
    const role = id.slice(7);
    const pane = this.#panes.get(role);
    if (pane === undefined || store === null) return;
    const rows = this.#heights.get(role) ?? 1;
    if (by < 0 && pane.back - by + rows >= pane.total && !pane.complete) this.#older(role, pane, store);
    pane.back = Math.max(0, Math.min(pane.back - by, Math.max(0, pane.total - rows)));
  }

  #older(role: string, pane: PaneRows, store: Store): void {
    const first = pane.history[0]?.seq ?? Number.MAX_SAFE_INTEGER;
    const older = store.scrollback(role, first, HISTORY_LINES);
    if (older.length === 0) {
      pane.complete = true;
      return;
    }
    pane.history = [...older, ...pane.history];
    const state = store.state();
    pane.prepend([...selectHistory(state, role, pane.history), ...selectBody(state, role)]);
    this.#blocks.delete(role);
  }
}
