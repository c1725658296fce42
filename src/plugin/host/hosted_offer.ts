import * as z from "zod";
import { VerdictFact } from "../../effects/rule/rule_effect.ts";
import type { JsonSchema } from "../../kernel/call.ts";
import type { Verdict } from "../../kernel/rule.ts";
import { wordsOf } from "../../features/words_of.ts";
import { validate } from "../../mediate/validate.ts";
import { reasonOf } from "../../kernel/reason_of.ts";
import { HostFailure } from "../../ports/model_host.ts";
import type { OfferedHost } from "../../ports/offered_host.ts";
import { type RunnableTool, type ToolContext, ToolError } from "../../ports/tool.ts";
import type { Offer, OfferPlace } from "../offer.ts";
import { resultOf } from "../runnable.ts";
import { CommandIntents } from "../command_intents.ts";
import type { EffectView, RunView } from "../view.ts";
import { denialText } from "./denial.ts";
import type { HostedPlugin } from "./hosted_plugin.ts";
import type { Manifest } from "./manifest.ts";
import type { Asked } from "./messages.ts";
import { PluginFault } from "./plugin_fault.ts";
import type { CallParts } from "./open_call.ts";
import { unionOf } from "./permissions.ts";
import { askWorkspace } from "./workspace_port.ts";

/** Time that a tool may give no sign, while its workspace does nothing for it; that panes, commands and rules have, ms. */
const TOOL_SILENCE_MS = 120_000;
const PANE_MS = 5_000;
const COMMAND_MS = 10_000;
const RULES_MS = 5_000;
/** Most characters of a row of a pane, and of what a tool reports. */
const LINE_CHARS = 2_000;

const Lines = z.array(z.string());

/**
 * Gives what a plugin with a process of its own offers.
 *
 * @param plugin its process
 * @param manifest what it offers
 * @param place where it comes from
 * @param hash SHA-256 of its files
 */
export function hostedOffer(plugin: HostedPlugin, manifest: Manifest, place: OfferPlace, hash: string): Offer {
  const calling = new Calling(plugin, manifest);
  return {
    ...place,
    plugin: manifest.plugin,
    specialists: manifest.specialists,
    tools: manifest.tools.map((tool) => calling.tool(tool)),
    hosts: manifest.hosts.map((kind) => calling.host(kind)),
    rules: [],
    ...(manifest.rules === 0 ? {} : { judge: (view, effect, signal) => calling.judge(view, effect, signal) }),
    panes: manifest.panes.map(({ id, title }) => ({
      id,
      title,
      lines: async (view, size, signal) => {
        const asked: Asked = { what: "pane", name: id, view, size };
        const lines = await calling.ask(asked, { says: `The pane ${id}`, signal, silenceMs: PANE_MS });
        return read(Lines, lines, `The pane ${id}`, "must give a list of rows").slice(0, size.height)
          .map((line) => line.slice(0, LINE_CHARS));
      },
    })),
    commands: manifest.commands.map(({ name, help }) => ({
      name,
      help,
      run: async (args, view, signal) => {
        const asked: Asked = { what: "command", name, args, view };
        const wishes = await calling.ask(asked, { says: `The command /${name}`, signal, silenceMs: COMMAND_MS });
        return read(CommandIntents, wishes, `The command /${name}`, "must give a list of wishes");
      },
    })),
    mcp: manifest.mcp,
    settings: manifest.settings,
    wants: manifest.wants,
    contained: { hash, granted: () => plugin.granted() },
    begin: () => plugin.begin(),
    close: () => plugin.close(),
  };
}

/** Calls of one plugin. */
class Calling {
  readonly #plugin: HostedPlugin;
  readonly #manifest: Manifest;

  constructor(plugin: HostedPlugin, manifest: Manifest) {
    this.#plugin = plugin;
    this.#manifest = manifest;
  }

  /** Asks it for something; without a workspace of its own where none is given. */
  ask(asked: Asked, parts: Pick<CallParts, "says" | "signal" | "silenceMs"> & Partial<CallParts>): Promise<unknown> {
    const { plugin, wants } = this.#manifest;
    return this.#plugin.call(asked, {
      port: () => Promise.reject(new PluginFault(`${parts.says} has no workspace.`)),
      report: () => {},
      piece: () => {},
      denied: (sentence) =>
        denialText(parts.says, sentence, { plugin, wants: unionOf([wants]), granted: this.#plugin.granted() }),
      ...parts,
    });
  }

  /** The strictest verdict of its rules. */
  async judge(view: RunView, effect: EffectView, signal: AbortSignal): Promise<Verdict> {
    const says = `A rule of ${this.#manifest.plugin}`;
    const verdict = await this.ask({ what: "rules", view, effect }, { says, signal, silenceMs: RULES_MS });
    return read(VerdictFact, verdict, says, "must give a verdict");
  }

  /** A kind of host: whatever its code does wrong is a failure of the ask. How long it may take, who asks knows. */
  host(kind: string): OfferedHost {
    return {
      kind,
      reach: (address) => this.#plugin.reach(address),
      ask: async (question, signal, piece) => {
        const says = `The kind of host ${kind}`;
        try {
          const asked: Asked = { what: "host", name: kind, question };
          return await this.ask(asked, { says, signal, silenceMs: Infinity, piece });
        } catch (error) {
          if (signal.aborted || error instanceof HostFailure) throw error;
          if (error instanceof ToolError) throw new HostFailure("bad_request", error.message, {}, { cause: error });
          const advice = "Its process is started again for the next ask.";
          throw new HostFailure("crashed", reasonOf(error), { advice }, { cause: error });
        }
      },
    };
  }

  tool({ declaration, access, traits, asks }: Manifest["tools"][number]): RunnableTool {
    const { name, parameters } = declaration;
    return {
      declaration,
      access,
      ...(traits === undefined ? {} : { traits }),
      ...(asks === undefined ? {} : { asks }),
      validate: (args, from = {}) => {
        const checked = validate(parameters as JsonSchema, args, from);
        return "faults" in checked ? checked : { value: checked.value as Readonly<Record<string, unknown>> };
      },
      run: async (input, context) => {
        const says = `The tool ${name}`;
        const asked: Asked = { what: "tool", name, input, root: context.workspace.root, context: plainOf(context) };
        const command = input.command === undefined ? null : wordsOf(input.command);
        const given = await this.ask(asked, {
          says,
          signal: context.signal,
          silenceMs: TOOL_SILENCE_MS,
          report: (line) => context.report(line.slice(0, LINE_CHARS)),
          port: (method, args, signal) => {
            const rights = { tool: name, access, command, programs: this.#plugin.granted().run };
            return askWorkspace(context.workspace, rights, method, args, signal);
          },
        });
        return resultOf(given, { name, access }, this.#manifest.plugin);
      },
    };
  }
}

/** What of a context crosses as it is: all but the project, its languages, the signal and the way to report. */
function plainOf(context: ToolContext): Readonly<Record<string, unknown>> {
  const { workspace: _workspace, languages: _languages, signal: _signal, report: _report, ...plain } = context;
  return plain;
}

function read<T>(form: z.ZodType<T>, value: unknown, says: string, wanted: string): T {
  const parsed = form.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new PluginFault(`${says} ${wanted}, but gave ${JSON.stringify(value)?.slice(0, 80) ?? "nothing"}.`);
}
