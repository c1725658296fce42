import { safe } from "../kernel/say.ts";
import { Clock } from "./clock.ts";
import { CodeColours } from "./code_colours.ts";
import { CrewPanels } from "./crew_panels.ts";
import { Deeds, type Desk } from "./deeds.ts";
import { regionOf } from "./edges.ts";
import { explained } from "./gate.ts";
import { type Frame, frameOf } from "./frame.ts";
import type { Key, Keymap } from "./keys.ts";
import type { Look } from "./line.ts";
import { overlayOf } from "./overlays.ts";
import type { Painter, Region } from "./painter.ts";
import { PaneFeeds } from "./pane_feeds.ts";
import { asking, begun, ended, goesOn, showing } from "./between_runs.ts";
import type { Panel, Stage } from "./panel.ts";
import type { PanelTable } from "./panels.ts";
import { paste, press } from "./press.ts";
import { RegionRows } from "./region_rows.ts";
import { isRunning } from "./select/activity.ts";
import { isOnlyTyped } from "./shows_same.ts";
import { Soon } from "./soon.ts";
import { refocused } from "./stage.ts";
import type { StartForm } from "./session.ts";
import type { Store } from "./store.ts";
import type { Surroundings } from "./surroundings.ts";
import { FIRST, type Pressed, type Ui } from "./ui.ts";

/** Milliseconds between two looks at what streams: about 12 a second. */
const TICK = 80;

/** Milliseconds between two pieces of a long thread that are looked through: keys come in between. */
const LOOK_ON = 8;

/** Holds the screen together: keys change its own state, commits and the clock bring the run's, Ink gets frames, the painter regions. */
export class Controller {
  readonly #surroundings: Surroundings;
  #look: Look;
  readonly #listeners = new Set<() => void>();
  readonly #title: string;
  #rows: RegionRows;
  readonly #deeds: Deeds;
  readonly #feeds: PaneFeeds;
  readonly #colours: CodeColours | null;
  readonly #clock: Clock;
  #painter: Painter | null = null;
  #store: Store | null = null;
  #form: StartForm | null = null;
  /** Whether neither a run nor a form has stood on the screen yet. */
  #isFirst = true;
  readonly #panels: CrewPanels;
  #ui: Ui = FIRST;
  #frame: Frame | null = null;
  #frameKey = "";
  #unsubscribe: () => void = () => {};
  #summarised = false;
  /** Where something is looked for, or was before the last key. */
  #findsIn = "";
  /** Has the rest of a long thread looked through. */
  readonly #lookOn: Soon;

