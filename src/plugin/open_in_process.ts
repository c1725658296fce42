// The door is part of the program: what it needs is fetched with it, and not when a plugin is loaded. Nothing else is imported here that a
// plugin's own process, which begins with this, could do without.
import "./mod.ts";
import { filePath, fileUrl } from "../kernel/file_url.ts";
import { reasonOf } from "../kernel/reason_of.ts";
import { safe } from "../kernel/say.ts";
import { byTheClock, type Timer } from "../ports/timer.ts";
import { type Offer, offerOf, type OfferPlace } from "./offer.ts";
import type { Plugin } from "./plugin.ts";
import { PluginRefused } from "./plugin_refused.ts";
import { isPlugin, shapeFaults } from "./shape.ts";

/** Time a module has for loading, and a self-test for running, in milliseconds. */
export const LOAD_BOUND_MS = 5000;

/** What ends a wait for a plugin. */
export interface Bounds {
  readonly signal?: AbortSignal;
  readonly timer?: Timer;
}

/** Opens the module of a plugin: looks at its form, runs its self-test, and says what it offers. Rejects with a sentence for people. */
export type OpenPlugin = (place: OfferPlace, bounds: Bounds) => Promise<Offer>;

/**
 * Opens a plugin in this process, from where it lies: loads its module, looks at its form and runs its self-test.
 *
 * @param place the plugin
 * @returns what it offers
 * @throws {PluginRefused} where it cannot be used; the signal's reason when it is aborted
 */
export const openInProcess: OpenPlugin = async (place, bounds) => {
  const refused: Refused = (what, details, cause) => new PluginRefused(place.path, what, details, { cause });
  const value = await exportOf(place.path, bounds, refused);
  bounds.signal?.throwIfAborted();
  if (value === undefined) {
    throw refused("has no default export", ["Write: export default definePlugin({ name: …, tools: […] })."]);
  }
  if (!isPlugin(value)) throw refused("cannot be used as it is written", shapeFaults(value));
  await mustPass(value, bounds, refused);
  return offerOf(value, place);
};

type Refused = (what: string, details: readonly string[], cause?: unknown) => PluginRefused;

/** What a module exports by default. */
async function exportOf(path: string, bounds: Bounds, refused: Refused): Promise<unknown> {
  try {
    const module: { readonly default?: unknown } = await bounded(import(fileUrl(path)), bounds);
    return module.default;
  } catch (cause) {
    if (!(cause instanceof OutOfTime)) throw refused("does not load", [loadFault(cause, path)], cause);
    const text = `waits without end: it had not loaded after ${LOAD_BOUND_MS / 1000} s`;
    throw refused(text, ["Look for an await at the top of the module that is never fulfilled."], cause);
  }
}

async function mustPass(plugin: Plugin, bounds: Bounds, refused: Refused): Promise<void> {
  try {
    const tools = new Map((plugin.tools ?? []).map((tool) => [tool.name, tool]));
    await bounded(Promise.resolve().then(() => plugin.selfTest?.(tools)), bounds);
  } catch (cause) {
    if (!(cause instanceof OutOfTime)) throw refused("fails its own self-test", [reasonOf(cause)], cause);
    throw refused(`has a self-test that had not ended after ${LOAD_BOUND_MS / 1000} s`, [], cause);
  }
}

class OutOfTime extends Error {}

/** Waits for a promise until a bound or a signal; what it was waiting for may go on, nothing listens to it any more. */
async function bounded<Value>(work: Promise<Value>, { signal, timer = byTheClock }: Bounds): Promise<Value> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const callOff = timer(LOAD_BOUND_MS, () => reject(new OutOfTime()));
  const abort = () => reject(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work, ended]);
  } finally {
    callOff();
    signal?.removeEventListener("abort", abort);
  }
}

/** What an import said, with the place in the file where the error's own text lacks it. */
function loadFault(cause: unknown, path: string): string {
  // Deno colours what it says of a module that is missing.
  const text = safe(reasonOf(cause)).replaceAll(/file:\/\/\S+?(?=:\d+:\d+|["'\s]|$)/g, (url) => filePath(url));
  if (!(cause instanceof Error) || text.includes(`${path}:`)) return text;
  const place = (cause.stack ?? "").match(/file:\/\/[^\s):]+:\d+:\d+/g)?.find((at) => at.startsWith(fileUrl(path)));
  return place === undefined ? text : `${text} (${path}${place.slice(fileUrl(path).length)})`;
}
