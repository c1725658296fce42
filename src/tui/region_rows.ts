import type { State } from "../features/state.ts";
import { beforeRun } from "./before_run.ts";
import { headLine, headOf, regionOf } from "./edges.ts";
import { gateLines } from "./gate_rows.ts";
import { listLines } from "./list_rows.ts";
import { type Line, paintLine, span } from "./line.ts";
import { overlayOf } from "./overlays.ts";
import { playingOf, playLine } from "./play_keys.ts";
import { findIn } from "./find.ts";
import { findLine, markedLine } from "./find_marks.ts";
import { Finding, type Findings, findingsInList } from "./finding.ts";
import type { Going } from "./finder.ts";
import type { Region } from "./painter.ts";
import { withKeys } from "./actions.ts";
import type { Asked, Overlay, Panel, Scene, Stage } from "./panel.ts";
import { effectsOf, type Surroundings } from "./select/activity.ts";
import { questionKeys, questionLines } from "./select/question.ts";
import { baseLine, crewLine } from "./select/lines.ts";
import { titleLine } from "./select/title.ts";
import type { Store } from "./store.ts";
import type { Streaming } from "./stream_rows.ts";
import type { Find } from "./ui.ts";
import { showsSame } from "./shows_same.ts";
import { isThread, type ThreadPanel, Transcripts } from "./transcripts.ts";

/** Fewer rows than these keep no room for the note that there are rows above. */
const ABOVE_FROM = 3;

/** Says in the first row how many stand above the second. */
function withAbove(shown: readonly Line[], top: number): readonly Line[] {
  return top === 0 || shown.length < ABOVE_FROM ? shown : [[span(`↑ ${top + 1} more`, "dim")], ...shown.slice(1)];
}

