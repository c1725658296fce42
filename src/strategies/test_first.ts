import type { PastAttempt } from "../features/attempts/slice.ts";
import type { Registry, Situation, Step, Strategy, Try } from "../features/registry.ts";
import { isFurtherSeat } from "../features/seats/seat.ts";
import { canWrite, rolesOfPhase } from "../features/tasks/role_of_phase.ts";
import { mayWrite } from "../features/turns/may_write.ts";
import type { Turn } from "../features/turns/slice.ts";
import { casesOf } from "../features/criteria/cases_of.ts";
import { casesPlaceOf } from "../features/criteria/cases_place.ts";
import type { Call } from "../kernel/call.ts";
import { ARBITER } from "../features/registry.ts";
import { variantOf } from "../prompt/variant_of.ts";
import { say } from "../sentences/say.ts";
import { editing, openTools } from "./open_tools.ts";
import { warmer } from "./temperature.ts";
import { triesBefore } from "./tries.ts";

/** Temperature from the second attempt on: the first is the model's best guess, the others must differ. */
const WARM = 0.8;
/** Asks of an attempt in which nothing but the new file is possible. */
const WRITES_FIRST = 3;

/** How a test is written that comes before the work: by a role that does not do the work, as one new file, asked for as a text by itself. */
export const testFirst: Strategy = {
  name: "test first",
  fits: ({ task }) => task?.kind === "test",
  next(past: readonly PastAttempt[], { registry }: Situation): Try | null {
    const role = testerOf(registry);
    if (role === null) return null;
    const number = past.length + 1;
    return { role, temperature: number === 1 ? 0 : WARM, seed: number * 101, elsewhere: false };
  },
  step: (situation, turn) => ({
    ...possible(situation, turn),
    form: formOf(situation, turn),
    pieces: {},
    temperature: warmer(situation, turn),
  }),
};

/** A small model is asked for the test by itself, as cases or as a text, where it has not looked around before. */
function formOf(situation: Situation, turn: Turn): "test" | null {
  const { registry, billions } = situation;
  const [call] = turn.calls;
  const hasRead = turn.exchange.some((entry) => entry.from === "tool" && entry.ok);
  if (hasRead || variantOf(billions) !== "small") return null;
  const isAsked = call === undefined
    ? casesTool(situation, turn) !== null
    : registry.tools[call.name]?.traits?.edits === "new";
  return isAsked ? "test" : null;
}

/** The tool that makes a test of cases, while that is what the attempt tries: the first one, before anything was written. */
function casesTool(situation: Situation, turn: Turn): string | null {
  const { state, registry, task, attempt } = situation;
  const tool = editing(registry, openTools(situation, turn), "cases");
  const isSmall = variantOf(situation.billions) === "small";
  if (tool === undefined || !isSmall || task === null || attempt === null || attempt.writes.length > 0) return null;
  const place = casesPlaceOf(state, registry, task);
  // Cases of which no test could be made are not asked for again.
  const isFirst = triesBefore(situation).length === 0 && turn.exchange.length === 0;
  return isFirst && place !== null && mayWrite(state, registry, turn, tool, place.path) ? tool : null;
}

/** The cases that the goal itself gives need no ask. */
function givenCases({ state, registry, task }: Situation, tool: string): Call | null {
  const place = task === null ? null : casesPlaceOf(state, registry, task);
  const cases = casesOf(state.criteria.list?.[(task?.criterion ?? 0) - 1]?.examples ?? []);
  return place === null || cases.length === 0
    ? null
    : { name: tool, arguments: { ...place, cases }, reason: say(registry, "criteria.examples_given") };
}

/** Who writes tests: a role of the phase that checks which may write, else one that may and is not the first to do the work, else that. */
function testerOf(registry: Registry): string | null {
  const [checker] = rolesOfPhase(registry, "qa").filter((role) => canWrite(registry, role));
  if (checker !== undefined) return checker;
  const writers = Object.keys(registry.roles).filter((role) =>
    role !== ARBITER && !isFurtherSeat(role) && canWrite(registry, role)
  );
  const [worker] = rolesOfPhase(registry, "coding").filter((role) => canWrite(registry, role));
  return writers.find((role) => role !== worker) ?? worker ?? null;
}

/** The new file, whose place is known: then the call is made without asking, where what is to be tested stands in the prompt. */
function possible(situation: Situation, turn: Turn): Pick<Step, "legal" | "given"> {
  const { state, registry, task, attempt } = situation;
  const open = openTools(situation, turn);
  const cases = turn.calls.length === 0 ? casesTool(situation, turn) : null;
  if (cases !== null) return { legal: [cases], given: givenCases(situation, cases) };
  const target = task?.target ?? null;
  const creates = editing(registry, open, "new");
  if (attempt === null || creates === undefined || attempt.writes.length > 0 || turn.asks >= WRITES_FIRST) {
    return { legal: open, given: null };
  }
  // In a new project there is nothing to look at.
  const isShown = (turn.prepared?.texts ?? []).length > 0 || state.setup.plan !== null;
  if (target === null || !isShown || !mayWrite(state, registry, turn, creates, target)) {
    return { legal: open, given: null };
  }
  const call = { name: creates, arguments: { path: target }, reason: say(registry, "criteria.no_choice") };
  return { legal: [creates], given: turn.calls.length === 0 ? call : null };
}