  /**
   * @param title stands in the title bar until there is a run
   * @param look signs and styles
   * @param table panels beside the threads
   * @param surroundings what it may do to them
   * @throws where two panels have one name or one key
   */
  constructor(title: string, look: Look, table: PanelTable, surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#title = title;
    this.#rows = new RegionRows(title, () => this.#lookOn.ask());
    this.#deeds = new Deeds(this.#desk(), surroundings);
    const repaint = () => this.#guarded(() => this.#painter?.paint());
    const { colourist, after } = surroundings;
    this.#lookOn = new Soon(after, LOOK_ON, repaint);
    this.#colours = colourist === null ? null : new CodeColours(colourist, after, repaint);
    this.#look = { ...look, code: this.#colours ?? undefined };
    this.#feeds = new PaneFeeds(after, { repaint, retitle: () => this.#changed() });
    this.#clock = new Clock(surroundings.every, TICK, () =>
      this.#guarded(() => {
        this.#painter?.paint();
        surroundings.attention.look(this.#store);
      }));
    this.#panels = new CrewPanels(table);
  }

  /** What is seen of what has the keys, as plain text. */
  #seen(): string {
    const region = this.frame().regions.find(({ id }) => id === this.#target());
    return region === undefined ? "" : this.rowsOf(region).map((row) => safe(row).trimEnd()).join("\n");
  }

  /** What deeds act on. */
  #desk(): Desk {
    return {
      ui: () => this.#ui,
      become: (ui) => void (this.#ui = ui),
      store: () => this.#store,
      changed: () => this.#changed(),
      scroll: (by) => this.#rows.scroll(this.#target(), by, this.#stage()),
      // Who calls it off has no find any more: where it was is what was looked through last.
      find: (going) => this.#rows.find(going, this.#stage(), this.#findsIn),
      seen: () => this.#seen(),
      redraw: () => this.#painter?.redraw(),
    };
  }

  /** Gives it the painter, before the first frame. */
  attach(painter: Painter): void {
    this.#painter = painter;
    painter.on("resize", () => this.#changed());
  }

  /** Leads to the start screen: asks for the goal, or says that what it shows is being read, where the form is null. */
  ask(form: StartForm | null): void {
    if (this.#store !== null || form === null) {
      this.#leave(null);
      this.#surroundings.attention.rest();
    }
    this.#ui = asking(this.#ui, this.#form, form, this.#isFirst);
    this.#isFirst = false;
    this.#form = form;
    this.#changed();
  }

  /** Shows a run. */
  show(store: Store): void {
    // Who looked around or wrote while the hosts were asked goes on with that.
    const goesOn = this.#store?.isComing === true;
    this.#leave(store);
    this.#form = null;
    this.#ui = goesOn ? begun(this.#ui) : showing(this.#ui, this.#panelsOf(store)[0], this.#isFirst);
    this.#isFirst = false;
    this.#unsubscribe = store.subscribe(() => this.#changed());
    this.#changed();
  }

  /** Says a sentence in the place of the hints, until the next key. */
  say(notice: string): void {
    this.#ui = { ...this.#ui, notice };
    this.#changed();
  }

  /** Has another run stand on the screen, or none. */
  #leave(store: Store | null): void {
    this.#unsubscribe();
    this.#unsubscribe = () => {};
    this.#deeds.giveUp();
    this.#store = store;
    this.#summarised = false;
    // What was read and scrolled to was another run's.
    this.#rows = new RegionRows(this.#title, () => this.#lookOn.ask());
  }

  /** Binds keys anew, and says what is to be known of that; the empty text for nothing. */
  bind(keymap: Keymap, notice: string): void {
    this.#panels.bind(keymap);
    this.#ui = { ...this.#ui, notice };
    this.#changed();
  }

  /** Takes another look on at once, null for the one it has, and says what is to be known of that; the empty text for nothing. */
  restyle(look: Look | null, notice: string): void {
    this.#look = { ...look ?? this.#look, code: this.#look.code };
    this.#frameKey = "";
    if (notice !== "") this.#ui = { ...this.#ui, notice };
    this.#changed();
  }

  /** Stops the clock and hears no commits any more. */
  close(): void {
    this.#leave(null);
    this.#lookOn.close();
    this.#feeds.close();
    this.#colours?.close();
    this.#clock.run(false);
  }

  /** Registers Ink's root; told when the frame is another. */
  readonly subscribe = (listener: () => void): () => void => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The frame as it is now; the same object while nothing in it changed. */
  readonly frame = (): Frame => {
    if (this.#frame === null) this.#build();
    return this.#frame!;
  };

  #panelsOf(store: Store): readonly Panel[] {
    return this.#panels.of(store.roles(), this.#feeds.panelsOf(store.panes()));
  }

  /** All that frames, rows and keys are functions of. */
  #stage(): Stage {
    const store = this.#store;
    const height = this.#frame?.regions.find(({ id }) => id === this.#target())?.rect.height ?? 1;
    const screen = {
      ui: this.#ui,
      keymap: this.#panels.keymap,
      look: this.#look,
      shown: this.#frame?.shown ?? [],
      page: Math.max(1, height - 2),
      asked: this.#rows.asked,
      found: this.#rows.found(this.#ui.find),
      over: overlayOf(this.#ui.overlay),
    };
    return store === null
      ? { ...screen, state: null, form: this.#form, panels: this.#panels.now }
      : { ...screen, state: store.state(), store, panels: this.#panelsOf(store) };
  }

  /** Region of what is scrolled by keys. */
  #target(): string {
    return this.#ui.overlay !== null || this.#store === null ? "overlay" : regionOf(this.#ui.focus);
  }

  #build(): boolean {
    const frame = frameOf(this.#stage(), this.#painter?.columns ?? 80, this.#painter?.rows ?? 24);
    const key = JSON.stringify({ ...frame, look: null });
    if (key === this.#frameKey) return false;
    this.#frame = frame;
    this.#frameKey = key;
    return true;
  }

  /** Has the focus where it belongs. */
  #refocus(): void {
    const stage = this.#stage();
    if (stage.state === null) return;
    this.#ui = refocused(stage);
    this.#ui = explained({ ...stage, ui: this.#ui });
  }

  #changed(): void {
    this.#guarded(() => {
      this.#refocus();
      const isOver = (this.#store?.state().run.ending ?? null) !== null;
      if (isOver !== this.#summarised) this.#ui = isOver ? ended(this.#ui) : goesOn(this.#ui);
      if (isOver && !this.#summarised) this.#rows.rewind("overlay");
      this.#summarised = isOver;
      this.#tell(this.#build());
      this.#surroundings.attention.look(this.#store);
    });
  }

  #tell(anotherFrame: boolean, onlyTyped = false): void {
    if (!onlyTyped) this.#painter?.change();
    // With another frame the regions are painted when Ink has written it, so that both change together.
    if (anotherFrame && this.#listeners.size > 0) { for (const listener of this.#listeners) listener(); }
    else this.#painter?.paint();
    const store = this.#store;
    const isRunningOn = store !== null && isRunning(store.state()) && store.playing?.().goesOn !== false;
    this.#clock.run(isRunningOn || store?.isComing === true);
  }

  /** A fault of the screen ends the screen, never the run that told it of a commit. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#surroundings.failed(error);
    }
  }

  /** Rows of a region, for the painter. */
  readonly rowsOf = (region: Region): readonly string[] => this.#rows.of(region, this.#stage());

  /** Acts on keys, in order. */
  readonly press = (keys: readonly Key[]): void => {
    this.#guarded(() => {
      const before = this.#ui;
      let another = false;
      for (const key of keys) {
        this.#take(press(this.#stage(), key));
        this.#refocus();
        another = this.#build() || another;
      }
      this.#tell(another, isOnlyTyped(before, this.#ui, this.frame()));
    });
  };

  /** Takes pasted text. */
  readonly paste = (text: string): void => {
    this.#guarded(() => {
      this.#take(paste(this.#stage(), text));
      this.#tell(this.#build());
    });
  };

  /** Takes what a key came to. */
  #take({ ui, deed }: Pressed): void {
    const { overlay, raw, find } = this.#ui;
    this.#findsIn = (ui.find ?? find)?.in ?? "";
    this.#ui = ui;
    if (deed !== undefined) this.#deeds.do(deed);
    if (this.#ui.overlay !== overlay || this.#ui.raw !== raw) this.#rows.rewind("overlay");
  }
}
