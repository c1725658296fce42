import type { CheckFact } from "../../effects/check/check_effect.ts";
import type { WriteFact } from "../../effects/write_fact.ts";
import type { Call } from "../../kernel/call.ts";
import { brokenRound, isFailedCheck } from "../checks/broken_round.ts";
import { defineFeature, isCutShort, onFailure } from "../feature.ts";
import type { State } from "../state.ts";
import { attemptFacts } from "./facts.ts";
import { pieceOf } from "./piece.ts";
import type { Attempt, AttemptsSlice } from "./slice.ts";
import { isBesideWork } from "../files/slice.ts";
import { attemptsTold } from "./told.ts";

/** Attempts at tasks: what each wrote, what the checks say of it, and what became of the ones before. */
export const attempts = defineFeature<AttemptsSlice>({
  name: "attempts",
  facts: attemptFacts,
  tell: attemptsTold,
  empty: { open: {}, past: {} },
  on: {
    attempt_opened(own, { task, number, role, temperature, seed, elsewhere = false }, before) {
      const attempt: Attempt = {
        task,
        number,
        role,
        temperature,
        seed,
        elsewhere,
        before: before.checks.latest ?? [],
        keptBefore: before.files.kept,
        writes: [],
        turn: null,
        after: null,
        takenBack: false,
        pieces: [],
        summary: "",
      };
      return { ...own, open: { ...own.open, [`${task}.${number}`]: attempt } };
    },
    attempt_closed(own, { task, number, verdict, summary }) {
      const { [`${task}.${number}`]: attempt, ...open } = own.open;
      const { role = "", writes = [], pieces = [] } = attempt ?? {};
      const over = { number, role, verdict, summary, writes: verdict === "kept" ? [] : writes, pieces };
      return { open, past: { ...own.past, [task]: [...own.past[task] ?? [], over] } };
    },
    turn_opened(own, { id, purpose, attempt }) {
      const key = attempt === undefined ? Object.keys(own.open)[0] : attempt;
      return purpose === "reply" || key === undefined || key === null ? own : changed(own, key, () => ({ turn: id }));
    },
    turn_closed: (own, { id, text }) => ofTurn(own, id, () => ({ summary: text })),
    call_refused: (own, { turn }, before) => tried(own, turn, before.turns.open[turn]?.calls[0]),
    effect_opened: (own, { effect }) => effect.kind === "tool" ? tried(own, effect.turn, effect.call) : own,
    effect_finished(own, { key, result }, before) {
      if (result.kind === "check") return checked(own, result.results);
      const effect = before.effects.open[key]?.effect;
      return effect?.kind === "take_back" ? changed(own, effect.attempt, () => ({ takenBack: true })) : own;
    },
    ...onFailure<AttemptsSlice>((own, fact, before) => {
      if (isFailedCheck(fact, before)) return checked(own, brokenRound(fact));
      const effect = before.effects.open[fact.key]?.effect;
      return effect?.kind === "take_back" && !isCutShort(fact)
        ? changed(own, effect.attempt, () => ({ takenBack: true }))
        : own;
    }),
    write_closed: (own, { key, write, done }, before) => done ? written(own, before, key, [write], false) : own,
    command_closed: (own, { key, writes }, before) => written(own, before, key, writes, true),
  },
});

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

/** A round of checks looks at the project as it is, with all that open attempts wrote. */
function checked(own: AttemptsSlice, results: readonly CheckFact[]): AttemptsSlice {
  return each(own, () => ({ after: results }));
}

/** What was written belongs to the attempts that are open. */
function written(
  own: AttemptsSlice,
  before: State,
  key: string,
  writes: readonly WriteFact[],
  byCommand: boolean,
): AttemptsSlice {
  const kind = before.effects.open[key]?.effect.kind;
  if (kind === undefined || kind === "take_back" || writes.length === 0) return own;
  if (!isBesideWork(kind)) return each(own, (attempt) => ({ writes: [...attempt.writes, ...writes], after: null }));
  // What a check writes makes its own results no staler. With the attempt only new files and its own ones are taken back: any other may
  // have been changed meanwhile by the person.
  return each(own, (attempt) => {
    const paths = new Set(attempt.writes.map(({ path }) => path));
    // What is put back after a check is the attempt's only where the change was.
    const ours = writes.filter((write) => byCommand && write.before === null || paths.has(write.path));
    return { writes: [...attempt.writes, ...ours] };
  });
}
