import type { Stamped } from "../../src/features/fact.ts";
import { EMPTY, evolve } from "../../src/features/features.ts";
import type { Registry } from "../../src/features/registry.ts";
import type { State } from "../../src/features/state.ts";
import type { Law } from "./law.ts";
import { budgetsHold, reservesFit } from "./laws_of_budgets.ts";
import {
  effectsOpenAndCloseOnce,
  nothingOpensAfterTheEnd,
  nothingOpensBesideOrphans,
  oneWriterForAPath,
  timeGoesOn,
} from "./laws_of_effects.ts";
import { repliesAreInterpretedOnce } from "./laws_of_interpretation.ts";
import { heldTextsStayOut, messagesMoveForward } from "./laws_of_messages.ts";
import { deliveredWordsAreRead, headsStayTheSame } from "./laws_of_prompts.ts";
import { summariesAreBounded, summariesComeFirst } from "./laws_of_summaries.ts";
import {
  decisionsDoNotRepeat,
  refutedWorkIsTakenBack,
  tasksFollowTheTable,
  turnsKeepTheirBounds,
} from "./laws_of_work.ts";

/**
 * Walks through a log and holds every law against every fact.
 *
 * @param log all facts of a run
 * @param registry its crew
 * @returns the state at the end of the walk
 */
export function uphold(log: readonly Stamped[], registry: Registry): State {
  const laws = LAWS.map((make) => make(registry));
  let state = EMPTY;
  for (const fact of log) {
    const after = evolve(state, fact);
    for (const law of laws) law(state, fact, after);
    state = after;
  }
  return state;
}

const LAWS: readonly ((registry: Registry) => Law)[] = [
  effectsOpenAndCloseOnce,
  nothingOpensAfterTheEnd,
  budgetsHold,
  reservesFit,
  oneWriterForAPath,
  messagesMoveForward,
  heldTextsStayOut,
  headsStayTheSame,
  deliveredWordsAreRead,
  tasksFollowTheTable,
  decisionsDoNotRepeat,
  turnsKeepTheirBounds,
  nothingOpensBesideOrphans,
  refutedWorkIsTakenBack,
  timeGoesOn,
  repliesAreInterpretedOnce,
  summariesAreBounded,
  summariesComeFirst,
];
