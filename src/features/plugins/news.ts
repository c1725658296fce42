import type { AnyFact, Place } from "../../kernel/fact.ts";
import type { Told } from "../../kernel/told.ts";
import { runTold } from "../run/told.ts";
import type { PluginNews } from "./slice.ts";
import { pluginsTold } from "./told.ts";

/** Most news that are kept. */
const KEPT_NEWS = 3;

/** What is news, by type of fact: in the words in which it is told. None of them is about what other facts name. */
const NEWS = {
  ...pluginsTold,
  configuration_changed: runTold.configuration_changed,
} as unknown as Readonly<Record<string, Told<AnyFact, null> | undefined>>;

/** Types of facts that say that something is wrong. */
const FAULTS: ReadonlySet<string> = new Set(["plugin_refused", "plugin_doubted", "plugin_rolled_back"]);

/**
 * Adds a fact to the news, where it is some.
 *
 * @param news what was kept so far
 * @param fact any fact
 */
export function newsWith(news: readonly PluginNews[], fact: AnyFact & Place): readonly PluginNews[] {
  const lines = NEWS[fact.type]?.lines?.(fact, null) ?? [];
  if (lines.length === 0) return news;
  const isFault = FAULTS.has(fact.type) || "faults" in fact && Array.isArray(fact.faults) && fact.faults.length > 0;
  return [...news, ...lines.map((text) => ({ seq: fact.seq, at: fact.at, text, isFault }))].slice(-KEPT_NEWS);
}
