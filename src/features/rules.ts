import { isDocument } from "../languages/document.ts";
import type { Rule } from "./registry.ts";
import type { State } from "./state.ts";
import { say } from "../sentences/say.ts";

/**
 * Keeps two specialists off one file: a write is refused while another turn writes there.
 */
export const leaseRule: Rule = (state, effect, from) => {
  if (effect.kind !== "tool" || effect.access !== "writes") return null;
  const path = plainPath(state, effect.call.arguments.path);
  const taken = path === null
    ? undefined
    : Object.values(state.effects.open).find(({ effect: other }) =>
      other.kind === "tool" && other.access === "writes" && other.turn !== effect.turn &&
      plainPath(state, other.call.arguments.path) === path
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

/**
 * Makes the rule for commands: those of the list are free, any other asks.
 *
 * @param allowed commands, each as its words; a command is free when it begins with one of them
 * @returns the rule
 */
export function commandRule(allowed: readonly (readonly string[])[]): Rule {
  return (_state, effect) => {
    if (effect.kind !== "tool" || effect.access !== "runs" || effect.call.arguments.command === undefined) return null;
    const words = wordsOf(effect.call.arguments.command);
    const free = allowed.some((one) => one.length > 0 && one.every((word, index) => words[index] === word));
    return free ? null : { verdict: "confirm", question: `May ${effect.role} run: ${words.join(" ")}` };
  };
}

/** A call whose shape a grammar forced is no proof of intent: what cannot be undone asks first. */
export const forcedRule: Rule = (_state, effect) =>
  effect.kind === "tool" && effect.access === "runs" && effect.call.forced === true &&
    effect.call.arguments.command !== undefined
    ? {
      verdict: "confirm",
      question: `The model server forced the shape of this call. May ${effect.role} run ${
        wordsOf(effect.call.arguments.command).join(" ")
      }`,
    }
    : null;

/**
 * Splits a command into its words as a shell would, without a shell: at blanks, with '…' and "…" inside words, and \ before one character.
 * What rules judge and what runs are these words, so there is no other way to split.
 *
 * @param command words, or one line; a list with one item that holds blanks counts as a line
 * @returns the words
 */
export function wordsOf(command: unknown): string[] {
  const items = Array.isArray(command) ? command.map(String) : [String(command)];
  const [line = ""] = items;
  if (items.length !== 1 || (Array.isArray(command) && !/\s/.test(line))) return items;
  const words = line.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\]|["'\\])+/gs) ?? [];
  return words.map((word) =>
    word.replaceAll(
      /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/gs,
      (_all, double?: string, single?: string, one?: string) =>
        double?.replaceAll(/\\(["\\$`])/g, "$1") ?? single ?? one ?? "",
    )
  );
}
