import { NO_VALUES, valueIn, withValue } from "../buckets.ts";
import type { CheckFact } from "../../effects/check/check_effect.ts";
import type { ScopeFound } from "../../effects/check/scope_found.ts";
import type { Effect } from "../../effects/effect.ts";
import type { ToolEffect } from "../../effects/tool/tool_effect.ts";
import type { WriteFact } from "../../effects/write_fact.ts";
import type { Call } from "../../kernel/call.ts";
import { bound } from "../../kernel/text.ts";
import { brokenRound, isFailedCheck } from "../checks/broken_round.ts";
import { causeOf, defineFeature, isCutShort, onFailure } from "../feature.ts";
import type { State } from "../state.ts";
import { CONFLICT } from "./conflict.ts";
import { attemptFacts } from "./facts.ts";
import { judgedAttempt } from "./judged_attempt.ts";
import { pieceOf } from "./piece.ts";
import type { Attempt, AttemptsSlice } from "./slice.ts";
import { makesStale } from "../files/slice.ts";
import { attemptsTold } from "./told.ts";

/** Characters of what an attempt says of its writes. */
const MOST_REASONS = 2_000;

/** Attempts at tasks: what each wrote, what the checks say of it, and what became of the ones before. */
export const attempts = defineFeature<AttemptsSlice>({
  name: "attempts",
  facts: attemptFacts,
  tell: attemptsTold,
  empty: { open: {}, past: NO_VALUES },
  on: {
    attempt_opened(own, fact, before) {
      const { task, number, role, temperature, seed, elsewhere = false, workspace = null, decision = null } = fact;
      const attempt: Attempt = {
        task,
        number,
        decision,
        role,
        temperature,
        seed,
        elsewhere,
        workspace,
        base: null,
        applied: [],
        isApplied: false,
        moved: 0,
        conflict: null,
        preferred: {},
        isDeclined: false,
        stuck: null,
        before: before.checks.latest ?? [],
        pastBefore: valueIn(own.past, task)?.length ?? 0,
        keptBefore: before.files.kept,
        writes: [],
        turn: null,
        after: null,
        takenBack: false,
        pieces: [],
        texts: 0,
        summary: "",
        reasons: "",
      };
      return { ...own, open: { ...own.open, [`${task}.${number}`]: attempt } };
    },
    attempt_closed(own, { task, number, verdict, summary, seq }) {
      const { [`${task}.${number}`]: attempt, ...open } = own.open;
      const { role = "", writes = [], pieces = [], texts = 0 } = attempt ?? {};
      const over = {
        number,
        role,
        verdict,
        seq,
        summary,
        writes: verdict === "kept" || verdict === "cancelled" ? [] : writes,
        ...(verdict === "kept" ? { kept: writes } : {}),
        pieces,
        texts,
        ...(attempt !== undefined && hasHelped(attempt) ? { helped: true as const } : {}),
      };
      return { open, past: withValue(own.past, task, [...valueIn(own.past, task) ?? [], over]) };
    },
    attempt_conflicted: (own, { task, number, theirs, shows }) =>
      changed(own, `${task}.${number}`, () => ({ conflict: { theirs, shows } })),
    question_answered(own, { id, approved }) {
      if (!id.startsWith(CONFLICT)) return own;
      return changed(own, id.slice(CONFLICT.length), ({ conflict, preferred }) => {
        if (approved) {
          return { conflict: null, preferred: { ...preferred, ...conflict?.theirs }, after: null, base: null };
        }
        return { isDeclined: true };
      });
    },
    turn_opened(own, { id, purpose, attempt }) {
      const key = attempt === undefined ? Object.keys(own.open)[0] : attempt;
      return purpose === "reply" || key === undefined || key === null ? own : changed(own, key, () => ({ turn: id }));
    },
    // What was judged while the turn went on, and not by what the project holds, is judged once more.
    turn_closed: (own, { id, text }) =>
      ofTurn(own, id, ({ workspace, base, after }) => ({
        summary: text,
        after: workspace !== null && base === null ? null : after,
      })),
    call_refused: (own, { turn }, before) => tried(own, turn, before.turns.open[turn]?.calls[0]),
    effect_opened: (own, { effect }) =>
      effect.kind === "tool" ? said(tried(own, effect.turn, effect.call), effect) : own,
    effect_finished(own, { key, result }, before) {
      const effect = before.effects.open[key]?.effect;
      if (result.kind === "check") {
        return checked(own, judgedBy(before, effect), result);
      }
      if (effect?.kind === "ask" && effect.purpose === "text" && effect.turn !== null) {
        return ofTurn(own, effect.turn, ({ texts }) => ({ texts: texts + 1 }));
      }
      if (result.kind === "apply" && effect?.kind === "apply") return broughtIn(own, effect.attempt, result.moved);
      return effect?.kind === "take_back" ? changed(own, effect.attempt, () => ({ takenBack: true })) : own;
    },
    ...onFailure<AttemptsSlice>((own, fact, before) => {
      const effect = before.effects.open[fact.key]?.effect;
      if (isFailedCheck(fact, before)) {
        return checked(own, judgedBy(before, effect), { results: brokenRound(fact) });
      }
      if (effect?.kind === "apply" && !isCutShort(fact)) {
        return changed(own, effect.attempt, () => ({ stuck: causeOf(fact) }));
      }
      return effect?.kind === "take_back" && !isCutShort(fact)
        ? changed(own, effect.attempt, () => ({ takenBack: true }))
        : own;
    }),
    write_closed: (own, { key, write, done, workspace }, before) =>
      done ? written(own, before, { key, writes: [write], workspace, byCommand: false }) : own,
    command_closed: (own, { key, writes, workspace }, before) =>
      written(own, before, { key, writes, workspace, byCommand: true }),
  },
});

