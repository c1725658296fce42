import type { DecisionKind } from "../features/registry.ts";
import { answerUser } from "./answer_user.ts";
import { changePhase } from "./change_phase.ts";
import { consult } from "./consult.ts";
import { continueCurrentPhase } from "./continue_current_phase.ts";
import { finish } from "./finish.ts";
import { requestUserInput } from "./request_user_input.ts";

/** The kinds of decisions that come with Autonomy, in the order in which the arbiter is told of them. */
export const DECISIONS: readonly DecisionKind[] = [
  consult,
  changePhase,
  requestUserInput,
  continueCurrentPhase,
  answerUser,
  finish,
];
