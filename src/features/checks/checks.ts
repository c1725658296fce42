import type { CheckFact } from "../../effects/check/check_effect.ts";
import { effects, NOTHING, WAITING } from "../../kernel/owed.ts";
import { defineFeature, isCutShort, onFailure } from "../feature.ts";
import type { State } from "../state.ts";
import { brokenRound, isFailedCheck } from "./broken_round.ts";
import { writtenBy } from "../attempts/written_by.ts";
import { judgedAttempt } from "../attempts/judged_attempt.ts";
import { makesStale } from "../files/slice.ts";
import { type ChecksSlice, failing } from "./slice.ts";

/** What the project's checks said first and last; before anything else they say how the project stands. */
export const checks = defineFeature<ChecksSlice>({
  name: "checks",
  empty: { first: null, latest: null, changing: [], course: [], stale: false, commands: [], ms: 0 },
  on: {
    effect_finished(own, { key, result }, before) {
      if (result.kind === "take_back") return takenBack(own, before, key, result.left.length > 0);
      // The work that was judged does not stand there any more.
      if (result.kind === "flip" && (result.left ?? []).length > 0) return { ...own, stale: true };
      if (result.kind === "apply") return broughtIn(own, before, key, result.moved);
      if (result.kind === "later") return laterRan(own, before, key);
      if (result.kind !== "check") return own;
      // What is said of a draft is said of the project once that stands there.
      if (isOfDraft(before, key)) return own;
      const { results, commands } = result;
      // A check that hung is no slow one: what it took is the bound, and what comes next may be quick.
      const ms = result.hung === true ? own.ms : result.ms;
      const changing = own.first === null ? result.changing ?? [] : own.changing;
      const stale = (result.unsure ?? []).length > 0;
      const course = withRound(own.course, results);
      return { first: own.first ?? results, latest: results, changing, course, stale, commands, ms };
    },
    ...onFailure<ChecksSlice>((own, fact, before) => {
      if (isFailedCheck(fact, before)) {
        if (isOfDraft(before, fact.key)) return own;
        // Not what a run is measured by: tried once more, and then the start counts as unknown.
        const first = own.first ?? (own.latest === null ? null : []);
        return { ...own, first, latest: brokenRound(fact), stale: false, commands: [], ms: 0 };
      }
      const effect = before.effects.open[fact.key]?.effect;
      if (effect?.kind === "later") return laterRan(own, before, fact.key);
      const broken = effect?.kind === "take_back" && !isCutShort(fact) &&
        writtenBy(before, effect.attempt) !== null;
      return broken ? { ...own, stale: true } : own;
    }),
    files_moved: (own) => ({ ...own, stale: true }),
    // What is written in a copy of the project changes nothing in the project, about which these results are.
    write_closed: (own, { key, done, workspace }, before) =>
      done && workspace === undefined ? written(own, before, key) : own,
    command_closed: (own, { key, writes, workspace }, before) =>
      writes.length > 0 && workspace === undefined ? written(own, before, key) : own,
  },
  due(state) {
    if (state.checks.first !== null) return NOTHING;
    const open = Object.values(state.effects.open).some(({ effect }) => effect.kind === "check");
    if (open) return WAITING;
    return { ...effects({ kind: "check", key: `run.check${state.effects.count}`, cause: "first" }), waits: true };
  },
});

/** Rounds that are kept of the course of a run. */
const MOST_ROUNDS = 32;

function withRound(course: ChecksSlice["course"], results: readonly CheckFact[] | null): ChecksSlice["course"] {
  if (results === null || results.length === 0) return course;
  return [...course, { passed: results.length - failing(results).length, of: results.length }].slice(-MOST_ROUNDS);
}

/** Whether a round of checks is of an attempt that works in a copy of the project. */
function isOfDraft(before: State, key: string): boolean {
  const effect = before.effects.open[key]?.effect;
  const judged = effect?.kind === "check" ? judgedAttempt(before, effect.cause) : null;
  return judged !== null && before.attempts.open[judged]?.workspace !== null;
}

/** Once all of an attempt stands in the project, that is what was judged. */
function broughtIn(own: ChecksSlice, before: State, key: string, moved: readonly string[]): ChecksSlice {
  const effect = before.effects.open[key]?.effect;
  const after = effect?.kind === "apply" ? before.attempts.open[effect.attempt]?.after ?? null : null;
  if (after === null || moved.length > 0) return own;
  return { ...own, latest: after, course: withRound(own.course, after), stale: false };
}

/**
 * After an attempt is taken back the checks say what they said before it, unless something of it was left. Of one that worked in a copy they said
 * nothing yet.
 */
function takenBack(own: ChecksSlice, before: State, key: string, isLeft: boolean): ChecksSlice {
  const effect = before.effects.open[key]?.effect;
  if (effect?.kind !== "take_back") return own;
  const attempt = before.attempts.open[effect.attempt];
  // A test that waited for work in vain was looked at by every round since.
  if (attempt === undefined) return writtenBy(before, effect.attempt) === null ? own : { ...own, stale: true };
  return attempt.workspace === null
    ? { ...own, latest: attempt.before, course: withRound(own.course, attempt.before), stale: isLeft }
    : { ...own, stale: own.stale || isLeft };
}

/** With other dependencies checks may say something else, though no file of the project tells. */
function laterRan(own: ChecksSlice, before: State, key: string): ChecksSlice {
  const effect = before.effects.open[key]?.effect;
  return effect?.kind === "later" && effect.changes === "dependencies" ? { ...own, stale: true } : own;
}

/** What a check itself writes, or a way back, makes its results no staler. */
function written(own: ChecksSlice, before: State, key: string): ChecksSlice {
  const kind = before.effects.open[key]?.effect.kind;
  return kind === undefined || !makesStale(kind) ? own : { ...own, stale: true };
}
