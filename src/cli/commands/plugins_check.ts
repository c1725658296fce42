import { isAbsolute, join } from "node:path";
import { reasonOf } from "../../kernel/reason_of.ts";
import { typeCheck } from "../../plugin/live/type_check.ts";
import { mustFit } from "../../plugin/load.ts";
import { withMarkdown } from "../../plugin/markdown/with_markdown.ts";
import type { Offer, Origin } from "../../plugin/offer.ts";
import { buildRegistry } from "../../plugin/registry.ts";
import { jsonLine } from "../../tell/json_line.ts";
import { type Capabilities, type CapabilitySources, capabilitySources, loadCapabilities } from "../capabilities.ts";
import { pluginOpener } from "../known_plugins.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { situationOf } from "../situation.ts";

/** Flags of `plugins check`. */
export interface PluginsCheckFlags {
  readonly project?: string;
  readonly config?: string;
  readonly trust: boolean;
  readonly json: boolean;
}

/** Most time that all of it may take. */
const BOUND_MS = 120_000;

/**
 * Loads a plugin, compares its types with those of the door, runs its self-test and tries it beside all others; says everything that is
 * wrong at once. Its code runs as it would in a run.
 *
 * @param flags the project whose crew it would join
 * @param file its module, its folder, or the Markdown file of a specialist
 * @throws {CommandError} exit code 2 where there is no such file
 */
export default async function pluginsCheck(this: CliContext, flags: PluginsCheckFlags, file: string): Promise<void> {
  const path = await moduleOf(isAbsolute(file) ? file : join(this.folder, file));
  const situation = situationOf(this, flags);
  const signal = AbortSignal.timeout(BOUND_MS);
  const sources = { ...capabilitySources(this, situation), signal };
  const origin = path.startsWith(`${situation.project}/`) ? "project" : "user";
  const [types, { offer, faults }] = await Promise.all([typesOf(path, signal), opened(path, origin, sources)]);
  const beside = offer === null ? [] : await besideOthers(offer, sources);
  const all = [...new Set([...faults, ...types, ...beside])];
  await offer?.close?.();
  if (flags.json) {
    for (const text of all) this.stdout.write(jsonLine({ type: "fault", text }));
    this.stdout.write(jsonLine({ type: "result", path, right: all.length === 0, faults: all.length }));
  } else {
    this.stdout.write(all.length === 0 ? `${path} is right.\n` : `${path} is not right:\n\n${all.join("\n\n")}\n`);
  }
  if (all.length > 0) this.endWith(EXIT.config);
}

/** The module that a path names: itself, or that of its folder. */
async function moduleOf(path: string): Promise<string> {
  try {
    const real = await Deno.realPath(path);
    if (!(await Deno.stat(real)).isDirectory) return real;
    return await Deno.realPath(join(real, "mod.ts"));
  } catch (cause) {
    throw new CommandError(
      EXIT.usage,
      `There is no plugin at ${path}: ${reasonOf(cause)}. Name its file, or its folder with a mod.ts.`,
      { cause },
    );
  }
}

async function typesOf(path: string, signal: AbortSignal): Promise<readonly string[]> {
  if (!/\.tsx?$/.test(path)) return [];
  return (await typeCheck(path, signal)).map(({ place, text }) => `${place}: ${text}`);
}

async function opened(
  path: string,
  origin: Origin,
  sources: CapabilitySources,
): Promise<{ readonly offer: Offer | null; readonly faults: readonly string[] }> {
  try {
    const open = withMarkdown(pluginOpener(sources));
    return { offer: await open({ path, origin, version: "" }, { signal: sources.signal }), faults: [] };
  } catch (error) {
    return { offer: null, faults: [reasonOf(error)] };
  }
}

/** What is wrong with a plugin beside all others: names that are taken, tools and prompts that do not exist. */
async function besideOthers(offer: Offer, sources: CapabilitySources): Promise<readonly string[]> {
  let crew: Capabilities;
  try {
    crew = await loadCapabilities(sources);
  } catch (error) {
    return [reasonOf(error)];
  }
  const others = crew.plugins.offers.filter(({ path }) => path !== offer.path);
  const { prompts } = crew.registry;
  const { faults, notes } = buildRegistry({ offers: [...others, offer], prompts });
  const own = [...faults, ...notes].filter(({ place }) => place.startsWith(offer.path));
  const said = own.map(({ place, text }) => `${place}: ${text}`);
  try {
    mustFit(offer, others);
    return said;
  } catch (error) {
    return [reasonOf(error), ...said];
  }
}
