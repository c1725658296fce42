import { join } from "node:path";
import type { Languages } from "../../languages/language.ts";
import type { ConfiguredCheck } from "../../languages/runner.ts";
import type { BlobStore } from "../../ports/blob_store.ts";
import type { Apart, FreshCopy, Layer, Remembered, RunWorkspace } from "../../ports/workspace.ts";
import { CheckPace } from "../check_pace.ts";
import { TOOL_CACHES } from "../sandbox/cache_environment.ts";
import type { IgnoreFiles } from "../ignore_rules.ts";
import type { Enclosure, Tier } from "../sandbox/enclosure_shape.ts";
import { stateAt } from "../file_state.ts";
import { openWorkspace, type ProjectWorkspace } from "../workspace.ts";
import type { WriteRecorder } from "../write_record.ts";
import { reasonOf } from "../../kernel/reason_of.ts";
import { inSteps } from "../breathing.ts";
import { FirstCaches } from "./first_caches.ts";
import { NotCopied } from "./not_copied.ts";
import { ProjectCopy } from "./project_copy.ts";
import { CopyView } from "./copy_view.ts";
import { entriesOf, holdsUnnamed, openUp, removeAll } from "./looks.ts";

/** What copies of a project are made with. */
export interface CopiesOptions {
  /** Absolute real path of the project. */
  readonly project: string;
  /** Folder that holds the copies, for this project alone; it is made, and removed at the end. */
  readonly folder: string;
  readonly blobs: BlobStore;
  readonly languages: Languages;
  /** Checks from the configuration; without them they are detected. */
  readonly checks?: readonly ConfiguredCheck[];
  readonly tier: Tier;
  /** Whether the configuration lets commands reach the network. */
  readonly network: boolean;
  /** Further absolute paths that commands may write. */
  readonly write: readonly string[];
  /** Absolute paths that commands do not see. */
  readonly hidden: readonly string[];
  readonly remembered: Remembered;
  /** Ignore files that the run has written already, as they were before it. */
  readonly ignoreFiles?: IgnoreFiles;
}

/** Copies of a project: one for each attempt that is open, and fresh ones for verdicts. */
export interface Copies extends Apart {
  /**
   * Gives the copy of an attempt as its effects see it.
   *
   * @param id of the workspace
   */
  view(id: string, recorder: WriteRecorder): ProjectWorkspace;
  /**
   * Lets the copy of an attempt stand as it has to: once for each attempt, and once again after a restart.
   *
   * @param layer what it holds otherwise than the project
   * @param network whether its commands may reach the network
   */
  arrive(id: string, attempt: string, layer: Layer, network: boolean, signal: AbortSignal): Promise<void>;
  /** Removes all of them from the disk; the program's commands must be over. */
  close(): Promise<void>;
}

/** Nobody is told: what is done in a fresh copy is undone with it. */
const SILENT: WriteRecorder = { opened() {}, closed() {}, commandOpened() {}, commandClosed() {} };

/**
 * Opens the copies of a project. None is made before it is needed.
 *
 * @param options the project, and what its commands may do
 */
export function openCopies(options: CopiesOptions): Copies {
  return new DiskCopies(options);
}

/** A copy with what is known of it. */
interface Held {
  readonly copy: ProjectCopy;
  readonly workspace: ProjectWorkspace;
  /** Absolute path of what its commands see as `/tmp`. */
  readonly temporary: string;
  /** Attempt that it stands ready for; null for none. */
  attempt: string | null;
  /** What stood in it otherwise than in the project when something was built in it last. */
  builtOn: Layer;
  network: boolean;
  /** Whether nothing was executed in it but the project as it stood before any work of a model. */
  isNew: boolean;
}

class DiskCopies implements Copies {
  readonly isInPlace: boolean;
  readonly hasOwnNetwork: boolean;
  readonly remembered: Remembered;
  readonly #options: CopiesOptions;
  readonly #pace = new CheckPace();
  readonly #attempts = new Map<string, Promise<Held>>();
  /** Fresh copies that nobody uses. */
  readonly #free: Held[] = [];
  readonly #firstCaches: FirstCaches;
  /** Whether tools of the project's checks were seen to keep caches. */
  #keepsCaches = false;
  #made = 0;

  constructor(options: CopiesOptions) {
    this.#options = options;
    this.remembered = options.remembered;
    this.#firstCaches = new FirstCaches(join(options.folder, "caches"));
    this.isInPlace = options.tier.startsWith("bubblewrap");
    this.hasOwnNetwork = options.tier === "bubblewrap" || options.tier === "sandbox-exec";
  }

  view(id: string, recorder: WriteRecorder): ProjectWorkspace {
    return new CopyView(() => {
      const held = this.#standing.get(id);
      if (held === undefined) throw new Error(`Workspace ${id} does not stand ready.`);
      return held.workspace.recordedBy(recorder);
    }, this.#options.blobs);
  }

  /** Copies that stand ready, by id. */
  readonly #standing = new Map<string, Held>();

  async arrive(id: string, attempt: string, layer: Layer, network: boolean, signal: AbortSignal): Promise<void> {
    const held = await this.#ready(signal, async () => {
      const one = await (this.#attempts.get(id) ?? this.#open(id, signal));
      if (one.attempt === attempt) return one;
      await emptyTemporary(one, false);
      await one.copy.bring(signal);
      await inSteps(laid(one.workspace, layer), signal);
      return one;
    });
    held.network = network;
    held.attempt = attempt;
    this.#standing.set(id, held);
  }

