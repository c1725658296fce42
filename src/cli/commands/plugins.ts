import { basename, dirname } from "node:path";
import { oneLine } from "../../kernel/say.ts";
import { counted } from "../../kernel/text.ts";
import { isNothing, sayPermissions, unionOf, withoutThose } from "../../plugin/host/permissions.ts";
import type { PluginFailure } from "../../plugin/load.ts";
import type { Offer, Origin } from "../../plugin/offer.ts";
import { serverNamed } from "../../plugin/server_name.ts";
import { capabilitySources, loadCapabilities } from "../capabilities.ts";
import type { CliContext } from "../context.ts";
import { LOOK_TRUST, situationOf, trustNotes, waitingNotes } from "../situation.ts";
import { jsonLine } from "../../tell/json_line.ts";
import { wrappedColumns } from "../../tell/wrapped_columns.ts";

/** Flags of `plugins list`. */
export interface PluginsFlags {
  readonly project?: string;
  readonly config?: string;
  readonly trust: boolean;
  readonly json: boolean;
}

/** Most time that loading may take. */
const BOUND_MS = 120_000;
/** Cells of a line: what every terminal has. */
const WIDTH = 80;

/** A plugin as the table shows it. */
interface Row {
  readonly name: string;
  readonly origin: Origin;
  readonly version: string;
  readonly state: "ready" | "left out" | "waits";
  /** What it offers, or why it does not. */
  readonly says: string;
  /** What it asks for beyond the project's files, and whether it has it; empty where that is nothing. */
  readonly asks?: string;
}

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
  // What each may do is looked up below; nothing of them is called.
  await Promise.all(plugins.offers.map((offer) => offer.close?.()));
  const originOf = (path: string): Origin => path.startsWith(`${project}/`) ? "project" : "user";
  if (flags.json) {
    for (const offer of plugins.offers) {
      this.stdout.write(jsonLine({ type: "plugin", state: "ready", ...offered(offer) }));
    }
    for (const failure of plugins.failures) {
      this.stdout.write(
        jsonLine({ type: "plugin", ...leftOut(failure), path: failure.path, origin: originOf(failure.path) }),
      );
    }
    for (const path of plugins.untrusted) {
      this.stdout.write(jsonLine({ type: "plugin", state: "waits", name: nameOf(path), path, origin: originOf(path) }));
    }
    for (const text of notes) this.stdout.write(jsonLine({ type: "note", text }));
    return;
  }
  const rows: Row[] = [
    ...plugins.offers.map(readyRow),
    ...plugins.failures.map((failure): Row => ({
      ...leftOut(failure),
      origin: originOf(failure.path),
      version: "",
      says: firstWords(failure),
    })),
    ...plugins.untrusted.map((path): Row => ({
      name: nameOf(path),
      origin: originOf(path),
      version: "",
      state: "waits",
      says: "for your yes: autonomy trust",
    })),
  ];
  const cells = rows.flatMap(({ name, origin, version, state, says, asks = "" }) => [
    [name, origin, version || "-", state, says],
    ...(asks === "" ? [] : [["", "", "", "", asks]]),
  ]);
  this.stdout.write(wrappedColumns([["PLUGIN", "FROM", "VERSION", "STATE", "OFFERS, PERMISSIONS"], ...cells], WIDTH));
  const trust = newlyTrusted ? [`${project}: ${LOOK_TRUST}.`] : [];
  for (const note of [...waitingNotes(config), ...notes, ...trust]) this.stdout.write(`\n${note}\n`);
}

/** The word for a plugin that was not loaded: its file, or its folder. */
function nameOf(path: string): string {
  const file = basename(path);
  return file === "mod.ts" ? basename(dirname(path)) : file.replace(/\.\w+$/, "");
}

/** What is wrong, in a few words; all of it stands below the table. */
function firstWords({ path, text }: PluginFailure): string {
  return oneLine((text.split("\n")[0] ?? "").replace(`Plugin ${path} `, "").replaceAll(path, nameOf(path)));
}

function leftOut({ path, text }: PluginFailure) {
  return { name: nameOf(path), state: "left out", error: text } as const;
}

/** What a plugin offers, by kind. */
function offered(offer: Offer) {
  const { plugin, origin, path, version, specialists, tools, hosts, panes, commands, mcp, rules, settings } = offer;
  return {
    name: plugin,
    origin,
    path,
    hash: version,
    roles: specialists.map(({ role }) => role),
    tools: tools.map(({ declaration }) => declaration.name),
    hosts: hosts.map(({ kind }) => kind),
    panes: panes.map(({ id }) => id),
    commands: commands.map(({ name }) => name),
    servers: Object.keys(mcp).map(serverNamed),
    namedBy: offer.namedBy ?? null,
    rules: rules.length,
    settings: settings !== null,
    wants: sayPermissions(unionOf([offer.wants])),
    granted: sayPermissions(unionOf([offer.contained?.granted()])),
  };
}

/** Says what a plugin may do, and what of it waits for a person. */
function asksOf({ plugin, wants, contained }: Offer): string {
  const all = unionOf([wants]);
  if (contained === undefined || isNothing(all)) return "";
  const granted = unionOf([contained.granted()]);
  const waits = withoutThose(all, granted);
  return [
    ...(isNothing(granted) ? [] : [`may: ${sayPermissions(granted)}`]),
    ...(isNothing(waits) ? [] : [`not allowed yet: ${sayPermissions(waits)} (autonomy plugins allow ${plugin})`]),
  ].join("; ");
}

function readyRow(offer: Offer): Row {
  const { name, origin, hash, roles, tools, hosts, panes, commands, servers, namedBy, rules, settings } = offered(
    offer,
  );
  const says = [
    ...roles.map((role) => `role ${role}`),
    ...tools,
    ...hosts.map((kind) => `hosts of kind ${kind}`),
    ...panes.map((id) => `pane ${id}`),
    ...commands.map((command) => `/${command}`),
    ...servers,
    ...(namedBy === null ? [] : [`named by ${namedBy}`]),
    ...(rules === 0 ? [] : [counted(rules, "rule")]),
    ...(settings ? ["settings"] : []),
  ].join(", ");
  return { name, origin, version: hash, state: "ready", says: says === "" ? "nothing" : says, asks: asksOf(offer) };
}
