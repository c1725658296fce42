import type { TellEffect } from "../../features/known.ts";
import { oneLine } from "../../kernel/say.ts";
import type { CheckEffect, CheckRound } from "./check_effect.ts";

/** How rounds of checks are told. */
export const checkTold: TellEffect<CheckEffect, CheckRound> = {
  started: ["key", "cause"],
  finished: ({ results, commands, ms }) => ({
    passed: results.filter(({ passed }) => passed).map(({ name }) => name),
    failing: results.filter(({ passed }) => !passed).map(({ name }) => name),
    commands,
    ms,
  }),
  lines({ results }) {
    if (results.length === 0) return ["checks: the project has none"];
    const failing = results.filter(({ passed }) => !passed).map(({ name }) => name);
    const passing = `checks: ${results.length - failing.length} of ${results.length} pass`;
    return [failing.length === 0 ? passing : `${passing}; failing: ${oneLine(failing.join(", "))}`];
  },
};