/** Whether something that had failed before an attempt passes by what was looked at last. */
function hasHelped({ before, after }: Attempt): boolean {
  const failed = new Set(before.filter(({ passed }) => !passed).map(({ name }) => name));
  return after?.some(({ name, passed }) => passed && failed.has(name)) === true;
}

function changed(own: AttemptsSlice, key: string, how: (attempt: Attempt) => Partial<Attempt>): AttemptsSlice {
  const attempt = own.open[key];
  return attempt === undefined ? own : { ...own, open: { ...own.open, [key]: { ...attempt, ...how(attempt) } } };
}

/** Changes every attempt that is open. */
function each(own: AttemptsSlice, how: (attempt: Attempt) => Partial<Attempt>): AttemptsSlice {
  return Object.keys(own.open).reduce((slice, key) => changed(slice, key, how), own);
}

/** Changes the attempt of a turn. */
function ofTurn(own: AttemptsSlice, turn: string, how: (attempt: Attempt) => Partial<Attempt>): AttemptsSlice {
  const found = Object.entries(own.open).find(([, attempt]) => attempt.turn === turn);
  return found === undefined ? own : changed(own, found[0], how);
}

/** Notes that the attempt of a turn tried a function, whatever became of it. */
function tried(own: AttemptsSlice, turn: string, call: Pick<Call, "name" | "arguments"> | undefined): AttemptsSlice {
  const piece = call === undefined ? null : pieceOf(call);
  if (piece === null) return own;
  return ofTurn(own, turn, ({ pieces }) => pieces.includes(piece) ? {} : { pieces: [...pieces, piece] });
}

/** Notes why a write was made. */
function said(own: AttemptsSlice, { turn, access, call }: ToolEffect): AttemptsSlice {
  const reason = call.reason ?? "";
  if (access === "reads" || reason === "") return own;
  return ofTurn(own, turn, ({ reasons }) => ({ reasons: bound(`${reasons}${reason}\n`, MOST_REASONS) }));
}

function judgedBy(before: State, effect: Effect | undefined): string | null {
  return effect?.kind === "check" ? judgedAttempt(before, effect.cause) : null;
}

/** What a round of checks says of an attempt. */
interface Said {
  readonly results: readonly CheckFact[];
  readonly base?: string;
  readonly scope?: ScopeFound;
}

/** A round of checks says something of the attempt that it was executed for; one in the project itself of all that work there. */
function checked(
  own: AttemptsSlice,
  judged: string | null,
  { results, base, scope }: Said,
): AttemptsSlice {
  if (judged !== null && own.open[judged]?.workspace !== null) {
    return changed(own, judged, () => ({ after: results, base: base ?? null, scope }));
  }
  return Object.entries(own.open).reduce(
    (slice, [key, { workspace }]) =>
      workspace === null
        ? changed(slice, key, () => ({ after: results, ...(key === judged ? { scope } : {}) }))
        : slice,
    own,
  );
}

/** Notes that the work of an attempt stands in the project, or that this moved on before: then it has to be judged once more. */
function broughtIn(own: AttemptsSlice, key: string, away: readonly string[]): AttemptsSlice {
  return changed(
    own,
    key,
    ({ moved }) => away.length === 0 ? { isApplied: true } : { after: null, base: null, moved: moved + 1 },
  );
}

/** Writes of an effect. */
interface Written {
  readonly key: string;
  readonly writes: readonly WriteFact[];
  /** Where they were made; absent for the project itself. */
  readonly workspace?: string;
  readonly byCommand: boolean;
}

/** What was written belongs to the attempt that works there. */
function written(own: AttemptsSlice, before: State, { key, writes, workspace, byCommand }: Written): AttemptsSlice {
  const effect = before.effects.open[key]?.effect;
  if (effect === undefined || effect.kind === "take_back" || writes.length === 0) return own;
  // What a person does, or lets run in the project, is no attempt's work, but it is not what the checks judged.
  if (effect.kind === "by_hand" || effect.kind === "later") {
    return each(own, ({ workspace }) => workspace === null ? { after: null } : {});
  }
  if (effect.kind === "apply") {
    return changed(own, effect.attempt, ({ applied }) => ({ applied: [...applied, ...writes] }));
  }
  const there = (attempt: Attempt, how: () => Partial<Attempt>) =>
    attempt.workspace === (workspace ?? null) ? how() : {};
  if (makesStale(effect.kind)) {
    return each(own, (one) => there(one, () => ({ writes: [...one.writes, ...writes], after: null })));
  }
  // What a check writes makes its own results no staler. With the attempt only new files and its own ones are taken back: any other may
  // have been changed meanwhile by the person.
  return each(own, (attempt) =>
    there(attempt, () => {
      const paths = new Set(attempt.writes.map(({ path }) => path));
      // What is put back after a check is the attempt's only where the change was.
      const ours = writes.filter((write) => byCommand && write.before === null || paths.has(write.path));
      return { writes: [...attempt.writes, ...ours] };
    }));
}