  async fresh<T>(
    { layer, network = this.#options.network, isEmptied = false, isOurs = false, fillsCaches = false, signal }:
      FreshCopy,
    action: (copy: RunWorkspace) => Promise<T>,
  ): Promise<T> {
    const held = this.#free.pop() ?? await this.#ready(signal, () => this.#make(`fresh${this.#made += 1}`, signal));
    try {
      await this.#ready(signal, async () => {
        const isPutAway = isEmptied || this.#isForeign(held.builtOn, layer);
        this.#isCold(held.temporary);
        await emptyTemporary(held, isPutAway);
        if (isPutAway) {
          await this.#firstCaches.lay(held.temporary, signal);
          await held.copy.emptyBuilds(signal);
        }
        await held.copy.bring(signal);
        await inSteps(laid(held.workspace, layer), signal);
      });
      held.builtOn = isOurs ? new Map() : layer;
      held.network = network;
      const found = await action(held.workspace);
      if (fillsCaches && held.isNew) await this.#firstCaches.keep(held.temporary, signal);
      return found;
    } finally {
      held.isNew = fillsCaches;
      this.#free.push(held);
    }
  }

  /**
   * Whether what was built on a layer may not serve another: not where it is the same, or stands in the project by now, as accepted work does.
   * Code that was refuted could leave there what later code would be helped by.
   */
  #isForeign(builtOn: Layer, layer: Layer): boolean {
    return [...builtOn].some(([path, file]) =>
      !(layer.has(path) && (layer.get(path)?.hash ?? null) === (file?.hash ?? null)) &&
      (stateAt(join(this.#options.project, path))?.hash ?? null) !== (file?.hash ?? null)
    );
  }

  /** Whether the project's tools keep caches, and would find none beside this copy. */
  #isCold(temporary: string): boolean {
    const hasCaches = [...entriesOf(join(temporary, TOOL_CACHES))].length > 0;
    this.#keepsCaches ||= hasCaches;
    return this.#keepsCaches && !hasCaches;
  }

  /** Makes a copy stand ready; whatever is against that is said as such. */
  async #ready<T>(signal: AbortSignal, make: () => Promise<T>): Promise<T> {
    try {
      return await make();
    } catch (cause) {
      if (signal.aborted || cause instanceof NotCopied) throw cause;
      throw new NotCopied(`The project could not be copied to ${this.#options.folder}: ${reasonOf(cause)}.`, { cause });
    }
  }

  async close(): Promise<void> {
    await removeAll(this.#options.folder);
  }

  #open(id: string, signal: AbortSignal): Promise<Held> {
    const opening = this.#make(id, signal);
    this.#attempts.set(id, opening);
    // What kept it from being made may be over by the next attempt.
    opening.catch(() => this.#attempts.delete(id));
    return opening;
  }

  async #make(name: string, signal: AbortSignal): Promise<Held> {
    const { project, blobs, languages, checks, ignoreFiles } = this.#options;
    await Deno.mkdir(this.#options.folder, { recursive: true });
    // What programs say of it names the real path, which is told as the project's.
    const folder = await Deno.realPath(this.#options.folder);
    if (`${folder}/`.startsWith(`${project}/`)) {
      throw new NotCopied(`Copies of ${project} would lie in itself, at ${folder}, and each hold those before it.`);
    }
    const sharing = this.isInPlace ? "mounted" : "linked";
    const copy = new ProjectCopy(project, join(folder, name, "project"), languages, sharing, ignoreFiles);
    const temporary = join(folder, name, "tmp");
    for (const path of [copy.folder, temporary]) await Deno.mkdir(path, { recursive: true });
    await this.#firstCaches.lay(temporary, signal);
    let held: Held | null = null;
    const enclosure = this.#enclosureOf(copy, temporary, () => held?.network ?? false);
    const workspace = await openWorkspace({
      ...{ root: project, place: copy.folder, recorder: SILENT, blobs, languages, checks, enclosure },
      pace: new CheckPace(this.#pace, () => this.#isCold(temporary)),
      ignoreFiles,
    });
    held = {
      copy,
      workspace,
      temporary,
      attempt: null,
      builtOn: new Map(),
      network: this.#options.network,
      isNew: true,
    };
    return held;
  }

  /** What commands see; what is shared and the network may change from one to the next. */
  #enclosureOf(copy: ProjectCopy, temporary: string, network: () => boolean): Enclosure {
    const { project, tier, write, hidden, languages } = this.#options;
    const spots = Object.values(languages).flatMap(({ spots = [] }) => spots);
    return {
      ...{ tier, place: copy.folder, project, temporary, write, hidden },
      get shared() {
        return copy.shared;
      },
      get spots() {
        return spotsIn(copy.shared, spots);
      },
      get network() {
        return network();
      },
    };
  }
}

/** Where tools insist on writing in shared entries: also in those of the packages that a project is made of. */
function spotsIn(shared: readonly string[], spots: readonly string[]): readonly string[] {
  return shared.flatMap((path) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    return spots.filter((spot) => spot.startsWith(`${name}/`)).map((spot) => join(path, "..", spot));
  });
}

/** Puts away what earlier commands left beside a copy, for a verdict would find it there; caches of tools stay until all of it goes. */
async function emptyTemporary({ temporary }: Held, isWhole: boolean): Promise<void> {
  openUp(temporary);
  if (holdsUnnamed(temporary, [...entriesOf(temporary)])) {
    await removeAll(temporary);
    await Deno.mkdir(temporary);
  }
  for (const { name } of entriesOf(temporary)) {
    if (isWhole || name !== TOOL_CACHES) await removeAll(join(temporary, name));
  }
}

/** Lets files stand otherwise than in the project, one after the other; what goes away goes first. */
function* laid(workspace: RunWorkspace, layer: Layer): Generator<undefined, void> {
  const files = [...layer].sort(([, one], [, other]) => Number(one !== null) - Number(other !== null));
  for (const [path, file] of files) {
    workspace.putBack(path, file);
    yield;
  }
}
