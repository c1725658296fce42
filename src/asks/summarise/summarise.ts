import type { AskKind } from "../../features/registry.ts";
import { isOver } from "../work/work.ts";
import { charsOfPart, composeSummary, INSTRUCTIONS } from "./compose_summary.ts";
import { readSummary } from "./read_summary.ts";
import { summaryOf } from "./slice.ts";
import { summaries } from "./summaries.ts";

/** Characters of the goal, the task and the words around the part. */
const AROUND = 1_200;

/** The beginning of a turn in few lines, so that the rest has room. */
export const summarise: AskKind = {
  purpose: "summarise",
  ability: null,
  isText: true,
  isExtra: true,
  prompt: composeSummary,
  chars(state, registry, ask) {
    const turn = state.turns.open[ask.turn ?? ""];
    const instructions = registry.prompts[INSTRUCTIONS]?.text.length ?? 0;
    if (turn === undefined) return instructions;
    return instructions + AROUND + charsOfPart(registry, turn, summaryOf(state, turn.id).summary, ask.summarises ?? 0);
  },
  read: readSummary,
  orphan: isOver,
  feature: summaries,
};
