import type { TellOf } from "../../features/known.ts";
import type { interpreterFacts } from "./facts.ts";

/** How the interpreter is told. */
export const interpreterTold: TellOf<keyof typeof interpreterFacts> = {
  interpreter_changed: { json: ["host", "model", "reason"] },
  interpretation_skipped: {
    json: ["turn", "ask", "reason"],
    parts: ({ ask, reason }, known) => [{
      of: known.effect(ask)?.of ?? [],
      text: `── ${ask} was not given to the interpreter\n${reason}`,
    }],
  },
};
