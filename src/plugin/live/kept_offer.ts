import { reasonOf } from "../../kernel/reason_of.ts";
import { ANSWERS, readAnswer } from "../../ports/host_answers.ts";
import { HostFailure } from "../../ports/model_host.ts";
import type { OfferedHost } from "../../ports/offered_host.ts";
import { type RunnableTool, ToolError } from "../../ports/tool.ts";
import type { OpenPlugin } from "../open_in_process.ts";
import type { Offer } from "../offer.ts";

/** Calls that decide whether a new version is any good. */
const FIRST_CALLS = 2;

/** An offer that is in use: what is at work in it is counted, so that it is closed when that is over, and given up when its first calls fail. */
export interface KeptOffer extends Offer {
  /** Hears once that its first calls all failed by its own fault, and how. */
  whenFailing(listener: (reason: string) => void): void;
  /** Closes it once nothing is at work in it any more. */
  close(): Promise<void>;
}

/** Opens plugins so that what is at work in them is counted; what comes with Autonomy is in use to the end. */
export function keeping(open: OpenPlugin): OpenPlugin {
  return async (place, bounds) => {
    const offer = await open(place, bounds);
    return offer.origin === "built-in" ? offer : kept(offer);
  };
}

/** Whether what is at work in an offer is counted. */
export function isKept(offer: Offer): offer is KeptOffer {
  return "whenFailing" in offer;
}

function kept(offer: Offer): KeptOffer {
  const uses = new Uses();
  const first = new FirstCalls();
  const tool = (one: RunnableTool): RunnableTool => ({
    ...one,
    run: (value, context) => uses.during(() => first.counted(() => one.run(value, context), context.signal)),
  });
  const host = (one: OfferedHost): OfferedHost => ({
    ...one,
    ask: (question, signal, tell) =>
      uses.during(() =>
        first.counted(async () => {
          const given = await one.ask(question, signal, tell);
          // What is no answer is a fault of its own, too.
          readAnswer(one.kind, ANSWERS[question.ask], given);
          return given;
        }, signal)
      ),
  });
  return {
    ...offer,
    tools: offer.tools.map(tool),
    hosts: offer.hosts.map(host),
    panes: offer.panes.map((pane) => ({ ...pane, lines: (...asked) => uses.during(() => pane.lines(...asked)) })),
    commands: offer.commands.map((command) => ({
      ...command,
      run: (...asked) => uses.during(() => command.run(...asked)),
    })),
    whenFailing: (listener) => first.listener = listener,
    close: async () => {
      await uses.over();
      await offer.close?.();
    },
  };
}

/** What is at work in an offer. */
class Uses {
  #working = 0;
  #idle: (() => void) | null = null;

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#working += 1;
    try {
      return await work();
    } finally {
      this.#working -= 1;
      if (this.#working === 0) this.#idle?.();
    }
  }

  async over(): Promise<void> {
    if (this.#working > 0) await new Promise<void>((resolve) => this.#idle = resolve);
  }
}

function isOwnFault(error: unknown): boolean {
  if (error instanceof HostFailure) return error.failure === "protocol" || error.failure === "crashed";
  return !(error instanceof ToolError);
}

/** How the first calls of an offer end. */
class FirstCalls {
  listener: (reason: string) => void = () => {};
  #over = 0;
  #failed = 0;

  async counted<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      const result = await call();
      this.#ended(null);
      return result;
    } catch (error) {
      // What a tool refuses or a server fails at, and what was called off, says nothing about how it is made.
      if (!signal.aborted) this.#ended(isOwnFault(error) ? reasonOf(error) : null);
      throw error;
    }
  }

  #ended(fault: string | null): void {
    if (this.#over === FIRST_CALLS) return;
    this.#over += 1;
    if (fault !== null) this.#failed += 1;
    if (this.#failed === FIRST_CALLS) {
      this.listener(`its first ${FIRST_CALLS} calls failed, the last with: ${fault}`);
    }
  }
}
