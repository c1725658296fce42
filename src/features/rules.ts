import { isDocument } from "../languages/document.ts";
import { oneLine } from "../kernel/say.ts";
import type { Registry, Rule } from "./registry.ts";
import type { State } from "./state.ts";
import { placeOf } from "./workspaces/place_of.ts";
import { say } from "../sentences/say.ts";

/**
 * Keeps two specialists off one file: a write is refused while another turn writes there. In copies of the project each has its own file.
 */
export const leaseRule: Rule = (state, effect, from) => {
  if (effect.kind !== "tool" || effect.access !== "writes") return null;
  const path = plainPath(state, effect.call.arguments.path);
  const workspace = placeOf(state, effect)?.workspace;
  const taken = path === null
    ? undefined
    : Object.values(state.effects.open).find(({ effect: other }) =>
      other.kind === "tool" && other.access === "writes" && other.turn !== effect.turn &&
      plainPath(state, other.call.arguments.path) === path && placeOf(state, other)?.workspace === workspace
    );
  return taken === undefined ? null : {
    verdict: "refuse",
    reason: say(from, "rules.taken", { path: path ?? "" }),
  };
};

/**
 * Keeps a turn that brings documents up to date to documents: the code was reviewed, and nobody looks at it again.
 */
export const documentRule: Rule = (state, effect, from) => {
  if (effect.kind !== "tool" || effect.access !== "writes") return null;
  const path = plainPath(state, effect.call.arguments.path);
  if (path === null || state.turns.open[effect.turn]?.purpose !== "document" || isDocument(path)) return null;
  return { verdict: "refuse", reason: say(from, "rules.no_document", { path }) };
};

/**
 * Asks before a call of a tool that says with which values of an argument it is free, where it has another.
 *
 * @param tools tools by name
 */
export function freeRule(tools: Registry["tools"]): Rule {
  return (_state, effect) => {
    const free = effect.kind === "tool" ? tools[effect.call.name]?.traits?.freeIf : undefined;
    if (effect.kind !== "tool" || free === undefined) return null;
    const value = effect.call.arguments[free.argument];
    if (typeof value === "string" && free.values.includes(value)) return null;
    return { verdict: "confirm", question: `May ${effect.role} call ${effect.call.name}: ${oneLine(String(value))}` };
  };
}

/** A path as the project's files are named, however it was written; null for what is none. Links are followed by who writes. */
export function plainPath(state: State, path: unknown): string | null {
  if (typeof path !== "string") return null;
  const project = state.run.info?.project ?? "";
  const inside = project !== "" && path.startsWith(`${project}/`) ? path.slice(project.length) : path;
  const parts: string[] = [];
  for (const part of inside.split(/[\\/]/)) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
