import { join } from "node:path";
import { reasonOf } from "../kernel/reason_of.ts";
import { StateFile } from "../plugin/host/state_file.ts";
import type { Offer } from "../plugin/offer.ts";
import { serverNamed } from "../plugin/server_name.ts";
import type { Timer } from "../ports/timer.ts";
import { contentHash } from "../work/content_hash.ts";
import { Listing } from "./listing.ts";
import { mcpOffer } from "./mcp_offer.ts";
import { McpServer } from "./mcp_server.ts";
import type { ServerSetting } from "./server_setting.ts";

/** Folder of the state folder that holds what servers offered last. */
const LISTINGS_FOLDER = "mcp";
/** Digits of the hash in a file's name. */
const SHORT = 16;

/** What servers are opened with. */
export interface McpServersParts {
  /** Version of this program, which servers are told. */
  readonly version: string;
  /** State folder. */
  readonly state: string;
  readonly environment: (name: string) => string | undefined;
  readonly timer?: Timer;
}

/** A server that is named somewhere. */
export interface KnownServer {
  readonly setting: ServerSetting;
  /** Says why it may not be started or asked now; null where it may. Absent: it always may. */
  readonly refusal?: () => string | null;
}

/** What follows servers while a run is at work. */
export interface ServerListener {
  /** One offers something else than before, or is there from now on. */
  readonly offered: (offer: Offer) => void;
  /** One is named no more. */
  readonly gone: (path: string) => void;
  /** One that is wanted does not start. */
  readonly failed: (path: string, text: string) => void;
}

/** The MCP servers that are named. What each offers is kept, so that the next program knows it without starting any. */
export class McpServers {
  readonly #parts: McpServersParts;
  /** All that were ever named, to be ended. */
  readonly #every = new Set<Opened>();
  #opened: ReadonlyMap<string, Opened>;
  #listener: ServerListener | null = null;

  /** @param servers those that are named at first, each by a name of its own */
  constructor(servers: readonly KnownServer[], parts: McpServersParts) {
    this.#parts = parts;
    this.#opened = this.#openedOf(servers, new Map());
  }

