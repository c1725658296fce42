import { EMPTY, evolve } from "../../src/features/features.ts";
import type { Registry } from "../../src/features/registry.ts";
import type { State } from "../../src/features/state.ts";
import type { Ledger } from "./disk.ts";
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
import {
  heldTextsStayOut,
  messagesAreNotLost,
  messagesMoveForward,
  pausedIsStill,
  takenBackIsAsBefore,
} from "./laws_of_messages.ts";
import { deliveredWordsAreRead, headsStayTheSame } from "./laws_of_prompts.ts";
import { summariesAreBounded, summariesComeFirst } from "./laws_of_summaries.ts";
import {
  decisionsDoNotRepeat,
  refutedWorkIsTakenBack,
  specialistsKeepTheirPlace,
  tasksFollowTheTable,
  turnsKeepTheirBounds,
} from "./laws_of_work.ts";
import {
  broughtInOneByOne,
  draftsAreOfOneAttempt,
  keptIsWhatWasJudged,
  projectChangesByApplying,
  projectIsTheSumOfTheAccepted,
  refutedLeavesNothing,
  roundsAreBounded,
  savesAreNotOverwritten,
  verdictsAreOfTheWork,
  writesNameTheirPlace,
} from "./laws_of_workspaces.ts";
import type { Run } from "./simulation.ts";

/**
 * Walks through the log of a run and holds every law against every fact.
 *
 * @returns the state at the end of the walk
 */
export function uphold({ log, registry, ledger }: Pick<Run, "log" | "registry" | "ledger">): State {
  const laws = LAWS.map((make) => make(registry, ledger));
  let state = EMPTY;
  for (const fact of log) {
    const after = evolve(state, fact);
    for (const law of laws) law(state, fact, after);
    state = after;
  }
  return state;
}

const LAWS: readonly ((registry: Registry, ledger: Ledger) => Law)[] = [
  effectsOpenAndCloseOnce,
  nothingOpensAfterTheEnd,
  budgetsHold,
  reservesFit,
  oneWriterForAPath,
  messagesMoveForward,
  messagesAreNotLost,
  takenBackIsAsBefore,
  pausedIsStill,
  heldTextsStayOut,
  headsStayTheSame,
  deliveredWordsAreRead,
  tasksFollowTheTable,
  decisionsDoNotRepeat,
  turnsKeepTheirBounds,
  specialistsKeepTheirPlace,
  nothingOpensBesideOrphans,
  refutedWorkIsTakenBack,
  timeGoesOn,
  repliesAreInterpretedOnce,
  summariesAreBounded,
  summariesComeFirst,
  writesNameTheirPlace,
  projectChangesByApplying,
  broughtInOneByOne,
  verdictsAreOfTheWork,
  keptIsWhatWasJudged,
  refutedLeavesNothing,
  projectIsTheSumOfTheAccepted,
  draftsAreOfOneAttempt,
  savesAreNotOverwritten,
  roundsAreBounded,
];
