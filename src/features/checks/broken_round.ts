import type { CheckFact } from "../../effects/check/check_effect.ts";
import { causeOf, type Failing, isCutShort } from "../feature.ts";
import type { State } from "../state.ts";

/** Whether checks could not be executed at all: that is a result, too. One that was interrupted is due again. */
export function isFailedCheck(fact: Failing, before: State): boolean {
  return before.effects.open[fact.key]?.effect.kind === "check" && !isCutShort(fact);
}

/** The results of checks that could not be executed. */
export function brokenRound(fact: Failing): readonly CheckFact[] {
  return [{ name: "checks", passed: false, evidence: causeOf(fact), files: [] }];
}
