import { reasonOf } from "../../kernel/reason_of.ts";
import type { Languages } from "../../languages/language.ts";
import { HostFailure } from "../../ports/model_host.ts";
import { ToolError } from "../../ports/tool.ts";
import { openInProcess } from "../open_in_process.ts";
import type { Offer } from "../offer.ts";
import type { PluginRule } from "../view.ts";
import { strictest } from "../../kernel/rule.ts";
import { askedError, askedWorkspace, type AskPort, requestOf } from "./asked_workspace.ts";
import type { Channel } from "./channel.ts";
import { denialIn } from "./denial.ts";
import { hostWord } from "./host_words.ts";
import { manifestOf } from "./manifest_of.ts";
import type { Asked, CallError, Order, Word } from "./messages.ts";

/** Most bytes that the program sends at once: a file, and what JSON adds to it. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Serves a plugin to the program, inside a process of the plugin's own, until the program is gone.
 *
 * @param channel to the program
 */
export async function servePlugin(channel: Channel): Promise<void> {
  const say = (word: Word) => channel.send(word);
  const served = new Served(say);
  // The order of messages is the order of what they cause: each is begun before the next is looked at.
  await channel.read(MOST_BYTES, (order) => served.hear(order as Order));
}

class Served {
  readonly #say: (word: Word) => void;
  readonly #calls = new Map<number, AbortController>();
  readonly #requests = new Map<number, PromiseWithResolvers<unknown>>();
  #asked = 0;
  #offer: Offer | null = null;
  #languages: Languages = {};

  constructor(say: (word: Word) => void) {
    this.#say = say;
  }

  hear(order: Order): void {
    switch (order.do) {
      case "load":
        return void this.#load(order.path, order.languages);
      case "ask":
        return void this.#answer(order.id, order.asked);
      case "cancel":
        return this.#calls.get(order.id)?.abort(new Error(order.reason));
      case "answer": {
        const request = this.#requests.get(order.id);
        this.#requests.delete(order.id);
        if (order.error === undefined) request?.resolve(order.value);
        else request?.reject(askedError(order.error, order.id));
        return;
      }
      case "ping":
        return this.#say({ say: "pong" });
    }
  }

  async #load(path: string, languages: boolean): Promise<void> {
    try {
      if (languages) this.#languages = (await import("../../languages/languages.ts")).LANGUAGES;
      this.#offer = await openInProcess({ path, origin: "user", version: "" }, {});
      this.#say({ say: "loaded", manifest: manifestOf(this.#offer) });
    } catch (error) {
      this.#say({ say: "unloaded", text: reasonOf(error) });
    }
  }

  async #answer(id: number, asked: Asked): Promise<void> {
    const controller = new AbortController();
    this.#calls.set(id, controller);
    try {
      if (this.#offer === null) throw new Error("The plugin is not loaded.");
      const value = await this.#perform(this.#offer, asked, id, controller.signal);
      this.#say({ say: "done", id, value });
    } catch (error) {
      this.#say({ say: "failed", id, error: callError(error) });
    } finally {
      this.#calls.delete(id);
    }
  }

  async #perform(offer: Offer, asked: Asked, id: number, signal: AbortSignal): Promise<unknown> {
    switch (asked.what) {
      case "tool": {
        const tool = named(offer.tools, ({ declaration }) => declaration.name, asked.name);
        const checked = tool.validate(asked.input);
        if ("faults" in checked) throw new ToolError(`${asked.name}: ${checked.faults.join(" ")}`);
        return await tool.run(checked.value, {
          settings: {},
          ...asked.context,
          workspace: askedWorkspace(asked.root, this.#portOf(id)),
          languages: this.#languages,
          signal,
          report: (line) => this.#say({ say: "report", call: id, line: String(line) }),
        });
      }
      case "pane":
        return await named(offer.panes, ({ id }) => id, asked.name).lines(asked.view, asked.size, signal);
      case "command":
        return await named(offer.commands, ({ name }) => name, asked.name).run(asked.args, asked.view, signal);
      case "host":
        return await named(offer.hosts, ({ kind }) => kind, asked.name)
          .ask(asked.question, signal, (piece) => this.#say({ say: "piece", call: id, ...piece }));
      case "rules":
        return strictest(offer.rules.map(await heedful()), asked.view, asked.effect, {});
    }
  }

  #portOf(call: number): AskPort {
    return (method, args, signal) => {
      signal?.throwIfAborted();
      const id = this.#asked += 1;
      const request = Promise.withResolvers<unknown>();
      this.#requests.set(id, request);
      this.#say({ say: "port", id, call, method, args: [...args] });
      if (signal === undefined) return request.promise;
      const drop = () => this.#say({ say: "drop", id });
      signal.addEventListener("abort", drop, { once: true });
      return request.promise.finally(() => signal.removeEventListener("abort", drop));
    };
  }
}

/** Makes rules of which nothing passes that is no verdict: what cannot be read would allow. Few plugins bring rules, and start without this. */
async function heedful(): Promise<(rule: PluginRule) => PluginRule> {
  const { VerdictFact } = await import("../../effects/rule/rule_effect.ts");
  return (rule) => (view, effect) => {
    const said: unknown = rule(view, effect);
    if (said === null || said === undefined) return null;
    const read = VerdictFact.safeParse(said);
    if (!read.success) throw new Error("A rule must give a verdict or null, at once and in the form of the door.");
    return read.data;
  };
}

function named<T>(all: readonly T[], nameOf: (one: T) => string, name: string): T {
  const found = all.find((one) => nameOf(one) === name);
  if (found === undefined) throw new Error(`The plugin offers no ${JSON.stringify(name)} any more.`);
  return found;
}

function callError(error: unknown): CallError {
  const text = reasonOf(error);
  const id = requestOf(error);
  if (id !== undefined) return { kind: "port", id, text };
  if (error instanceof HostFailure) return hostWord(error);
  const denial = denialIn(error);
  if (denial !== null) return { kind: "denied", text: denial };
  return { kind: error instanceof ToolError ? "tool" : "other", text };
}
