import { basename, dirname, join } from "node:path";
import { reasonOf } from "../kernel/reason_of.ts";
import { isMarkdown, isSpecialistFile } from "./markdown/markdown_specialists.ts";
import { withMarkdown } from "./markdown/with_markdown.ts";
import type { Offer, Origin } from "./offer.ts";
import { type Bounds, openInProcess, type OpenPlugin } from "./open_in_process.ts";
import { PluginRefused } from "./plugin_refused.ts";
import { isServers, serverNamed } from "./server_name.ts";

/** A folder that plugins lie in. */
export interface PluginFolder {
  /** Absolute path; a folder that does not exist holds no plugins. */
  readonly path: string;
  readonly origin: Origin;
  /** Plugins run inside this process and can do what it can: nothing is loaded from a folder that is not trusted. */
  readonly trusted: boolean;
  /** Whether it is for specialists written in Markdown alone: other files are passed over, and each of these is meant to be one. */
  readonly specialistsAlone?: boolean;
}

/** A plugin that is not offered, and why. */
export interface PluginFailure {
  readonly path: string;
  /** Sentences for people: what is wrong, where, and what to do. */
  readonly text: string;
}

/** Plugins that are opened at once: each may be a process that begins, and the bound of its loading leaves no time for many beside it. */
const MOST_AT_ONCE = 2;

/** Looks at a folder that changes meanwhile, before its error is told. */
const MOST_LOOKS = 3;

/** What the folders held. */
export interface LoadedPlugins {
  readonly offers: readonly Offer[];
  readonly failures: readonly PluginFailure[];
  /** Modules that wait for their folder to be trusted. */
  readonly untrusted: readonly string[];
}

/**
 * Loads every plugin of some folders: each file `*.ts`, `*.tsx`, `*.js`, `*.mjs`, each folder with a `mod.ts` and each Markdown file of a
 * specialist, by name; files that begin with `.` or `_` and tests are passed over. A plugin that is broken becomes a failure and stops no other. Names of plugins and of
 * what they offer are unique: the first folder wins. Roles are, within a folder: of two folders the later one's specialist plays.
 *
 * Modules run inside this process. A wait without end in a module is given up after the bound; a loop without end cannot be.
 * That is why folders that are not trusted are only listed. After a module was given up at its top-level await, the program has to
 * end by `Deno.exit`: when nothing else is open, Deno takes that await for an error of the whole program.
 *
 * @param folders folders in order of precedence, the built-in one first
 * @param options a signal that gives up, what counts the bound (the machine's clock where absent), and how a module is opened (in this
 *   process where absent)
 * @returns the offers in order, the failures, and what waits for trust
 * @throws the signal's reason when it is aborted
 */
export async function loadPlugins(
  folders: readonly PluginFolder[],
  options: Bounds & { readonly open?: OpenPlugin } = {},
): Promise<LoadedPlugins> {
  const { open = withMarkdown(openInProcess) } = options;
  const offers: Offer[] = [];
  const failures: PluginFailure[] = [];
  const untrusted: string[] = [];
  for (const folder of folders) {
    await mustGoOn(offers, options.signal);
    let paths: string[];
    try {
      paths = await modulesOf(folder);
    } catch (cause) {
      failures.push({
        path: folder.path,
        text: `The plugin folder ${folder.path} cannot be read: ${reasonOf(cause)}`,
      });
      continue;
    }
    if (!folder.trusted) {
      untrusted.push(...paths);
      continue;
    }
    const { origin } = folder;
    const opened = await openEach(paths, (path) => open({ path, origin, version: "" }, options), options.signal);
    for (const { path, offer, cause } of opened) {
      try {
        if (offer === null) throw cause;
        offers.push(mustFit(offer, offers));
      } catch (cause) {
        failures.push({ path, text: reasonOf(cause) });
        if (offer !== null) await closed([offer]);
      }
    }
  }
  await mustGoOn(offers, options.signal);
  return { offers, failures, untrusted };
}

/** Closes what was opened and throws the signal's reason once it is aborted. */
async function mustGoOn(offers: readonly Offer[], signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted !== true) return;
  await closed(offers);
  throw signal.reason;
}

/** Closes plugins; one that does not close well keeps no other from it. */
async function closed(offers: readonly Offer[]): Promise<void> {
  await Promise.allSettled(offers.map(async (offer) => await offer.close?.()));
}

/** A plugin that was opened, or why not. */
interface Opened {
  readonly path: string;
  readonly offer: Offer | null;
  readonly cause?: unknown;
}

