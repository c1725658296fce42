import { EMPTY } from "../features/features.ts";
import { type State } from "../features/state.ts";
import { type Frame, frameOf } from "./frame.ts";
import { FIRST, focusOn, paste, press, type Ui, viewsOf, type World } from "./interaction.ts";
import type { Key } from "./keys.ts";
import { viewId } from "./layout.ts";
import type { Look } from "./line.ts";
import type { Painter, Region } from "./painter.ts";
import { RegionRows } from "./region_rows.ts";
import { isRunning } from "./select/activity.ts";
import type { StartForm, Store } from "./store.ts";

/** Milliseconds between two looks at what streams: about 12 a second. */
const TICK = 80;

/** What the controller may do to its surroundings. */
export interface Surroundings {
  quit(): void;
  suspend(): void;
  goal(goal: string): void;
  /** The screen itself failed. */
  failed(error: unknown): void;
  /** Does something again and again, each after so many milliseconds; gives what ends that. */
  every(ms: number, act: () => void): () => void;
}

/** Holds the screen together: keys change its own state, commits and the clock bring the run's, Ink gets frames, the painter regions. */
export class Controller {
  readonly #surroundings: Surroundings;
  readonly #title: string;
  readonly #listeners = new Set<() => void>();
  readonly #rows: RegionRows;
  #painter: Painter | null = null;
  #store: Store | null = null;
  #form: StartForm | null = null;
  #ui: Ui = FIRST;
  #frame: Frame | null = null;
  #frameKey = "";
  #stopClock: (() => void) | null = null;
  #unsubscribe: () => void = () => {};
  #summarised = false;

  constructor(title: string, look: Look, surroundings: Surroundings) {
    this.#title = title;
    this.#surroundings = surroundings;
    this.#rows = new RegionRows(look);
  }

  /** Gives it the painter, before the first frame. */
  attach(painter: Painter): void {
    this.#painter = painter;
    painter.on("resize", () => this.#changed());
  }

  /** Asks for the goal. */
  ask(form: StartForm): void {
    this.#form = form;
    if (this.#ui.aim?.kind !== "goal") this.#ui = { ...this.#ui, aim: { kind: "goal" } };
    this.#changed();
  }

  /** Shows a run. */
  show(store: Store): void {
    this.#unsubscribe();
    this.#store = store;
    this.#form = null;
    this.#summarised = false;
    const aim = this.#ui.aim?.kind === "goal" ? null : this.#ui.aim;
    this.#ui = focusOn({ ...this.#ui, aim }, { kind: "thread", role: store.roles()[0] ?? "arbiter" });
    this.#unsubscribe = store.subscribe(() => this.#changed());
    this.#changed();
  }

  /** Stops the clock and hears no commits any more. */
  close(): void {
    this.#unsubscribe();
    this.#unsubscribe = () => {};
    this.#store = null;
    this.#tick(false);
  }

  get #state(): State {
    return this.#store?.state() ?? EMPTY;
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

  #build(): boolean {
    const store = this.#store;
    const frame = frameOf({
      columns: this.#painter?.columns ?? 80,
      rows: this.#painter?.rows ?? 24,
      state: this.#state,
      roles: store?.roles() ?? [],
      hosts: store?.hosts().length ?? 0,
      ui: this.#ui,
      starting: this.#form !== null,
      opening: store === null && this.#form === null,
    });
    const key = JSON.stringify(frame);
    if (key === this.#frameKey) return false;
    this.#frame = frame;
    this.#frameKey = key;
    return true;
  }

  #changed(): void {
    this.#guarded(() => {
      if (this.#state.run.ending !== null && !this.#summarised) {
        this.#summarised = true;
        this.#rows.rewind("overlay");
        // The input line keeps the keys: who is writing must not find the next letters taken for commands.
        this.#ui = { ...this.#ui, overlay: "summary", confirming: null };
      }
      this.#tell(this.#build());
    });
  }

  #tell(anotherFrame: boolean): void {
    // With another frame the regions are painted when Ink has written it, so that both change together.
    if (anotherFrame && this.#listeners.size > 0) { for (const listener of this.#listeners) listener(); }
    else this.#painter?.paint();
    this.#tick(this.#store !== null && isRunning(this.#state));
  }

  /** A fault of the screen ends the screen, never the run that told it of a commit. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#surroundings.failed(error);
    }
  }

  #tick(wanted: boolean): void {
    if (wanted) {
      this.#stopClock ??= this.#surroundings.every(TICK, () => this.#guarded(() => this.#painter?.paint()));
    } else {
      this.#stopClock?.();
      this.#stopClock = null;
    }
  }

  /** Rows of a region, for the painter. */
  readonly rowsOf = (region: Region): readonly string[] =>
    this.#rows.of(region, {
      store: this.#store,
      form: this.#form,
      title: this.#title,
      ui: this.#ui,
      columns: this.#painter?.columns ?? 80,
    });

  #world(): World {
    const store = this.#store;
    const roles = store?.roles() ?? [];
    const target = this.#ui.overlay !== null || store === null ? "overlay" : viewId(this.#ui.focus);
    const height = this.frame().regions.find((region) => region.id === target)?.rect.height ?? 1;
    return {
      state: this.#state,
      roles,
      views: viewsOf(roles),
      starting: this.#form !== null,
      send: (intent) => store === null ? "No run has begun yet." : store.send(intent),
      submitGoal: (goal) => this.#surroundings.goal(goal),
      scroll: (by) => this.#rows.scroll(target, by, store),
      replies: (role) => store?.replies(role) ?? 0,
      page: () => Math.max(1, height - 4),
      quit: () => this.#surroundings.quit(),
      suspend: () => this.#surroundings.suspend(),
      redraw: () => this.#painter?.redraw(),
    };
  }

  /** Acts on keys, in order. */
  readonly press = (keys: readonly Key[]): void => {
    this.#guarded(() => {
      let another = false;
      for (const key of keys) {
        const before = this.#ui;
        const after = press(before, key, this.#world());
        // A wish may be granted at once: then a commit has changed the screen in between, and its overlay stands.
        this.#ui = this.#ui === before ? after : { ...after, overlay: this.#ui.overlay };
        if (after.overlay !== before.overlay || after.raw !== before.raw) this.#rows.rewind("overlay");
        another = this.#build() || another;
      }
      this.#tell(another);
    });
  };

  /** Takes pasted text. */
  readonly paste = (text: string): void => {
    this.#guarded(() => {
      this.#ui = paste(this.#ui, text, this.#world());
      this.#tell(this.#build());
    });
  };
}
