import { dirname } from "node:path";
import type { RunRegistry } from "../../effects/effect_kind.ts";
import type { Fact, Stamped } from "../../features/fact.ts";
import type { State } from "../../features/state.ts";
import { reasonOf } from "../../kernel/reason_of.ts";
import { LivePlugins } from "../../plugin/live/live_plugins.ts";
import { filesByPlace } from "../../plugin/plugin_files.ts";
import { Shelf } from "../../plugin/live/shelf.ts";
import { typeCheck } from "../../plugin/live/type_check.ts";
import type { Offer } from "../../plugin/offer.ts";
import { isServers } from "../../plugin/server_name.ts";
import type { BlobStore } from "../../ports/blob_store.ts";
import type { CrewWatch } from "../../run/crew_watch.ts";
import { type FolderWatch, watchFolders } from "../../run/watch_folders.ts";
import { assembled } from "../assembled.ts";
import type { Crew } from "../crew.ts";
import { namedServers, wantedServers } from "../known_servers.ts";
import { foldersToWatch } from "./folders_to_watch.ts";
import { LiveConfig } from "./live_config.ts";
import { Grants } from "../../plugin/host/grants.ts";
import { PermissionQuestions } from "./permission_question.ts";
import { PluginQuestions } from "./plugin_question.ts";
import { TrustGuard } from "./trust_guard.ts";

/** Editors write a file in several steps: it is read when nothing has changed for so long, in milliseconds. */
const SETTLED_MS = 60;

/** Most processes of plugins that are started ahead of their calls. */
const MOST_AHEAD = 4;

/** What follows a crew's files while a run is at work. */
export interface LiveCrewOptions {
  /** State folder, with the list of trusted projects. */
  readonly home: string;
  /** Where the texts of questions are kept. */
  readonly blobs: BlobStore;
  /** Whether types of plugins are compared in the background, which takes a second of a processor for each save. */
  readonly checksTypes: boolean;
}

/** Follows what a crew is made of: plugin folders, configuration files, the list of trusted projects. */
export class LiveCrew {
  readonly #crew: Crew;
  readonly #options: LiveCrewOptions;
  readonly #closing = new AbortController();
  readonly #guard: TrustGuard;
  readonly #plugins: LivePlugins;
  readonly #questions: PluginQuestions;
  readonly #grants: Grants;
  readonly #permissions: PermissionQuestions;
  readonly #config: LiveConfig;
  readonly #shelf: Shelf;
  /** The last version of each plugin that could be opened: prompts may name its tools before it is in use. */
  readonly #opened = new Map<string, Offer>();
  #registry: RunRegistry;
  #wake: () => void = () => {};
  #watch: FolderWatch | null = null;
  #watched = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The look that is under way, with all that are to follow it. */
  #looking: Promise<void> = Promise.resolve();
  #types: Promise<unknown> = Promise.resolve();

