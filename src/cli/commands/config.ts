import type { Config } from "../config.ts";
import type { Setting } from "../setting.ts";
import { configJsonSchema } from "../config_schema.ts";
import type { CliContext } from "../context.ts";
import type { BoundFlags, CrewFlags, GitFlags } from "../run_flags.ts";
import { shownAddress } from "../../fleet/host_address.ts";
import { type Situation, situationOf, trustNotes, waitingNotes } from "../situation.ts";
import { reasonOf } from "../../kernel/reason_of.ts";
import type { Offer } from "../../plugin/offer.ts";
import { capabilitySources } from "../capabilities.ts";
import { knownPlugins } from "../known_plugins.ts";
import { strayNotes } from "../open_with_settings.ts";
import { safeJson } from "../../kernel/say.ts";
import { columns } from "../../tell/columns.ts";
import { jsonLine } from "../../tell/json_line.ts";
import { readTheme } from "../theme_file.ts";

/** Flags of `config`. */
export type ConfigFlags = CrewFlags & BoundFlags & GitFlags & { readonly json: boolean; readonly schema: boolean };

/** A value with its name and the place it came from. */
interface Row {
  readonly name: string;
  readonly value: unknown;
  readonly origin: string;
}

/**
 * Prints every configured value and where it comes from, or the schema of the file with the settings that plugins declare.
 *
 * @param flags what would be given to `run`; `schema` prints what may stand in a configuration file, whatever stands in one
 */
export default async function config(this: CliContext, flags: ConfigFlags): Promise<void> {
  if (flags.schema) {
    const { offers } = await pluginsFor(this, situationOf(this, flags, { withoutFiles: true }), false);
    const declared = offers.flatMap(({ plugin, settings }) => settings === null ? [] : [[plugin, settings] as const]);
    this.stdout.write(`${safeJson(configJsonSchema(Object.fromEntries(declared)), 2)}\n`);
    return;
  }
  const situation = situationOf(this, flags);
  const { offers, notes: left } = await pluginsFor(this, situation);
  const rows = [...rowsOf(situation.config), ...usualSettings(situation.config, offers)];
  if (flags.json) {
    for (const row of rows) this.stdout.write(jsonLine({ type: "setting", ...row }));
    return;
  }
  this.stdout.write(columns(rows.map(({ name, value, origin }) => [name, said(value), origin])));
  const files = situation.config.files.map(({ path, found }) => `${path}${found ? "" : " (not there)"}`);
  this.stdout.write(`\nRead: flags, environment, ${files.join(", ")}, defaults.\n`);
  this.stdout.write(`Project ${situation.project}: ${situation.trusted ? "trusted" : "not trusted"}.\n`);
  for (
    const note of [
      ...trustNotes(situation),
      ...waitingNotes(situation.config),
      ...themeNotes(this, situation.config),
      ...left,
    ]
  ) {
    this.stdout.write(`${note}\n`);
  }
}

/** What is wrong with the colours that are chosen: the screen then has those that it has without. */
function themeNotes({ environment }: CliContext, { theme }: Config): readonly string[] {
  return readTheme(environment, theme.value).faults.map((fault) => `Not used: the theme: ${fault}`);
}

/** Most time that loading plugins may take. */
const BOUND_MS = 60_000;

/** What plugins offer, whose settings are shown with the others. What is wrong with a plugin keeps nothing else from being shown. */
async function pluginsFor(
  context: CliContext,
  situation: Situation,
  configured = true,
): Promise<{ readonly offers: readonly Offer[]; readonly notes: readonly string[] }> {
  try {
    const sources = { ...capabilitySources(context, situation), signal: AbortSignal.timeout(BOUND_MS) };
    const plugins = await knownPlugins(sources, configured);
    // What they declare is known: none is called.
    await Promise.all(plugins.offers.map((offer) => offer.close?.()));
    const faults = plugins.failures.map(({ text }) => `Left out: ${text}`);
    return { offers: plugins.offers, notes: [...faults, ...strayNotes(situation.config, plugins)] };
  } catch (error) {
    return { offers: [], notes: [`Settings of plugins are not known: ${reasonOf(error)}`] };
  }
}

/** Settings of plugins that are as the plugin declares them, since nothing else is configured. */
function usualSettings({ settings }: Config, offers: readonly Offer[]): Row[] {
  return offers.flatMap(({ plugin, configured = {} }) =>
    Object.entries(configured).flatMap(([key, value]) =>
      settings[plugin]?.[key] === undefined ? [{ name: `settings.${plugin}.${key}`, value, origin: "default" }] : []
    )
  );
}

function rowsOf(config: Config): Row[] {
  const row = (name: string, setting: Setting<unknown>): Row => ({
    name,
    value: setting.value,
    origin: setting.origin,
  });
  return [
    row("mode", config.mode),
    ...Object.entries(config.hosts).map(([name, host]) =>
      row(`hosts.${name}`, { ...host, value: { ...host.value, url: shownAddress(host.value.url) } })
    ),
    ...(config.modelOfAll === null ? [] : [row("models of every role", config.modelOfAll)]),
    ...Object.entries(config.roles).flatMap(([role, settings]) =>
      Object.entries(settings).flatMap(([name, setting]: [string, Setting<unknown> | undefined]) =>
        setting === undefined ? [] : [row(`roles.${role}.${name}`, setting)]
      )
    ),
    config.checks === null ? { name: "checks", value: "detected", origin: "default" } : row("checks", config.checks),
    ...config.allow.map((allowed, index) => row(`allow[${index}]`, { ...allowed, value: allowed.value.join(" ") })),
    row("limits.tokens", config.limits.tokens),
    row("limits.turns", config.limits.turns),
    {
      name: "limits.seconds",
      value: config.limits.wallMs.value === null ? null : config.limits.wallMs.value / 1000,
      origin: config.limits.wallMs.origin,
    },
    ...Object.entries(config.bounds).map(([name, bound]) => row(`bounds.${name}`, bound)),
    ...Object.entries(config.sandbox).map(([name, setting]) => row(`sandbox.${name}`, setting)),
    row("screen_reader", config.screenReader),
    row("theme", config.theme),
    ...Object.entries(config.attention).map(([name, setting]) => row(`attention.${name}`, setting)),
    ...Object.entries(config.git).map(([name, setting]) => row(`git.${name}`, setting)),
    ...Object.entries(config.settings).flatMap(([plugin, settings]) =>
      Object.entries(settings).map(([key, setting]) => row(`settings.${plugin}.${key}`, setting))
    ),
    ...Object.entries(config.mcp).map(([name, { value: { name: _name, origin: _of, ...value }, origin }]) => ({
      name: `mcp.${name}`,
      value: value.url === undefined ? value : { ...value, url: shownAddress(value.url) },
      origin,
    })),
    ...config.plugins.map((folder, index) => row(`plugins[${index}]`, folder)),
  ];
}

function said(value: unknown): string {
  return typeof value === "string" ? value : value === null ? "none" : JSON.stringify(value);
}
