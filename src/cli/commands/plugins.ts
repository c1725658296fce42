import { counted } from "../../kernel/text.ts";
import { capabilitySources, loadCapabilities } from "../capabilities.ts";
import type { CliContext } from "../context.ts";
import { LOOK_TRUST, situationOf, trustNotes, waitingNotes } from "../situation.ts";
import { columns } from "../../tell/columns.ts";
import { jsonLine } from "../../tell/json_line.ts";

/** Flags of `plugins`. */
export interface PluginsFlags {
  readonly project?: string;
  readonly config?: string;
  readonly trust: boolean;
  readonly json: boolean;
}

/** Most time that loading may take. */
const BOUND_MS = 120_000;

/**
 * Lists the plugins, what each offers, and what was left out and why.
 *
 * @param flags the project and its trust
 */
export default async function plugins(this: CliContext, flags: PluginsFlags): Promise<void> {
  const situation = situationOf(this, flags);
  const { project, config, newlyTrusted } = situation;
  const { plugins, notes: left } = await loadCapabilities({
    ...capabilitySources(this, situation),
    signal: AbortSignal.timeout(BOUND_MS),
  });
  const notes = [...trustNotes(situation), ...left];
  const offered = plugins.offers.map(({ plugin, origin, path, specialists, tools, hosts, panes, commands, rules }) => ({
    name: plugin,
    origin,
    path,
    roles: specialists.map(({ role }) => role),
    tools: tools.map(({ declaration }) => declaration.name),
    hosts: hosts.map(({ kind }) => kind),
    panes: panes.map(({ id }) => id),
    commands: commands.map(({ name }) => name),
    rules: rules.length,
  }));
  if (flags.json) {
    for (const plugin of offered) this.stdout.write(jsonLine({ type: "plugin", ...plugin }));
    for (const text of notes) this.stdout.write(jsonLine({ type: "note", text }));
    return;
  }
  const rows = offered.map((plugin) => [
    plugin.name,
    plugin.origin,
    [
      ...plugin.roles.map((role) => `role ${role}`),
      ...plugin.tools,
      ...plugin.hosts.map((kind) => `hosts of kind ${kind}`),
      ...plugin.panes.map((id) => `pane ${id}`),
      ...plugin.commands.map((name) => `/${name}`),
      ...(plugin.rules === 0 ? [] : [counted(plugin.rules, "rule")]),
    ].join(", "),
  ]);
  this.stdout.write(columns([["PLUGIN", "FROM", "OFFERS"], ...rows]));
  const trust = newlyTrusted ? [`${project}: ${LOOK_TRUST}.`] : [];
  for (const note of [...waitingNotes(config), ...notes, ...trust]) this.stdout.write(`\n${note}\n`);
}
