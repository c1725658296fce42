import type { Languages } from "../../languages/language.ts";
import { isTestPath } from "../../languages/test_path.ts";
import { say } from "../../sentences/say.ts";
import { taskOf } from "../attempts/strategy_of.ts";
import type { Rule } from "../registry.ts";
import { plainPath } from "../rules.ts";

/**
 * Makes the rule that keeps tests and work apart: who writes a test for a criterion writes nothing else, and nobody else changes that test.
 *
 * @param languages by which tests are told
 */
export const criteriaRule = (languages: Languages): Rule => (state, effect, from) => {
  if (effect.kind !== "tool" || effect.access !== "writes") return null;
  const path = plainPath(state, effect.call.arguments.path);
  if (path === null) return null;
  if (Object.values(state.criteria.tests).some((test) => test.path === path)) {
    return { verdict: "refuse", reason: say(from, "criteria.own_test", { path }), path };
  }
  const turn = state.turns.open[effect.turn];
  const isTesting = turn !== undefined && taskOf(state, turn)?.kind === "test";
  return !isTesting || isTestPath(path, languages)
    ? null
    : { verdict: "refuse", reason: say(from, "criteria.only_tests", { path }), path };
};
