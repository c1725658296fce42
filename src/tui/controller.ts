import { Clock } from "./clock.ts";
import { CrewPanels } from "./crew_panels.ts";
import { CommandRunner } from "./command_runner.ts";
import { regionOf } from "./edges.ts";
import { type Frame, frameOf } from "./frame.ts";
import type { Key, Keymap } from "./keys.ts";
import type { Look } from "./line.ts";
import type { Painter, Region } from "./painter.ts";
import { PaneFeeds } from "./pane_feeds.ts";
import { asking, showing } from "./between_runs.ts";
import { focusOn, type Panel, type Stage } from "./panel.ts";
import type { PanelTable } from "./panels.ts";
import { paste, press } from "./press.ts";
import { RegionRows } from "./region_rows.ts";
import { isRunning } from "./select/activity.ts";
import { refocused } from "./stage.ts";
import type { StartForm } from "./session.ts";
import type { Store } from "./store.ts";
import type { Surroundings } from "./surroundings.ts";
import { undone } from "./undone.ts";
import { type Deed, FIRST, type Pressed, type Ui } from "./ui.ts";

/** Milliseconds between two looks at what streams: about 12 a second. */
const TICK = 80;

/** Holds the screen together: keys change its own state, commits and the clock bring the run's, Ink gets frames, the painter regions. */
export class Controller {
  readonly #surroundings: Surroundings;
  readonly #look: Look;
  readonly #listeners = new Set<() => void>();
  readonly #title: string;
  #rows: RegionRows;
  readonly #commands: CommandRunner;
  readonly #feeds: PaneFeeds;
  readonly #clock: Clock;
  #painter: Painter | null = null;
  #store: Store | null = null;
  #form: StartForm | null = null;
  readonly #panels: CrewPanels;
  #ui: Ui = FIRST;
  #frame: Frame | null = null;
  #frameKey = "";
  #unsubscribe: () => void = () => {};
  #summarised = false;

  /**
   * @param title stands in the title bar until there is a run
   * @param look signs and styles
   * @param table panels beside the threads
   * @param surroundings what it may do to them
   * @throws where two panels have one name or one key
   */
  constructor(title: string, look: Look, table: PanelTable, surroundings: Surroundings) {
    this.#look = look;
    this.#surroundings = surroundings;
    this.#title = title;
    this.#rows = new RegionRows(look, title);
    this.#commands = new CommandRunner(surroundings.after);
    const repaint = () => this.#guarded(() => this.#painter?.paint());
    this.#feeds = new PaneFeeds(surroundings.after, { repaint, retitle: () => this.#changed() });
    this.#clock = new Clock(surroundings.every, TICK, () =>
      this.#guarded(() => {
        this.#painter?.paint();
        surroundings.attention.look(this.#store);
      }));
    this.#panels = new CrewPanels(table);
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
    this.#ui = asking(this.#ui, this.#form, form);
    this.#form = form;
    this.#changed();
  }

  /** Shows a run. */
  show(store: Store): void {
    this.#leave(store);
    this.#form = null;
    const [first] = this.#panelsOf(store);
    this.#ui = showing(this.#ui);
    if (first !== undefined) this.#ui = focusOn(this.#ui, first);
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
    this.#commands.giveUp();
    this.#store = store;
    this.#summarised = false;
    // What was read and scrolled to was another run's.
    this.#rows = new RegionRows(this.#look, this.#title);
  }

  /** Binds keys anew, and says what is to be known of that; the empty text for nothing. */
  bind(keymap: Keymap, notice: string): void {
    this.#panels.bind(keymap);
    this.#ui = { ...this.#ui, notice };
    this.#changed();
  }

  /** Stops the clock and hears no commits any more. */
  close(): void {
    this.#unsubscribe();
    this.#unsubscribe = () => {};
    this.#store = null;
    this.#commands.giveUp();
    this.#feeds.close();
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
    const key = JSON.stringify(frame);
    if (key === this.#frameKey) return false;
    this.#frame = frame;
    this.#frameKey = key;
    return true;
  }

  /** Has the focus where it belongs. */
  #refocus(): void {
    const stage = this.#stage();
    if (stage.state !== null) this.#ui = refocused(stage);
  }

  #changed(): void {
    this.#guarded(() => {
      this.#refocus();
      const ending = this.#store?.state().run.ending ?? null;
      if (ending === null && this.#summarised) {
        // A run that is played goes back behind its end.
        this.#summarised = false;
        if (this.#ui.overlay === "summary") this.#ui = { ...this.#ui, overlay: null };
      }
      if (ending !== null && !this.#summarised) {
        this.#summarised = true;
        this.#rows.rewind("overlay");
        // The input line keeps the keys: who is writing must not find the next letters taken for commands.
        this.#ui = { ...this.#ui, overlay: "summary", confirming: null };
      }
      this.#tell(this.#build());
      this.#surroundings.attention.look(this.#store);
    });
  }

  #tell(anotherFrame: boolean): void {
    // With another frame the regions are painted when Ink has written it, so that both change together.
    if (anotherFrame && this.#listeners.size > 0) { for (const listener of this.#listeners) listener(); }
    else this.#painter?.paint();
    const store = this.#store;
    this.#clock.run(store !== null && isRunning(store.state()) && store.playing?.().goesOn !== false);
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
      let another = false;
      for (const key of keys) {
        this.#take(press(this.#stage(), key));
        this.#refocus();
        another = this.#build() || another;
      }
      this.#tell(another);
    });
  };

  /** Takes pasted text. */
  readonly paste = (text: string): void => {
    this.#guarded(() => {
      this.#take(paste(this.#stage(), text));
      this.#tell(this.#build());
    });
  };

  /** Takes what a key came to: the only place where keys reach beyond the screen. */
  #take({ ui, deed }: Pressed): void {
    const { overlay, raw } = this.#ui;
    this.#ui = ui;
    if (deed !== undefined) this.#do(deed);
    if (this.#ui.overlay !== overlay || this.#ui.raw !== raw) this.#rows.rewind("overlay");
  }

  /** Has what takes its time change the screen's own state once it is over, unless another run is shown by then. */
  async #later(act: (store: Store) => Promise<(ui: Ui) => Ui>): Promise<void> {
    const store = this.#store;
    if (store === null) return;
    const change = await act(store);
    if (this.#store !== store) return;
    this.#ui = change(this.#ui);
    this.#changed();
  }

  #do(deed: Deed): void {
    switch (deed.kind) {
      case "wish": {
        const refusal = this.#store?.send(deed.intent) ?? null;
        // What is granted may be committed at once, and the commit may have changed the screen.
        const ui = refusal === null ? this.#ui : deed.refused ?? this.#ui;
        this.#ui = { ...ui, notice: refusal ?? deed.done };
        return;
      }
      case "scroll":
        return this.#rows.scroll(this.#target(), deed.by, this.#stage());
      case "undo":
      case "redo":
      case "apply":
        return void this.#later((store) => undone(store, deed));
      case "play":
        return this.#store?.play?.(deed.wish);
      case "session":
        this.#ui = { ...this.#ui, notice: deed.says };
        return this.#surroundings.session(deed.wish);
      case "redraw":
        return this.#painter?.redraw();
      case "command":
        if (this.#store !== null) this.#ui = { ...this.#ui, working: deed.name };
        return void this.#later((store) => this.#commands.done(store, deed));
      case "give_up":
        return this.#commands.giveUp();
      case "quit":
      case "suspend":
        return this.#surroundings[deed.kind]();
    }
  }
}
