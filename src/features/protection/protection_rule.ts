import type { Languages } from "../../languages/language.ts";
import { type Protection, protectionOf } from "../../languages/protection_of.ts";
import { say } from "../../sentences/say.ts";
import type { Registry, Rule } from "../registry.ts";
import type { Call } from "../../kernel/call.ts";
import { wishedRenames } from "../criteria/renames_in.ts";
import { plainPath } from "../rules.ts";
import type { State } from "../state.ts";

/**
 * Makes the rule that keeps what judges the work out of it: a protected file is changed by a person's yes alone, whether the goal names it or
 * not, but for a name that the goal itself changes. New tests are free: they count once they are seen to tell the old code from the new.
 *
 * @param languages by which such files are told
 * @param tools of which one may give names
 * @returns the rule
 */
export const protectionRule = (languages: Languages, tools: Registry["tools"]): Rule => (state, effect, from) => {
  if (effect.kind !== "tool" || effect.access !== "writes") return null;
  const path = plainPath(state, effect.call.arguments.path);
  const as = path === null ? null : judging(state, path, languages);
  if (path === null || as === null) return null;
  if (as === "test" && tools[effect.call.name]?.traits?.edits === "names" && isWished(state, effect.call)) return null;
  if (state.run.info?.headless === true) {
    const sentence = as === "test" ? "rules.judging_test" : "rules.judging_check";
    return { verdict: "refuse", reason: say(from, sentence, { path }), path };
  }
  return {
    verdict: "confirm",
    question: as === "test"
      ? `May ${effect.role} change ${path}, a test that judges its work?`
      : `May ${effect.role} change ${path}, which says what judges its work?`,
  };
};

/** Whether a call gives what is there the name that the goal wants; before a verdict a file in which it did more is put back. */
function isWished(state: State, { arguments: { from, to } }: Call): boolean {
  return wishedRenames(state).some((one) => one.from === from && one.to === to);
}

/** How a file judges the work; null also for a test that this run made. */
function judging(state: State, path: string, languages: Languages): Protection | null {
  const standing = state.protection.files?.[path] ?? sameName(state, path);
  if (standing !== undefined) return standing.as === "inside" ? null : standing.as;
  const as = protectionOf(path, languages, state.protection.files !== null);
  // Nobody looked yet: a test that is there judges.
  return as === "test" && state.protection.files !== null ? null : as;
}

/** A protected file whose name differs in case alone: some file systems take both for one. */
function sameName(state: State, path: string): { readonly as: Protection | "inside" } | undefined {
  const name = path.toLowerCase();
  return Object.values(state.protection.files ?? {}).find((file) => file.path.toLowerCase() === name);
}