  /** The servers, in their order. */
  get all(): readonly McpServer[] {
    return [...this.#opened.values()].map(({ server }) => server);
  }

  /** What they offer as far as it is known. Each is ended once all that was offered of it is closed. */
  offers(): readonly Offer[] {
    return [...this.#opened.values()].map((opened) => opened.offer());
  }

  /**
   * Has other servers from now on, and tells what is new, another or gone. One that is named as before goes on.
   *
   * @param servers all that are named
   */
  take(servers: readonly KnownServer[]): void {
    const before = this.#opened;
    this.#opened = this.#openedOf(servers, before);
    for (const [name, opened] of before) {
      if (this.#opened.get(name) === opened) continue;
      opened.leave();
      if (!this.#opened.has(name)) this.#listener?.gone(serverNamed(name));
    }
    for (const [name, opened] of this.#opened) {
      if (before.get(name) === opened || this.#listener === null) continue;
      this.#listener.offered(opened.offer());
      opened.follow(this.#listener);
    }
  }

  /**
   * Starts those of which nobody knows yet what they offer, once each.
   *
   * @param names servers that are wanted
   * @returns resolves when they are known, or did not start
   */
  async begin(names: readonly string[]): Promise<void> {
    const wanted = [...this.#opened].filter(([name]) => names.includes(name));
    await Promise.all(wanted.map(([, opened]) => opened.learn()));
  }

  /**
   * Starts them as {@link begin} does, and waits for them a while; what takes longer goes on.
   *
   * @param names servers that are wanted
   * @param ms most time to wait
   */
  async learn(names: readonly string[], ms: number, signal: AbortSignal): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    const abort = () => resolve();
    signal.addEventListener("abort", abort, { once: true });
    await Promise.race([this.begin(names), late]);
    signal.removeEventListener("abort", abort);
    clearTimeout(timer);
  }

  /** Tells from now on what they offer, and what had been found out meanwhile. */
  follow(listener: ServerListener): void {
    this.#listener = listener;
    for (const opened of this.#opened.values()) opened.follow(listener);
  }

  /** Ends what is at work of those that may not be asked any more. */
  endRefused(): void {
    for (const { server } of this.#every) server.endRefused();
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    await Promise.all([...this.#every].map(({ server }) => server.close()));
  }

  #openedOf(servers: readonly KnownServer[], before: ReadonlyMap<string, Opened>): ReadonlyMap<string, Opened> {
    return new Map(servers.map((known) => {
      const { name } = known.setting;
      const opened = before.get(name)?.as(known) ?? new Opened(known, this.#parts);
      this.#every.add(opened);
      return [name, opened];
    }));
  }
}

/** A server with what was offered of it. */
class Opened {
  readonly server: McpServer;
  readonly #file: StateFile;
  #known: KnownServer;
  #listener: ServerListener | null = null;
  /** What was offered last, as text. */
  #offered = "";
  #failed: string | null = null;
  #open = 0;
  #learning: Promise<void> | null = null;

  constructor(known: KnownServer, { state, ...parts }: McpServersParts) {
    const { setting } = this.#known = known;
    const hash = contentHash(JSON.stringify(setting)).slice(0, SHORT);
    this.#file = new StateFile(join(state, LISTINGS_FOLDER, `${setting.name}-${hash}.json`));
    const kept = Listing.safeParse(this.#file.read());
    const listing = kept.success ? kept.data : null;
    this.server = new McpServer(setting, { ...parts, listing, refusal: () => this.#known.refusal?.() ?? null });
    this.server.heard = (listing) => this.#heard(listing);
  }

  /** Itself as the one that is known now; null where that is another. */
  as(known: KnownServer): Opened | null {
    if (JSON.stringify(known.setting) !== JSON.stringify(this.server.setting)) return null;
    this.#known = known;
    return this;
  }

  offer(): Offer {
    const { listing } = this.server;
    this.#offered = JSON.stringify(listing);
    this.#open += 1;
    let isOpen = true;
    return mcpOffer(this.server, listing, async () => {
      if (!isOpen) return;
      isOpen = false;
      this.#open -= 1;
      if (this.#open === 0) await this.server.close();
    });
  }

  /** Finds out what it offers, where nobody knows and it may be started; a second time it does not try. */
  learn(): Promise<void> {
    if (this.server.listing !== null || this.server.refusal !== null) return Promise.resolve();
    return this.#learning ??= this.#learn();
  }

  async #learn(): Promise<void> {
    try {
      await this.server.look(new AbortController().signal);
    } catch (error) {
      this.#failed = reasonOf(error);
      this.#tell();
    }
  }

  /** Tells nothing any more, and ends where nothing of it is offered. */
  leave(): void {
    this.#listener = null;
    // What cannot be ended is no reason to end a run.
    if (this.#open === 0) void this.server.close().catch(() => {});
  }

  follow(listener: ServerListener): void {
    this.#listener = listener;
    this.#tell();
  }

  #heard(listing: Listing): void {
    const before = Listing.safeParse(this.#file.read());
    if (!before.success || JSON.stringify(before.data) !== JSON.stringify(listing)) {
      try {
        this.#file.write(listing, `What the MCP server ${this.server.setting.name} offers`);
      } catch {
        // The next program asks the server again.
      }
    }
    this.#failed = null;
    this.#tell();
  }

  /** Tells what is other than what was offered last. */
  #tell(): void {
    // Whoever has closed all of it follows nothing any more.
    if (this.#listener === null || this.#open === 0) return;
    if (this.#failed !== null) {
      this.#listener.failed(serverNamed(this.server.setting.name), this.#failed);
      this.#failed = null;
    } else if (this.server.listing !== null && JSON.stringify(this.server.listing) !== this.#offered) {
      this.#listener.offered(this.offer());
    }
  }
}
