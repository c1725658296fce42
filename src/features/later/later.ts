import type { LaterEffect } from "../../effects/later/later_effect.ts";
import { causeOf, defineFeature, isCutShort, onFailure } from "../feature.ts";
import { dueLater, LATER } from "./due_later.ts";
import { laterFacts } from "./facts.ts";
import type { LaterSlice } from "./slice.ts";
import { laterTold } from "./told.ts";

/** Commands that change the project itself: noted while an attempt works in a copy, run in the project once its work stands there. */
export const later = defineFeature<LaterSlice>({
  name: "later",
  facts: laterFacts,
  tell: laterTold,
  empty: { noted: {}, waiting: [], left: [], done: [], isUnchecked: false },
  on: {
    command_postponed(own, { turn, attempt, command, changes }, before) {
      const { commands = [], role = before.turns.open[turn]?.role ?? "" } = own.noted[attempt] ?? {};
      // What is called again runs once.
      if (commands.some((one) => JSON.stringify(one.command) === JSON.stringify(command))) return own;
      return { ...own, noted: { ...own.noted, [attempt]: { role, commands: [...commands, { command, changes }] } } };
    },
    attempt_closed(own, { task, number, verdict }) {
      const { [`${task}.${number}`]: commands, ...noted } = own.noted;
      if (commands === undefined) return own;
      // One that ended well and wrote nothing may have been about its commands alone.
      const isKept = verdict === "kept" || verdict === "empty";
      const waiting = { ...commands, attempt: `${task}.${number}`, isApproved: false };
      return { ...own, noted, waiting: isKept ? [...own.waiting, waiting] : own.waiting };
    },
    question_answered(own, { id, approved }) {
      if (!id.startsWith(LATER)) return own;
      const attempt = id.slice(LATER.length);
      if (!approved) return leaving(own, attempt, "");
      return {
        ...own,
        waiting: own.waiting.map((one) => one.attempt === attempt ? { ...one, isApproved: true } : one),
      };
    },
    effect_finished(own, { key, result }, before) {
      if (result.kind === "check") return { ...own, isUnchecked: false };
      const effect = before.effects.open[key]?.effect;
      if (result.kind !== "later" || effect?.kind !== "later") return own;
      const after = { ...own, isUnchecked: true };
      return result.why === "" ? ran(after, effect) : leaving(after, effect.attempt, result.why);
    },
    ...onFailure<LaterSlice>((own, fact, before) => {
      const effect = before.effects.open[fact.key]?.effect;
      if (effect?.kind === "check" && !isCutShort(fact)) return { ...own, isUnchecked: false };
      // It may have done its work, or a part: it is not run again by itself.
      return effect?.kind === "later" ? leaving({ ...own, isUnchecked: true }, effect.attempt, causeOf(fact)) : own;
    }),
  },
  due: dueLater,
});

/** The first command of an attempt ran. */
function ran(own: LaterSlice, { attempt }: LaterEffect): LaterSlice {
  const waiting = own.waiting.flatMap((one) => {
    if (one.attempt !== attempt) return [one];
    const commands = one.commands.slice(1);
    return commands.length === 0 ? [] : [{ ...one, commands }];
  });
  const isOver = waiting.every((one) => one.attempt !== attempt);
  return { ...own, waiting, done: isOver ? [...own.done, attempt] : own.done };
}

/** The commands of an attempt are left to the person; `why` says what became of the first. */
function leaving(own: LaterSlice, attempt: string, why: string): LaterSlice {
  const left = own.waiting.filter((one) => one.attempt === attempt).flatMap(({ commands }) =>
    commands.map(({ command }, index) => ({ command, why: index === 0 ? why : "" }))
  );
  return { ...own, left: [...own.left, ...left], waiting: own.waiting.filter((one) => one.attempt !== attempt) };
}
