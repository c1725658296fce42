import type { WriteFact } from "../../effects/write_fact.ts";
import type { Fact } from "../fact.ts";

/** Writes of a file taken together: how it stood before the first, and after the last. */
export type SetupWrite = Pick<WriteFact, "path" | "before" | "after" | "modeBefore" | "modeAfter">;

/**
 * Finds what was written while a new project was set up, a file each.
 *
 * @param facts of a run, in their order
 */
export function setupWork(facts: Iterable<Fact>): readonly SetupWrite[] {
  const keys = new Set<string>();
  const found = new Map<string, SetupWrite>();
  for (const fact of facts) {
    if (fact.type === "effect_opened" && fact.effect.kind === "setup") keys.add(fact.effect.key);
    const writes = fact.type === "command_closed"
      ? fact.writes
      : fact.type === "write_closed" && fact.done
      ? [fact.write]
      : [];
    if (!("key" in fact) || !keys.has(fact.key)) continue;
    for (const write of writes) {
      const { before, modeBefore } = found.get(write.path) ?? write;
      found.set(write.path, { ...write, before, modeBefore });
    }
  }
  return [...found.values()].filter(({ before, after }) => before !== after);
}
