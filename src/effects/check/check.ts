import { changingNames, mayChange, withSteadyNames } from "../../features/checks/changing_names.ts";
import { bound, INLINE_CHARS } from "../../kernel/text.ts";
import { protectionOf } from "../../languages/protection_of.ts";
import { differenceOf } from "../difference.ts";
import type { EffectKind } from "../effect_kind.ts";
import { textOf } from "../stored_text.ts";
import { CheckEffect, CheckRound } from "./check_effect.ts";
import { holdingIn } from "./holding.ts";
import { judgedRound } from "./judged_round.ts";
import { protect } from "./protect.ts";
import { checkTold } from "./told.ts";

/** Bound of one round of checks, ms. */
const CHECK_MS = 900_000;

/** Characters of the difference of a file that changed meanwhile. */
const MOST_SHOWN = 3_000;

/** Executes the project's checks, what judges the work standing as it was when the run began. */
export const check: EffectKind<CheckEffect, CheckRound> = {
  schema: CheckEffect,
  result: CheckRound,
  says: () => "executing the checks",
  tell: checkTold,
  async perform(_effect, { state, registry, workspace, blobs, note, now }, signal) {
    const began = now();
    const { languages } = registry;
    const until = AbortSignal.any([signal, AbortSignal.timeout(CHECK_MS)]);
    const standing = await protect({ state, languages, workspace, blobs, note }, until);
    const habits = state.checks.first === null ? null : new Set(state.protection.habits);
    const isProtected = (path: string) => protectionOf(path, languages, true) === "loaded";
    const judging = { workspace, standing, habits, changing: state.checks.changing, isProtected, signal: until };
    const judged = await judgedRound(registry, judging);
    const { report, touched, lost, unsure } = judged;
    // A second look is taken only before any work, where names are such, and where the time allows.
    const changing = habits === null && !report.hung && mayChange(judged.results) && now() - began < CHECK_MS / 3
      ? changingNames(judged.results, (await judgedRound(registry, judging)).results)
      : [];
    const results = withSteadyNames(judged.results, changing);
    signal.throwIfAborted();
    for (const path of unsure) {
      const file = workspace.stateOf(path);
      const as = protectionOf(path, languages) ?? "loaded";
      const moved = file === null ? null : { path, ...file, as };
      const text = (hash: string | undefined) =>
        hash === undefined ? "" : new TextDecoder().decode(blobs.getBlob(hash));
      const difference = () =>
        bound(differenceOf(path, text(standing.files[path]?.hash), text(file?.hash), 2), MOST_SHOWN);
      note({ type: "protection_moved", path, file: moved, ...(habits === null ? {} : { unsure: difference() }) });
    }
    const holding = holdingIn(state, languages, blobs);
    // What the first round changes again and again, it changes because the checks are so.
    const found = habits === null ? report.changed.filter((path) => !unsure.includes(path)) : [];
    return {
      kind: "check",
      results: results.map((result) => ({ ...result, evidence: bound(result.evidence, INLINE_CHARS) })),
      commands: [...report.commands],
      output: textOf(report.output, blobs),
      ms: now() - began,
      ...(report.hung ? { hung: true } : {}),
      ...(found.length === 0 ? {} : { habits: found }),
      ...(changing.length === 0 ? {} : { changing: [...changing] }),
      ...(touched.length === 0 || habits === null ? {} : { touched: [...touched] }),
      ...(lost.length === 0 || habits === null ? {} : { lost: [...lost] }),
      ...(standing.putBack.length === 0 ? {} : { putBack: [...standing.putBack] }),
      ...(standing.newTests.length === 0
        ? {}
        : { newTests: standing.newTests.map(({ path, hash }) => ({ path, hash })) }),
      ...(holding.length === 0 ? {} : { holding }),
      ...(unsure.length === 0 ? {} : { unsure: [...unsure] }),
    };
  },
};
