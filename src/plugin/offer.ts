import type { JsonSchema } from "../kernel/call.ts";
import type { Verdict } from "../kernel/rule.ts";
import type { OfferedHost } from "../ports/offered_host.ts";
import type { RunnableTool } from "../ports/tool.ts";
import { parametersOf } from "./arguments.ts";
import type { Command, PaneSize, Plugin, Specialist } from "./plugin.ts";
import { type NamedServer, neededBy } from "./named_server.ts";
import { offeredHost } from "./plugin_host.ts";
import { runnable } from "./runnable.ts";
import { unionOf } from "./host/permissions.ts";
import type { ObjectSchema, Permissions } from "./tool.ts";
import { type CommandIntent, type EffectView, type PluginRule, type PluginView, type RunView } from "./view.ts";

/** Where a plugin lies: with Autonomy, in the person's own folder, in the project's. */
export type Origin = "built-in" | "user" | "project";

/** A prompt that a plugin brings with it. */
export interface OfferedPrompt {
  /** Absolute path of its file. */
  readonly path: string;
  /** The file as it stands, with its front matter where it has one. */
  readonly content: string;
}

/** A specialist as the registry takes it: plain values alone. */
export type OfferedSpecialist = Omit<Specialist, "answers"> & {
  /** JSON Schema of what its answers to consults hold; absent where they are text. */
  readonly answers?: JsonSchema;
  /** Its system prompt, where the plugin brings it; absent where its file lies in `prompts/`. */
  readonly ownPrompt?: OfferedPrompt;
};

/** A pane of a plugin, wherever its code runs. */
export interface OfferedPane {
  readonly id: string;
  readonly title: string;
  /** Its rows now. Rejects where the plugin failed, and with the signal's reason. */
  lines(view: RunView, size: PaneSize, signal: AbortSignal): Promise<readonly string[]>;
}

/** A command of the input line, wherever its code runs. */
export interface OfferedCommand {
  readonly name: string;
  readonly help: string;
  /** What it wishes. Rejects where the plugin failed, and with the signal's reason. */
  run(args: string, view: RunView, signal: AbortSignal): Promise<readonly CommandIntent[]>;
}

/** What is so of a plugin whose code runs in a process of its own. */
export interface Contained {
  /** SHA-256 of all its files. */
  readonly hash: string;
  /** What it has now of what it wants, as a person gave it. */
  granted(): Permissions;
}

/** What one version of a plugin offers, the same wherever its code runs. */
export interface Offer {
  /** Name of the plugin. */
  readonly plugin: string;
  /** Absolute path of its module. */
  readonly path: string;
  readonly origin: Origin;
  /** Short hash of its module and all that lies with it; empty for what comes with Autonomy. */
  readonly version: string;
  readonly specialists: readonly OfferedSpecialist[];
  readonly tools: readonly RunnableTool[];
  readonly hosts: readonly OfferedHost[];
  readonly rules: readonly PluginRule[];
  /** Gives the strictest verdict of its rules, where their code runs apart; absent where it brings none, or they stand in `rules`. */
  judge?(view: RunView, effect: EffectView, signal: AbortSignal): Promise<Verdict>;
  readonly panes: readonly OfferedPane[];
  readonly commands: readonly OfferedCommand[];
  /** MCP servers that it names; what they offer is an offer of its own. */
  readonly mcp: Readonly<Record<string, NamedServer>>;
  /** Schema of its part of the configuration; null where it has none. */
  readonly settings: JsonSchema | null;
  /** That part of the configuration, with its defaults; absent where none was handed to it. */
  readonly configured?: Readonly<Record<string, unknown>>;
  /** What its tools, kinds of hosts and servers ask for beyond their workspace; absent where that is nothing. */
  readonly wants?: Permissions;
  /** Absent where its code runs in this process, or it has none. */
  readonly contained?: Contained;
  /** The plugin that names the MCP server which this is; absent for one of the configuration, and for plugins. */
  readonly namedBy?: string;
  /** Starts what stands behind it, ahead of a call that may come; absent where nothing does. */
  begin?(): void;
  /** Ends what stands behind it, once its open calls are over; absent where nothing does. */
  close?(): Promise<void>;
}

/** What of an offer its value does not say. */
export type OfferPlace = Pick<Offer, "path" | "origin" | "version">;

/**
 * Gives what a plugin that runs in this process offers.
 *
 * @param plugin its value, whose form was looked at
 * @param place where it comes from
 */
export function offerOf(plugin: Plugin, place: OfferPlace): Offer {
  return {
    ...place,
    plugin: plugin.name,
    specialists: (plugin.specialists ?? []).map(({ answers, ...specialist }) => ({
      ...specialist,
      ...(answers === undefined ? {} : { answers: parametersOf(answers) }),
    })),
    tools: (plugin.tools ?? []).map((tool) => runnable(tool, place.path)),
    hosts: (plugin.hosts ?? []).map(offeredHost),
    rules: plugin.rules ?? [],
    panes: (plugin.panes ?? []).map((pane) => ({
      id: pane.id,
      title: pane.title,
      lines: (view, size) => Promise.resolve().then(() => pane.lines(unset(view), size)),
    })),
    commands: (plugin.commands ?? []).map(offeredCommand),
    mcp: plugin.mcp ?? {},
    settings: schemaOf(plugin.settings),
    wants: unionOf([
      ...[...plugin.tools ?? [], ...plugin.hosts ?? []].map(({ permissions }) => permissions),
      ...Object.values(plugin.mcp ?? {}).map(neededBy),
    ]),
  };
}

function offeredCommand(command: Command): OfferedCommand {
  return {
    name: command.name,
    help: command.help,
    run: (args, view) => Promise.resolve().then(() => command.run(args, unset(view))),
  };
}

/** What a pane or a command sees; without settings until it is given some. */
function unset(view: RunView): PluginView {
  return { settings: {}, ...view };
}

function schemaOf(settings: ObjectSchema | undefined): JsonSchema | null {
  return settings === undefined ? null : parametersOf(settings);
}