  /**
   * @param crew the crew as it was assembled
   * @param options what else it works with
   */
  constructor(crew: Crew, options: LiveCrewOptions) {
    const { capabilities, situation, fleet } = crew;
    this.#crew = crew;
    this.#registry = capabilities.registry;
    this.#options = options;
    const say = (news: (state: State) => readonly Fact[]) => this.#plugins.say(news);
    this.#guard = new TrustGuard(options.home, situation);
    this.#plugins = new LivePlugins({
      offers: capabilities.plugins.offers,
      join: capabilities.join,
      inOrder: (offers) => this.#inOrder(offers),
      assembled: (now, reason) => assembled(now, fleet, reason),
      used: ({ registry }, offers, offer) => {
        this.#registry = registry;
        capabilities.use(registry, [...this.#opened.values()]);
        crew.use(offers);
        this.#config.takeHosts();
        this.#takeServers(offers);
        this.#permissions.look(offers);
        if (offer !== null) this.#checkTypes(offer.path, offer.version);
      },
      givenUp: (path, inUse) => this.#shelf.givenUp(path, inUse),
      wake: () => this.#wake(),
    });
    this.#questions = new PluginQuestions({
      guard: this.#guard,
      blobs: options.blobs,
      say,
      allowed: () => this.#look(),
    });
    this.#grants = new Grants(options.home);
    this.#permissions = new PermissionQuestions({ grants: this.#grants, say });
    this.#config = new LiveConfig({
      ...{ situation, fleet, say },
      guard: this.#guard,
      offers: () => this.offers,
      takeServers: () => this.#takeServers(this.offers),
    });
    const own = capabilities.plugins.offers.filter((offer) => offer.origin !== "built-in" && !isServers(offer));
    this.#shelf = new Shelf({
      folders: capabilities.pluginFolders,
      open: capabilities.open,
      project: situation.project,
      allows: (files, origin) => origin !== "project" || this.#guard.allows(filesByPlace(files)),
      tell: (change) => {
        this.#questions.hear(change);
        if (change.kind === "opened") this.#named(change.offer);
        this.#plugins.hear(change);
        if (change.kind === "refused" && change.version !== null) this.#checkTypes(change.path, change.version);
      },
      bounds: { signal: this.#closing.signal },
    }, new Map(own.map(({ path, version }) => [path, version])));
  }

  /** What plugins offer now, in order. */
  get offers(): readonly Offer[] {
    return this.#plugins.offers;
  }

  /**
   * Begins to follow.
   *
   * @param wake says that there is something to take up
   */
  watch(wake: () => void): CrewWatch {
    this.#wake = wake;
    this.#plugins.say(unanswerable);
    this.#permissions.look(this.offers);
    this.#crew.capabilities.servers.follow({
      offered: (offer) => {
        this.#named(offer);
        this.#plugins.offer(offer);
      },
      gone: (path) => this.#plugins.hear({ kind: "gone", path }),
      failed: (path, text) => this.#plugins.hear({ kind: "refused", path, version: null, place: path, text }),
    });
    this.#watchAnew();
    this.#look();
    return {
      next: (state, crew) => this.#plugins.next(state, crew),
      heard: (facts) => {
        this.#beginTools(facts);
        this.#plugins.heard(facts);
        this.#questions.heard(facts);
        this.#permissions.heard(facts);
      },
      close: () => this.#end(),
    };
  }

  /** Closes the plugins; the run must be over. */
  async close(): Promise<void> {
    this.#end();
    await this.#looking;
    await this.#shelf.settled();
    await this.#types;
    await this.#plugins.close();
  }

  #named(offer: Offer): void {
    this.#opened.set(offer.path, offer);
    this.#crew.capabilities.use(this.#registry, [...this.#opened.values()]);
  }

  /** Has the MCP servers that the configuration and plugins name now. */
  #takeServers(offers: readonly Offer[]): void {
    const { capabilities: { servers }, situation: { project } } = this.#crew;
    servers.take(namedServers({ config: this.#config.config, project }, offers));
    this.#beginServers(offers);
  }

  /** Finds out what servers offer that a role names and nobody knows; who needs one waits for it by itself. */
  #beginServers(offers: readonly Offer[]): void {
    const { capabilities: { servers }, situation: { config } } = this.#crew;
    void servers.begin(wantedServers(config, offers));
  }

  /** Starts the processes of tools of a turn that begins: while its model thinks, nobody waits for them. */
  #beginTools(facts: readonly Stamped[]): void {
    const tools = facts.flatMap((fact) => fact.type === "turn_opened" ? fact.tools : []);
    if (tools.length === 0) return;
    const own = this.offers.filter((offer) => offer.tools.some(({ declaration }) => tools.includes(declaration.name)));
    for (const offer of own.filter(({ begin }) => begin !== undefined).slice(0, MOST_AHEAD)) offer.begin?.();
  }

  #end(): void {
    this.#closing.abort();
    clearTimeout(this.#timer);
    this.#watch?.close();
    this.#watch = null;
  }

  #inOrder(offers: readonly Offer[]): readonly Offer[] {
    const folders = this.#crew.capabilities.pluginFolders.map(({ path }) => `${path}/`);
    const place = (offer: Offer) => isServers(offer) ? folders.length : placeOf(offer);
    const placeOf = ({ path, origin }: Offer) =>
      origin === "built-in" ? -1 : folders.findIndex((folder) => path.startsWith(folder));
    return offers.toSorted((one, other) =>
      place(one) - place(other) || (one.path < other.path ? -1 : one.path > other.path ? 1 : 0)
    );
  }

  #folders(): readonly string[] {
    const folders = this.#crew.capabilities.pluginFolders.map(({ path }) => path);
    return foldersToWatch(folders, [...this.#shelf.files, ...this.#config.files, ...this.#lists()]);
  }

  /** What a person allowed: which projects may act, and what plugins may do. */
  #lists(): readonly string[] {
    return [this.#guard.list, this.#grants.path];
  }

  /** Watches all folders in which something may happen; false where it does so already. */
  #watchAnew(): boolean {
    const folders = this.#folders();
    const watched = folders.toSorted().join("\n");
    if (this.#closing.signal.aborted || watched === this.#watched) return false;
    this.#watch?.close();
    this.#watched = watched;
    try {
      this.#watch = watchFolders(folders, (paths) => this.#happened(paths), (cause) => this.#unwatched(cause));
      return true;
    } catch (cause) {
      this.#unwatched(cause);
      return false;
    }
  }

  #happened(paths: readonly string[] | null): void {
    const lists = this.#lists();
    // Beside the lists of what a person allowed stands what is written all the time.
    const isNothing = (path: string) => !lists.includes(path) && lists.some((list) => dirname(path) === dirname(list));
    if (paths?.every(isNothing) === true || this.#closing.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), SETTLED_MS);
  }

  /** Looks at everything; a look that is under way is finished first. */
  #look(): void {
    this.#looking = this.#looking.then(async () => {
      if (this.#closing.signal.aborted) return;
      this.#config.look();
      this.#permissions.look(this.offers);
      // What may be started now may have been refused before, and the other way round.
      this.#crew.capabilities.servers.endRefused();
      this.#beginServers(this.offers);
      await this.#shelf.look();
      // What is watched from now on may have changed before.
      if (this.#watchAnew()) this.#look();
    }).catch((cause) => this.#unwatched(cause));
  }

  #unwatched(cause: unknown): void {
    if (this.#closing.signal.aborted) return;
    const path = this.#crew.capabilities.pluginFolders.map((folder) => folder.path).join(", ");
    const text = `Changes of plugins and configuration may not be seen in this run: ${reasonOf(cause)}`;
    this.#plugins.say(() => [{
      type: "plugin_refused",
      path,
      plugin: null,
      version: null,
      place: path,
      text,
      number: null,
    }]);
  }

  /** Compares the types of a version in the background, one after the other; what is wrong is told, and keeps nothing from being used. */
  #checkTypes(path: string, version: string): void {
    if (!this.#options.checksTypes) return;
    const { signal } = this.#closing;
    this.#types = this.#types.then(async () => {
      const isLatest = () => !signal.aborted && this.#shelf.versionOf(path) === version;
      if (!isLatest()) return;
      const faults = await typeCheck(path, signal);
      if (!isLatest() || faults.length === 0) return;
      this.#plugins.say(
        () => [{ type: "plugin_doubted", path, version, faults: faults.map((fault) => ({ ...fault })) }],
      );
    }).catch(() => {}); // Without a compiler nothing is compared.
  }
}

/** Questions about plugins that a program asked which is gone: what still matters is asked anew. */
function unanswerable({ people }: State): readonly Fact[] {
  return people.questions.filter(({ kind }) => kind === "plugin").map(({ id }) => ({
    type: "question_answered",
    id,
    approved: false,
    text: "asked anew where it still matters",
  }));
}
