import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { Turn } from "./slice.ts";

/** Whether specialists may talk to each other in this run. */
export function mayTalk({ run: { info } }: State): boolean {
  return info?.talk !== "off";
}

/** Times that a turn may call a tool that talks to other roles; Infinity for any other tool. */
export function mostTalk(registry: Registry, name: string): number {
  return registry.tools[name]?.traits?.talks ?? Infinity;
}

/** Whether a turn has said to others what it may: talk must end, however often it is answered. */
export function isTalkedOut(registry: Registry, turn: Turn, name: string): boolean {
  const said = turn.exchange.filter((entry) => entry.from === "tool" && entry.ok && entry.name === name).length;
  return said >= mostTalk(registry, name);
}