function streamingOf(state: State, role: string, store: Pick<Store, "signals">): Streaming | null {
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

/** Turns regions into rows: asks the panels, keeps where each is scrolled to. */
export class RegionRows {
  readonly #title: string;
  readonly #transcripts = new Transcripts();
  readonly #tops = new Map<string, number>();
  /** Panels that were scrolled by what is selected in them. */
  readonly #selecting = new Set<string>();
  readonly #finding: Finding;
  #asked: Asked | null = null;
  #overlay: { readonly scene: Scene; readonly key: string; readonly lines: readonly Line[] } | null = null;

  /**
   * @param title stands in the title bar until there is a run
   * @param again has the rows asked for again soon, while they are looked through
   */
  constructor(title: string, again: () => void) {
    this.#title = title;
    this.#finding = new Finding(again);
  }

  /** Gives the rows of a region, painted to its width. */
  of(region: Region, stage: Stage): readonly string[] {
    const { width, height } = region.rect;
    if (stage.ui.find === null) this.#finding.end();
    const lines = this.#lines(region, stage);
    return Array.from({ length: height }, (_, row) => paintLine(lines[row] ?? [], width, stage.look));
  }

  /** What stands in the title bar where there is no run: a start screen names the project that its runs work in. */
  #titleBefore(stage: Stage): string {
    const project = stage.state === null ? stage.form?.project ?? "" : "";
    return this.#title.endsWith(project) ? this.#title : `${this.#title} ${project}`;
  }

  #lines({ id, rect: { width, height } }: Region, stage: Stage): readonly Line[] {
    if (id === "title") {
      return [titleLine(stage.state, this.#titleBefore(stage), aroundOf(stage), width)];
    }
    if (stage.state === null) return this.#before(id, beforeRun(stage, width), height);
    const playing = playingOf(stage);
    switch (id) {
      case "base":
        return [baseLine(stage, width)];
      case "crew":
        return [crewLine(stage, width)];
      case "question":
        return this.#question(stage, width, height);
      case "gate":
        return playing === null ? gateLines(stage, width, height) : [playLine(stage, playing, width)];
      case "commands":
        return listLines(stage, width, height);
      case "overlay":
        return this.#over(overlayOf(stage.ui.overlay), stage, width, height);
    }
    const panel = stage.panels.find((one) => regionOf(one.id) === id || headOf(one.id) === id);
    if (panel === undefined) return [];
    if (headOf(panel.id) === id) return [headLine(panel, stage, width)];
    return isThread(panel) ? this.#thread(panel, stage, width, height) : this.#panel(panel, stage, width, height);
  }

  /** What stands there before a run; where something is selected in it, that is kept visible. */
  #before(id: string, lines: readonly Line[], height: number): readonly Line[] {
    const marked = lines.findIndex((line) => line.some(({ style }) => style === "selected"));
    if (marked !== -1 && marked < height - 1) this.rewind(id);
    else if (marked !== -1) this.#keepVisible(id, marked, height);
    return withAbove(this.#scrolled(id, lines, height), this.#tops.get(id) ?? 0);
  }

  #panel(panel: Panel, scene: Scene, width: number, height: number): readonly Line[] {
    const id = regionOf(panel.id);
    const find = findIn(scene, panel.id);
    const lines = panel.lines(scene, { width, height });
    const foot = panel.foot?.(scene, { width, height }) ?? [];
    const room = height - foot.length - (find === null ? 0 : 1);
    const marked = lines.findIndex((line) => line[0]?.style === "selected");
    if (marked !== -1) {
      this.#selecting.add(id);
      this.#keepVisible(id, marked, room);
    } else if (this.#selecting.delete(id)) this.rewind(id);
    const found = find === null
      ? null
      : panel.finds === undefined
      ? this.#foundIn(find, id, lines, room)
      : findingsInList(find, panel.finds, scene);
    const shown = withAbove(this.#scrolled(id, lines, room), this.#tops.get(id) ?? 0);
    return this.#withFound(
      { shown: filled(shown, room), lines, top: this.#tops.get(id) ?? 0, foot },
      found,
      scene,
      width,
    );
  }

  #thread(panel: ThreadPanel, scene: Scene, width: number, height: number): readonly Line[] {
    const find = findIn(scene, panel.id);
    const head = panel.lines(scene, { width, height });
    const room = Math.max(1, height - head.length - (find === null ? 0 : 1));
    const { rows, blocks } = this.#transcripts.of(panel, scene, room);
    rows.update(blocks, streamingOf(scene.state, panel.role, scene.store), width, scene.look);
    const found = find === null
      ? null
      : this.#finding.inThread(find, rows, room, () => this.#transcripts.older(panel, scene));
    const shown = rows.visible(room);
    const marked = found === null ? shown : shown.map((line, index) =>
      // The last row may say how much is below.
      rows.back > 0 && index === shown.length - 1
        ? line
        : markedLine(line, found.marksOf(rows.firstOf(room) + index), scene.look)
    );
    if (find === null || found === null) return [...head, ...marked];
    return [...head, ...filled(marked, room), findLine(find, found.count, width, scene.look)];
  }

  /** Looks through rows that are scrolled from their top. */
  #foundIn(find: Find, id: string, lines: readonly Line[], height: number): Findings {
    const show = (row: number) => {
      const top = this.#tops.get(id) ?? 0;
      if (row <= top || row >= top + height - 1) this.#tops.set(id, Math.max(0, row - Math.floor(height / 2)));
    };
    return this.#finding.inRows(find, { lines, top: this.#tops.get(id) ?? 0, show });
  }

  /** Rows with what was found in them, and the row that says how much that is. */
  #withFound(
    { shown, lines, top, foot }: Record<"shown" | "lines" | "foot", readonly Line[]> & { readonly top: number },
    found: Findings | null,
    { ui: { find }, look }: Scene,
    width: number,
  ): readonly Line[] {
    if (find === null || found === null) return [...shown, ...foot];
    const marked = shown.map((line, index) => {
      // The first row and the last may say how many are beyond them.
      return line === lines[top + index] ? markedLine(line, found.marksOf(top + index, line), look) : line;
    });
    return [...marked, ...foot, findLine(find, found.count, width, look)];
  }

  /** Goes to another match of what is looked for, or back to where a person read before they looked for it. */
  find(going: Going | "back", stage: Stage, where: string): void {
    if (going !== "back") return this.#finding.go(going);
    const origin = this.#finding.originOf(where);
    const panel = stage.panels.find(({ id }) => id === where);
    if (origin === null) return;
    if (panel !== undefined && isThread(panel)) this.#transcripts.goBack(panel, origin);
    else this.#tops.set(panel === undefined ? "overlay" : regionOf(where), origin);
  }

  /** The text that a person found and is at; null where nothing is looked for. */
  found(find: Find | null): string | null {
    return find === null ? null : this.#finding.text;
  }

  /** The question that was painted last. */
  get asked(): Asked | null {
    return this.#asked;
  }

  /** What stands over the panels, with its foot. */
  #over(overlay: Overlay | null, scene: Scene, width: number, height: number): readonly Line[] {
    if (overlay === null) return [];
    const lines = this.#overlayLines(overlay, scene, width);
    const find = findIn(scene, overlay.id);
    const rows = height - (find === null ? 0 : 1);
    const within = (room: number) => find === null ? null : this.#foundIn(find, "overlay", lines, room);
    if (overlay.foot === undefined) {
      const found = within(rows);
      const shown = filled(this.#scrolled("overlay", lines, rows), rows);
      return this.#withFound({ shown, lines, top: this.#tops.get("overlay") ?? 0, foot: [] }, found, scene, width);
    }
    const question = scene.state.people.questions[0];
    this.#asked = question === undefined ? null : { id: question.id, whole: true };
    const room = Math.max(1, rows - overlay.foot(scene, { from: 1, to: 1, of: 1 }).length);
    const found = within(room);
    const top = Math.min(this.#tops.get("overlay") ?? 0, Math.max(0, lines.length - room));
    this.#tops.set("overlay", top);
    const shown = lines.slice(top, top + room);
    const foot = overlay.foot(scene, { from: top + 1, to: top + shown.length, of: lines.length });
    return this.#withFound({ shown: filled(shown, room), lines, top, foot }, found, scene, width);
  }

  /** The strip that asks the person: where it is cut, how much is seen and how all of it is. */
  #question({ state, store, keymap }: Scene, width: number, height: number): readonly Line[] {
    const question = state.people.questions[0];
    if (question === undefined) return [];
    const lines = questionLines(question, width, (text) => store.text(text));
    const whole = lines.length < height;
    this.#asked = { id: question.id, whole };
    if (whole) return [...lines, questionKeys(question, keymap)];
    const shown = Math.max(0, height - 2);
    const place: Line = [
      span(withKeys(keymap, `line 1–${shown} of ${lines.length}: {pane.question} shows all`), "warned"),
    ];
    return [...lines.slice(0, shown), place, questionKeys(question, keymap)];
  }

  /** Rows of an overlay; laid out anew only when something changed. */
  #overlayLines(overlay: Overlay, scene: Scene, width: number): readonly Line[] {
    const known = this.#overlay;
    const key = `${width} ${scene.look.code?.version}`;
    const isSame = known?.scene.state === scene.state && known.key === key && showsSame(known.scene.ui, scene.ui);
    if (isSame) return known.lines;
    const lines = overlay.lines(scene, width);
    this.#overlay = { scene, key, lines };
    return lines;
  }

  #scrolled(id: string, lines: readonly Line[], height: number): readonly Line[] {
    const most = Math.max(0, lines.length - height);
    const top = Math.min(this.#tops.get(id) ?? 0, most);
    this.#tops.set(id, top);
    const shown = lines.slice(top, top + height);
    if (top < most && shown.length > 0) {
      shown[shown.length - 1] = [span(`↓ ${lines.length - top - height + 1} more`, "dim")];
    }
    return shown;
  }

  #keepVisible(id: string, at: number, height: number): void {
    const top = this.#tops.get(id) ?? 0;
    // The first row and the last may be taken by the notes that there is more.
    if (at <= top) this.#tops.set(id, Math.max(0, height < ABOVE_FROM ? at : at - 1));
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
   * @param stage what stands on the screen
   */
  scroll(id: string, by: number, stage: Stage): void {
    const panel = stage.panels.find((one) => regionOf(one.id) === id);
    if (panel !== undefined && isThread(panel)) {
      if (stage.state !== null) this.#transcripts.scroll(panel, stage, by);
    } else this.#tops.set(id, Math.min(100_000, Math.max(0, (this.#tops.get(id) ?? 0) + by)));
  }
}

/** Rows with empty ones below, as many as are wanted. */
function filled(rows: readonly Line[], height: number): readonly Line[] {
  return [...rows, ...Array.from({ length: Math.max(0, height - rows.length) }, (): Line => [])];
}

/** What of a stage belongs to what goes on in the run and is no fact. */
function aroundOf(stage: Stage): Surroundings {
  if (stage.state === null) return { now: 0, hosts: [], roles: [] };
  const { store, panels, store: { isComing } } = stage;
  return { now: store.now(), hosts: store.hosts(), roles: panels.flatMap(({ role }) => role ?? []), isComing };
}
