import { reasonOf } from "../../kernel/reason_of.ts";
import { type RunnableTool, ToolError } from "../../ports/tool.ts";
import type { OpenPlugin } from "../load.ts";
import type { Offer, OfferedCommand, OfferedPane } from "../offer.ts";

/** Calls that decide whether a new version is any good. */
const FIRST_CALLS = 2;

/** An offer that is in use: what is at work in it is counted, so that it is closed when that is over, and given up when its first calls fail. */
export class KeptOffer implements Offer {
  readonly plugin: Offer["plugin"];
  readonly path: Offer["path"];
  readonly origin: Offer["origin"];
  readonly version: Offer["version"];
  readonly specialists: Offer["specialists"];
  readonly tools: Offer["tools"];
  readonly hosts: Offer["hosts"];
  readonly rules: Offer["rules"];
  readonly panes: Offer["panes"];
  readonly commands: Offer["commands"];
  readonly settings: Offer["settings"];
  /** Hears once that its first calls all failed by its own fault, and how. */
  failed: (reason: string) => void = () => {};
  readonly #close: () => Promise<void>;
  #working = 0;
  #over = 0;
  #crashed = 0;
  #idle: (() => void) | null = null;

  /** @param offer a version of a plugin */
  constructor(offer: Offer) {
    this.plugin = offer.plugin;
    this.path = offer.path;
    this.origin = offer.origin;
    this.version = offer.version;
    this.specialists = offer.specialists;
    this.hosts = offer.hosts;
    this.rules = offer.rules;
    this.settings = offer.settings;
    this.#close = () => offer.close?.() ?? Promise.resolve();
    this.tools = offer.tools.map((tool) => this.#tool(tool));
    this.panes = offer.panes.map((pane): OfferedPane => ({
      ...pane,
      lines: (...asked) => this.#during(() => pane.lines(...asked)),
    }));
    this.commands = offer.commands.map((command): OfferedCommand => ({
      ...command,
      run: (...asked) => this.#during(() => command.run(...asked)),
    }));
  }

  /** Closes the offer once nothing is at work in it any more. */
  async close(): Promise<void> {
    if (this.#working > 0) await new Promise<void>((resolve) => this.#idle = resolve);
    await this.#close();
  }

  #tool(tool: RunnableTool): RunnableTool {
    return {
      ...tool,
      run: (value, context) =>
        this.#during(async () => {
          try {
            const result = await tool.run(value, context);
            this.#ended(null);
            return result;
          } catch (error) {
            // What a tool refuses, and what was called off, says nothing about how it is made.
            if (!context.signal.aborted) this.#ended(error instanceof ToolError ? null : error);
            throw error;
          }
        }),
    };
  }

  #ended(crash: unknown): void {
    if (this.#over === FIRST_CALLS) return;
    this.#over += 1;
    if (crash !== null) this.#crashed += 1;
    if (this.#crashed === FIRST_CALLS) {
      this.failed(`its first ${FIRST_CALLS} calls failed, the last with: ${reasonOf(crash)}`);
    }
  }

  async #during<T>(work: () => Promise<T>): Promise<T> {
    this.#working += 1;
    try {
      return await work();
    } finally {
      this.#working -= 1;
      if (this.#working === 0) this.#idle?.();
    }
  }
}

/** Opens plugins so that what is at work in them is counted; what comes with Autonomy is in use to the end. */
export function keeping(open: OpenPlugin): OpenPlugin {
  return async (place, bounds) => {
    const offer = await open(place, bounds);
    return offer.origin === "built-in" ? offer : new KeptOffer(offer);
  };
}
