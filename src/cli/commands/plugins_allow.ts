import { nearName } from "../../mediate/near_name.ts";
import { Grants } from "../../plugin/host/grants.ts";
import { isNothing, sayPermissions, unionOf } from "../../plugin/host/permissions.ts";
import type { Offer } from "../../plugin/offer.ts";
import { capabilitySources } from "../capabilities.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { knownPlugins } from "../known_plugins.ts";
import { stateHome } from "../places.ts";
import { situationOf } from "../situation.ts";

/** Flags of `plugins allow` and `plugins revoke`. */
export interface PluginsAllowFlags {
  readonly project?: string;
  readonly config?: string;
}

/** Most time that loading may take. */
const BOUND_MS = 120_000;

/**
 * Gives a plugin the permissions that it asks for.
 *
 * @param flags the project
 * @param name its name
 * @throws {CommandError} exit code 2 where there is no such plugin, or it runs inside this program
 */
export async function allow(this: CliContext, flags: PluginsAllowFlags, name: string): Promise<void> {
  const offer = await pluginOf(this, flags, name);
  const wants = unionOf([offer.wants]);
  if (offer.contained === undefined) {
    throw new CommandError(
      EXIT.usage,
      `The plugin ${name} comes with Autonomy, or is no code: it needs no permission.`,
    );
  }
  if (isNothing(wants)) {
    return this.stdout.write(`${name} asks for nothing: it works within the project's files alone.\n`);
  }
  const { path, origin, contained: { hash } } = offer;
  grantsOf(this).allow({ path, origin, hash }, wants);
  const until = origin === "project" ? "until its files change" : "until you take it back";
  this.stdout.write(`${name} may do this, ${until}: it ${sayPermissions(wants)}.\n`);
}

/**
 * Takes back the permissions that a plugin was given.
 *
 * @param flags the project
 * @param name its name
 * @throws {CommandError} exit code 2 where there is no such plugin
 */
export async function revoke(this: CliContext, flags: PluginsAllowFlags, name: string): Promise<void> {
  const { path } = await pluginOf(this, flags, name);
  const had = grantsOf(this).revoke(path);
  this.stdout.write(had ? `${name} has no permission any more.\n` : `${name} had no permission.\n`);
}

function grantsOf({ environment }: CliContext): Grants {
  return new Grants(stateHome(environment));
}

async function pluginOf(context: CliContext, flags: PluginsAllowFlags, name: string): Promise<Offer> {
  const situation = situationOf(context, { ...flags, trust: false });
  const sources = { ...capabilitySources(context, situation), signal: AbortSignal.timeout(BOUND_MS) };
  // What it asks for is known without its settings.
  const { offers } = await knownPlugins(sources, false);
  await Promise.all(offers.map((offer) => offer.close?.()));
  const found = offers.find(({ plugin }) => plugin === name);
  if (found !== undefined) return found;
  const names = offers.filter(({ origin }) => origin !== "built-in").map(({ plugin }) => plugin);
  const near = nearName(name, names);
  throw new CommandError(
    EXIT.usage,
    `There is no plugin ${JSON.stringify(name)} that could be loaded.${near === null ? "" : ` Did you mean ${near}?`} ${
      names.length === 0 ? "None is yours or the project's." : `There are ${names.join(", ")}.`
    }`,
  );
}
