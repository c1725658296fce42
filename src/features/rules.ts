import { isTestPath } from "../languages/test_path.ts";
import { isDocument } from "../languages/document.ts";
import { definesCheck } from "../languages/check.ts";
import type { Languages } from "../languages/language.ts";
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
 * Makes the rule that keeps the judges out of the work: an existing test that judges the present task is not changed to make it pass, unless
 * the goal names it.
 *
 * @param languages by which tests are told, and the files that say what is checked
 * @returns the rule
 */
export const testRule = (languages: Languages): Rule => (state, effect, from) => {
  if (effect.kind !== "tool" || effect.access !== "writes") return null;
  const clean = plainPath(state, effect.call.arguments.path);
  if (clean === null || state.run.info?.goal.includes(clean) === true) return null;
  const isTest = isTestPath(clean, languages);
  const judging = isTest
    ? (state.checks.first ?? []).some((result) => !result.passed && result.files.includes(clean))
    : state.checks.commands.some((command) => definesCheck(clean, command, languages));
  if (!judging) return null;
  if (state.run.info?.headless === true) {
    return {
      verdict: "refuse",
      reason: say(from, isTest ? "rules.judging_test" : "rules.judging_check", { path: clean }),
    };
  }
  return {
    verdict: "confirm",
    question: `May ${effect.role} change ${clean}, ${
      isTest ? "a test that judges" : "which says what judges"
    } its work?`,
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
function plainPath(state: State, path: unknown): string | null {
  if (typeof path !== "string") return null;
  const project = state.run.info?.project ?? "";
  const inside = project !== "" && path.startsWith(`${project}/`) ? path.slice(project.length) : path;
  return inside.split(/[\\/]/).filter((part) => part !== "" && part !== ".").join("/");
}
