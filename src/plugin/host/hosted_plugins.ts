import type { Bounds, OpenPlugin } from "../open_in_process.ts";
import type { Offer, OfferPlace } from "../offer.ts";
import { Grants } from "./grants.ts";
import { hostedOffer } from "./hosted_offer.ts";
import { type HostedOptions, HostedPlugin } from "./hosted_plugin.ts";
import type { Manifest } from "./manifest.ts";
import { Manifests } from "./manifests.ts";
import { permissionFaults, unionOf } from "./permissions.ts";
import { readPluginFiles } from "../plugin_files.ts";

/** What opens plugins that do not come with the program. */
export interface HostedPlugins {
  /** Opens one: what is known of it is offered without its process, which the first call starts. */
  readonly open: OpenPlugin;
  /** Which permissions a person gave. */
  readonly grants: Grants;
}

/**
 * Lets each plugin run in a process of its own, with the permissions that it asked for and a person gave: what it does wrong costs a call. A
 * process is started by the first call, ended after a minute without one, and started again when it crashed, at once the first time, then
 * after 1 s, 2 s and so on, up to 30 s.
 *
 * @param options where things are kept; `program` is the version of this program, `kinds` are the kinds of hosts that come with it
 */
export function hostedPlugins(
  options: HostedOptions & { readonly program: string; readonly kinds: readonly string[] },
): HostedPlugins {
  const grants = new Grants(options.state);
  const manifests = new Manifests(options.state, options.program);
  const open = async (place: OfferPlace, { signal, timer }: Bounds): Promise<Offer> => {
    const files = readPluginFiles(place.path, place.origin === "project" ? options.project : null);
    const { hash } = files;
    const grantee = { path: place.path, origin: place.origin, hash };
    const plugin = new HostedPlugin(files, grantee, grants, { timer, ...options });
    const known = manifests.of(hash);
    const manifest = known ?? await plugin.look(signal);
    refuseBeyond(manifest, place, options.kinds);
    if (known === null) manifests.keep(hash, manifest);
    plugin.know(manifest);
    return hostedOffer(plugin, manifest, { ...place, version: files.version }, hash);
  };
  return { open, grants };
}

/** Refuses what a plugin with a process of its own cannot bring. */
function refuseBeyond({ hosts, rules, wants }: Manifest, { path, origin }: OfferPlace, known: readonly string[]): void {
  const faults = [...permissionFaults(unionOf([wants]))];
  if (hosts.length > 0 && origin === "project") {
    faults.push(
      "hosts: a project's plugins bring none, since all that is said to a model goes through its host; put the plugin into your own plugin folder",
    );
  }
  for (const kind of hosts.filter((one) => known.includes(one))) {
    faults.push(`hosts: the kind "${kind}" comes with Autonomy; give yours another name`);
  }
  if (rules > 0 && origin === "project") {
    faults.push("rules: a project's plugins bring none; put the plugin into your own plugin folder");
  }
  if (faults.length === 0) return;
  throw new Error(
    [`Plugin ${path} cannot be used as it is written.`, ...faults, "Fix the file, or move it out of the folder."]
      .join("\n  "),
  );
}