/** Opens plugins, some side by side, and gives them in the order of their paths; a signal keeps those that did not begin from it. */
async function openEach(
  paths: readonly string[],
  open: (path: string) => Promise<Offer>,
  signal: AbortSignal | undefined,
): Promise<readonly Opened[]> {
  const opened: Opened[] = [];
  const left = paths.entries();
  const next = async () => {
    for (const [index, path] of left) {
      if (signal?.aborted === true) return;
      try {
        opened[index] = { path, offer: await open(path) };
      } catch (cause) {
        opened[index] = { path, offer: null, cause };
      }
    }
  };
  await Promise.all(Array.from({ length: MOST_AT_ONCE }, next));
  return opened.filter((one) => one !== undefined);
}

/**
 * Refuses an offer whose names cannot stand beside those of others.
 *
 * @param others what is offered beside it
 * @returns the offer
 * @throws {PluginRefused} where it offers a name twice, or one that is taken
 */
export function mustFit(offer: Offer, others: readonly Offer[]): Offer {
  const { path } = offer;
  const twice = namesOf(offer).filter((name, index, names) => names.indexOf(name) !== index);
  if (twice.length > 0) throw new PluginRefused(path, "offers a name twice", twice);
  const taken = takenNames(offer, others);
  if (taken.length > 0) throw new PluginRefused(path, "offers a name that is taken", taken);
  return offer;
}

/**
 * Lists the modules of plugins and the files of specialists in a folder; one that does not exist holds none.
 *
 * @returns absolute paths, sorted
 */
export async function modulesOf(folder: PluginFolder): Promise<string[]> {
  for (let looks = 1;; looks++) {
    try {
      return await modulesIn(folder);
    } catch (cause) {
      if (!(cause instanceof Deno.errors.NotFound) || looks === MOST_LOOKS) throw cause;
      if (!await exists(folder.path)) return [];
      // It was made, or something in it went, while it was looked at; or it is a link that leads nowhere.
    }
  }
}

async function modulesIn({ path: folder, specialistsAlone = false }: PluginFolder): Promise<string[]> {
  const modules: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    // A folder's own mod.ts would make one plugin of all that lie there.
    if (/^[._]|^mod\.ts$/.test(entry.name) || /(_test|\.d)\.tsx?$/.test(entry.name)) continue;
    const path = join(folder, entry.name);
    const kind = entry.isSymlink ? await targetOf(path) : entry;
    if (kind.isFile && isMarkdown(path)) {
      if (await isSpecialistFile(path, specialistsAlone)) modules.push(path);
    } else if (specialistsAlone) continue;
    else if (kind.isFile && /\.(tsx?|m?js)$/.test(entry.name)) modules.push(path);
    else if (kind.isDirectory && await isFile(join(path, "mod.ts"))) modules.push(join(path, "mod.ts"));
  }
  return modules.sort();
}

/** Names that are taken: of others in any folder, roles in its own alone. */
function takenNames(offer: Offer, others: readonly Offer[]): string[] {
  const names = namesOf(offer);
  const beyondFolder = namesOf({ ...offer, specialists: [] });
  return others.flatMap((other) => {
    const unique = folderOf(other) === folderOf(offer) ? names : beyondFolder;
    return namesOf(other).filter((name) => unique.includes(name)).map((name) => `${name} is offered by ${other.path}.`);
  });
}

/** The folder that a plugin lies in, as a file or as a folder of its own. */
function folderOf({ path }: Offer): string {
  return dirname(basename(path) === "mod.ts" ? dirname(path) : path);
}

/** Names that must be unique, each with its kind. */
function namesOf({ plugin, path, specialists, tools, hosts, panes, commands, mcp, namedBy }: Offer): string[] {
  // A server that a plugin names has the name from it.
  const servers = isServers({ path }) && namedBy === undefined ? [plugin] : Object.keys(mcp).map(serverNamed);
  return [
    // A specialist in Markdown is called like its role, which a later folder may offer anew.
    ...(isMarkdown(path) ? [] : [`plugin "${plugin}"`]),
    ...specialists.map(({ role }) => `role "${role}"`),
    ...tools.map(({ declaration }) => `tool "${declaration.name}"`),
    ...hosts.map(({ kind }) => `kind of host "${kind}"`),
    ...panes.map(({ id }) => `pane "${id}"`),
    ...commands.map(({ name }) => `command "/${name}"`),
    ...servers.map((name) => `MCP server "${name}"`),
  ];
}

/** What a link leads to; one that leads nowhere, round, or where nobody may look counts as a file, whose import says so. */
async function targetOf(path: string): Promise<{ readonly isFile: boolean; readonly isDirectory: boolean }> {
  try {
    return await Deno.stat(path);
  } catch {
    return { isFile: true, isDirectory: false };
  }
}

/** Whether a file stands there; one that cannot be looked at counts as one, whose import says so. */
async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (cause) {
    return !(cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return false;
    throw cause;
  }
}
