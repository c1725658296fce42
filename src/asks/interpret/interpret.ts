import type { AskKind } from "../../features/registry.ts";
import { charsOfSystem, charsOfTools } from "../../prompt/expected_chars.ts";
import { composeInterpretation, toolsForInterpreter } from "./compose_interpretation.ts";
import { interpreted } from "./held_arguments.ts";
import { interpreter } from "./interpreter.ts";
import { readInterpretation } from "./read_interpretation.ts";

/** Characters of its one instruction. */
const INSTRUCTION = 120;

/** The call that a reply means which nobody could read. */
export const interpret: AskKind = {
  purpose: "interpret",
  ability: "interpretation",
  isExtra: true,
  prompt: composeInterpretation,
  chars: (state, registry, ask) =>
    charsOfSystem(registry, ask, null) + INSTRUCTION + (interpreted(state, ask)?.meant.excerpt.length ?? 0) +
    charsOfTools(toolsForInterpreter(state, registry, ask)),
  read: readInterpretation,
  // Another model than the interpreter's is no better than the one that wrote the reply.
  models: ({ interpreter }) => interpreter === null ? null : [`${interpreter.model}@${interpreter.host}`],
  orphan: (state, ask) => state.interpreter === null || interpreted(state, ask) === null,
  // The corrective ask of the model itself says whether the budget is really spent.
  denied: (_state, _registry, { turn, interprets }, over) => [{
    type: "interpretation_skipped",
    turn,
    ask: interprets ?? "",
    reason: over.text,
  }],
  feature: interpreter,
};
