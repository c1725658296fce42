import { effects, facts, NOTHING } from "../../kernel/owed.ts";
import { bound, counted } from "../../kernel/text.ts";
import { isShownByCommands } from "../criteria/proofs.ts";
import { isGreen, repairedBy } from "../checks/judge_run.ts";
import type { OpenDecision } from "../decisions/slice.ts";
import type { Due } from "../registry.ts";
import type { State } from "../state.ts";
import { PROOF } from "./evidence.ts";
import { setupNote } from "../setup/setup_note.ts";
import { agreedNow, doubtsOf } from "./agreed.ts";
import { flipsNow, whereTheyFail } from "./slice.ts";

/** Characters of what a question shows. */
const MOST_SHOWN = 12_000;

/**
 * Says what is owed before a run whose checks are green can be judged: a look at its new tests on the old code, where nothing else shows the
 * work, and the person's yes to what only a person can judge.
 *
 * @param decision the one that ends the run
 * @returns null where nothing of that is owed
 */
export function dueEvidence(state: State, decision: OpenDecision): Due | null {
  const { evidence } = state;
  if (!isGreen(state)) return null;
  const isShown = repairedBy(state).length > 0 || isShownByCommands(state);
  if (!isShown && Object.keys(evidence.tests).length > 0 && flipsNow(evidence) === null) {
    const isOpen = Object.values(state.effects.open).some(({ effect }) => effect.kind === "flip");
    return isOpen
      ? NOTHING
      : effects({ kind: "flip", key: `${decision.id}.flip${state.effects.count}`, cause: decision.id });
  }
  const flips = isShown ? 0 : flipsNow(evidence)?.flips.length ?? 0;
  const asks = (flips > 0 || isShown) && (flips > 0 || doubtsOf(state).length > 0);
  if (!asks || agreedNow(state) !== null || state.run.info?.headless === true) return null;
  const id = `${PROOF}${decision.id}`;
  if (state.people.questions.some((question) => question.id === id)) return NOTHING;
  return facts({
    type: "question_asked",
    id,
    kind: "call",
    text: asked(state, flips),
    context: shown(state),
    turn: null,
  });
}

function asked(state: State, flips: number): string {
  const doubts = doubtsOf(state).join("; ");
  if (flips === 0) return `${doubts}. Do you take the checks for true all the same?`;
  const files = Object.keys(state.evidence.tests).join(", ");
  const also = doubts === "" ? "" : ` Beside: ${doubts}.`;
  const where = whereTheyFail(flipsNow(state.evidence));
  return `${counted(flips, "new check result")} of ${files} failed ${where} and ${
    flips === 1 ? "passes" : "pass"
  } now.${also} Is that what you wanted?`;
}

function shown(state: State): string {
  const parts = [
    setupNote(state).trim(),
    ...doubtsOf(state),
    ...Object.values(state.protection.unsure),
    state.evidence.flips?.shown ?? "",
  ];
  return bound(parts.filter((part) => part !== "").join("\n\n"), MOST_SHOWN);
}
