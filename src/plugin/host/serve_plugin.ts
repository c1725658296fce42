// What a plugin imports is there before it is loaded. All else that few calls need is imported by those: a start waits for none of it.
import type * as z from "zod";
import "../mod.ts";
import { fileUrl } from "../../kernel/file_url.ts";
import { strictest } from "../../kernel/rule.ts";
import type { Languages } from "../../languages/language.ts";
import { HostFailure } from "../../ports/model_host.ts";
import { ToolError } from "../../ports/tool.ts";
import type { OfferPlace } from "../offer.ts";
import type { Plugin } from "../plugin.ts";
import { offeredHost } from "../plugin_host.ts";
import type { Tool } from "../tool.ts";
import type { PluginRule } from "../view.ts";
import { askedError, askedWorkspace, type AskPort, requestOf } from "./asked_workspace.ts";
import type { Channel } from "./channel.ts";
import { denialIn } from "./denial.ts";
import type { Manifest } from "./manifest.ts";
import type { Asked, CallError, Order, Word } from "./messages.ts";
import { thrownText } from "./thrown_text.ts";

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
  #plugin: Plugin | null = null;
  #languages: Languages = {};

  constructor(say: (word: Word) => void) {
    this.#say = say;
  }

  hear(order: Order): void {
    switch (order.do) {
      case "load":
        return void this.#load(order);
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

  async #load({ path, languages, looks }: Extract<Order, { do: "load" }>): Promise<void> {
    try {
      if (languages) this.#languages = (await import("../../languages/languages.ts")).LANGUAGES;
      if (looks) return this.#say({ say: "loaded", manifest: await lookedAt(path) });
      this.#plugin = await opened(path);
      this.#say({ say: "loaded", manifest: null });
    } catch (error) {
      this.#say({ say: "unloaded", text: thrownText(error) });
    }
  }

  async #answer(id: number, asked: Asked): Promise<void> {
    const controller = new AbortController();
    this.#calls.set(id, controller);
    try {
      if (this.#plugin === null) throw new Error("The plugin is not loaded.");
      const value = await this.#perform(this.#plugin, asked, id, controller.signal);
      this.#say({ say: "done", id, value });
    } catch (error) {
      this.#say({ say: "failed", id, error: await callError(error) });
    } finally {
      this.#calls.delete(id);
    }
  }

  async #perform(plugin: Plugin, asked: Asked, id: number, signal: AbortSignal): Promise<unknown> {
    const { tools = [], panes = [], commands = [], hosts = [], rules = [] } = plugin;
    switch (asked.what) {
      case "tool": {
        const tool = named(tools, ({ name }) => name, asked.name);
        const given = await tool.run(await wanted(tool, asked.input), {
          settings: {},
          ...asked.context,
          workspace: askedWorkspace(asked.root, this.#portOf(id)),
          languages: this.#languages,
          signal,
          report: (line) => this.#say({ say: "report", call: id, line: String(line) }),
        });
        if (typeof given === "string") return given;
        return (await import("../runnable.ts")).resultOf(given, tool, plugin.name);
      }
      case "pane":
        return await named(panes, ({ id }) => id, asked.name).lines({ settings: {}, ...asked.view }, asked.size);
      case "command":
        return await named(commands, ({ name }) => name, asked.name).run(asked.args, { settings: {}, ...asked.view });
      case "host":
        return await offeredHost(named(hosts, ({ kind }) => kind, asked.name))
          .ask(asked.question, signal, (piece) => this.#say({ say: "piece", call: id, ...piece }));
      case "rules":
        return strictest(rules.map(await heedful()), asked.view, asked.effect, {});
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

function placeOf(path: string): OfferPlace {
  return { path, origin: "user", version: "" };
}

/** Looks at a plugin: loads it, runs its self-test, and gives what it offers. */
async function lookedAt(path: string): Promise<Manifest> {
  const [{ openInProcess }, { manifestOf }] = await Promise.all([
    import("../open_in_process.ts"),
    import("./manifest_of.ts"),
  ]);
  return manifestOf(await openInProcess(placeOf(path), {}));
}

/** Opens a plugin whose form was looked at before. What is wrong with it now, who looks at plugins says. */
async function opened(path: string): Promise<Plugin> {
  try {
    const { default: plugin }: { readonly default: Plugin } = await import(fileUrl(path));
    await plugin.selfTest?.(new Map((plugin.tools ?? []).map((tool) => [tool.name, tool])));
    return plugin;
  } catch (error) {
    await lookedAt(path);
    throw error;
  }
}

let zod: typeof import("zod") | undefined;

/** The arguments as a tool wants them; what is wrong with some, who looks at arguments says. */
async function wanted(tool: Tool, input: unknown): Promise<Parameters<Tool["run"]>[0]> {
  // An import that is waited for costs a turn of the loop, also of what is there.
  zod ??= await import("zod");
  try {
    const read = zod.safeParse(tool.input as unknown as z.ZodObject, input);
    if (read.success) return { ...read.data };
  } catch {
    // A condition of the schema's own threw.
  }
  const { checkArguments, parametersOf } = await import("../arguments.ts");
  const checked = checkArguments(tool.input, parametersOf(tool.input), input, {});
  if ("faults" in checked) throw new ToolError(`${tool.name}: ${checked.faults.join(" ")}`);
  return { ...checked.value };
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

async function callError(error: unknown): Promise<CallError> {
  const text = thrownText(error);
  const id = requestOf(error);
  if (id !== undefined) return { kind: "port", id, text };
  if (error instanceof HostFailure) return (await import("./host_words.ts")).hostWord(error);
  const denial = denialIn(error);
  if (denial !== null) return { kind: "denied", text: denial };
  return { kind: error instanceof ToolError ? "tool" : "other", text };
}
