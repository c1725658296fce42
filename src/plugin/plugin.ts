import type { NamedServer } from "./named_server.ts";
import type { PluginHost } from "./plugin_host.ts";
import type { ObjectSchema, Tool } from "./tool.ts";
import type { CommandIntent, PluginRule, PluginView } from "./view.ts";

/** A role that a model plays. The role `arbiter` conducts; all others are consulted. */
export interface Specialist {
  /** Unique among all roles, `[a-z][a-z0-9_]*`. */
  readonly role: string;
  /** What it is good at, in a sentence that the arbiter reads. */
  readonly describes: string;
  /** Models in order of preference, `name` or `name@host`; the first that a host has is used. */
  readonly models: readonly string[];
  /** Context window in tokens. */
  readonly window: number;
  /** 0 to 2; low values for work that has one right answer. */
  readonly temperature: number;
  /** File in `prompts/` with its system prompt, such as `coding.md`. */
  readonly prompt: string;
  /** Names of the tools it may be offered, in order. */
  readonly tools: readonly string[];
  /** Phases it acts in, such as `coding`. */
  readonly phases: readonly string[];
  /** Roles it may ask and write to; none if absent. */
  readonly mayAsk?: readonly string[];
  /** `z.object` of what its answer to a consult holds; the asker is shown these fields. Text if absent. */
  readonly answers?: ObjectSchema;
}

/** Cells of a pane's content. */
export interface PaneSize {
  /** Cells of a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

/** A part of the screen that shows something of the run. */
export interface Pane {
  /** Unique among all panes. */
  readonly id: string;
  /** Words of its upper border. */
  readonly title: string;
  /**
   * Its rows. It is asked while it is seen: when the run has changed, and once a second while the run is at work, at most four times a
   * second. The last rows stay until it answers; what does not fit is scrolled to.
   * @param state tasks, messages and totals of the run, and the plugin's settings
   * @param size cells of its content
   * @returns plain text, one entry per row
   */
  lines(state: PluginView, size: PaneSize): readonly string[] | Promise<readonly string[]>;
}

/** A command of the input line: `/name arguments`. */
export interface Command {
  /** Word after the stroke. */
  readonly name: string;
  /** One line for the list of commands: its arguments, then what it does. */
  readonly help: string;
  /**
   * Turns typed arguments into intents, within 10 seconds.
   * @param args what was typed behind the name, without blanks around it
   * @param state tasks, messages and totals of the run, and the plugin's settings
   * @returns what the person wishes by it; each is granted or refused as if they had wished it by a key
   * @throws an error whose message says which arguments are wanted
   */
  run(args: string, state: PluginView): readonly CommandIntent[] | Promise<readonly CommandIntent[]>;
}

/** What a plugin adds. Every member but the name is optional. */
export interface Plugin {
  /** Unique among all plugins. */
  readonly name: string;
  /** Roles that models play. */
  readonly specialists?: readonly Specialist[];
  /** What specialists may do. */
  readonly tools?: readonly Tool[];
  /** Kinds of servers. */
  readonly hosts?: readonly PluginHost[];
  /** Asked before each effect opens; the strictest verdict holds. */
  readonly rules?: readonly PluginRule[];
  /** Parts of the screen. */
  readonly panes?: readonly Pane[];
  /** Commands of the input line. */
  readonly commands?: readonly Command[];
  /**
   * MCP servers by name: a specialist has the tools of one where `mcp:NAME` stands among its tools. What one needs to be started or reached
   * (a program, an address, variables) is a permission of the plugin, which a person is asked for once.
   */
  readonly mcp?: Readonly<Record<string, NamedServer>>;
  /**
   * Schema of the plugin's own part of the configuration, `settings.NAME`; what no JSON Schema says, such as a condition of the schema's
   * own, is not looked at. Tools find it in their context, panes and commands in what they see of the run.
   */
  readonly settings?: ObjectSchema;
  /** Tries the plugin's tools before they are offered; throws when one is broken. */
  selfTest?(tools: ReadonlyMap<string, Tool>): void | Promise<void>;
}

/**
 * Declares a plugin: the default export of its module.
 * @param plugin what it adds
 * @returns the same value
 */
export function definePlugin(plugin: Plugin): Plugin {
  return plugin;
}
