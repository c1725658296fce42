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

/** What follows servers while a run is at work. */
export interface ServerListener {
  /** One offers something else than before. */
  readonly offered: (offer: Offer) => void;
  /** One that is wanted does not start. */
  readonly failed: (path: string, text: string) => void;
}

/** The MCP servers of a configuration. What each offers is kept, so that the next program knows it without starting any. */
export class McpServers {
  readonly #opened: readonly Opened[];

  /** @param settings the servers that are configured */
  constructor(settings: readonly ServerSetting[], parts: McpServersParts) {
    this.#opened = settings.map((setting) => new Opened(setting, parts));
  }

  /** The servers, in the order of the configuration. */
  get all(): readonly McpServer[] {
    return this.#opened.map(({ server }) => server);
  }

  /** What they offer as far as it is known. Each is ended once all that was offered of it is closed. */
  offers(): readonly Offer[] {
    return this.#opened.map((opened) => opened.offer());
  }

  /**
   * Starts those of which nobody knows yet what they offer, and waits for them a while; what takes longer goes on.
   *
   * @param names servers that are wanted
   * @param ms most time to wait
   */
  async learn(names: readonly string[], ms: number, signal: AbortSignal): Promise<void> {
    const unknown = this.#opened.filter(({ server }) => server.listing === null && names.includes(server.setting.name));
    if (unknown.length === 0) return;
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    const abort = () => resolve();
    signal.addEventListener("abort", abort, { once: true });
    await Promise.race([Promise.all(unknown.map((opened) => opened.learn())), late]);
    signal.removeEventListener("abort", abort);
    clearTimeout(timer);
  }

  /** Tells from now on what they offer, and what had been found out meanwhile. */
  follow(listener: ServerListener): void {
    for (const opened of this.#opened) opened.follow(listener);
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    await Promise.all(this.#opened.map(({ server }) => server.close()));
  }
}

/** A server with what was offered of it. */
class Opened {
  readonly server: McpServer;
  readonly #file: StateFile;
  #listener: ServerListener | null = null;
  /** What was offered last, as text. */
  #offered = "";
  #failed: string | null = null;
  #open = 0;

  constructor(setting: ServerSetting, { state, ...parts }: McpServersParts) {
    const hash = contentHash(JSON.stringify(setting)).slice(0, SHORT);
    this.#file = new StateFile(join(state, LISTINGS_FOLDER, `${setting.name}-${hash}.json`));
    const kept = Listing.safeParse(this.#file.read());
    this.server = new McpServer(setting, { ...parts, listing: kept.success ? kept.data : null });
    this.server.heard = (listing) => this.#heard(listing);
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

  async learn(): Promise<void> {
    try {
      await this.server.look(new AbortController().signal);
    } catch (error) {
      this.#failed = reasonOf(error);
      this.#tell();
    }
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
