import type { AskKind, Registry } from "../../features/registry.ts";
import type { AskEffect } from "./ask_effect.ts";

/**
 * The kind of an ask.
 *
 * @throws where the registry knows none of its purpose: then the ask could not have been opened
 */
export function kindOfAsk(registry: Registry, { purpose, key }: AskEffect): AskKind {
  const kind = registry.asks[purpose];
  if (kind === undefined) throw new Error(`The registry has no kind of ask "${purpose}" for ${key}.`);
  return kind;
}
