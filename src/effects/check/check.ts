import { bound, INLINE_CHARS } from "../../kernel/text.ts";
import type { EffectKind } from "../effect_kind.ts";
import { textOf } from "../stored_text.ts";
import { CheckEffect, CheckRound } from "./check_effect.ts";
import { checkTold } from "./told.ts";

/** Bound of one round of checks, ms. */
const CHECK_MS = 900_000;

/** Executes the project's checks. */
export const check: EffectKind<CheckEffect, CheckRound> = {
  schema: CheckEffect,
  result: CheckRound,
  says: () => "executing the checks",
  tell: checkTold,
  async perform(_effect, { workspace, blobs, now }, signal) {
    const began = now();
    const report = await workspace.check(AbortSignal.any([signal, AbortSignal.timeout(CHECK_MS)]));
    signal.throwIfAborted();
    return {
      kind: "check",
      results: report.results.map((result) => ({
        ...result,
        evidence: bound(result.evidence, INLINE_CHARS),
        files: [...result.files],
      })),
      commands: [...report.commands],
      output: textOf(report.output, blobs),
      ms: now() - began,
      ...(report.hung ? { hung: true } : {}),
    };
  },
};
