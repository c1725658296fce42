import type { PastAttempt } from "../features/attempts/slice.ts";
import type { Registry, Situation, Step, Strategy, Try } from "../features/registry.ts";
import { isFurtherSeat } from "../features/seats/seat.ts";
import { canWrite, rolesOfPhase } from "../features/tasks/role_of_phase.ts";
import { mayWrite } from "../features/turns/may_write.ts";
import type { Turn } from "../features/turns/slice.ts";
import { ARBITER } from "../features/registry.ts";
import { say } from "../sentences/say.ts";
import { editing, openTools } from "./open_tools.ts";
import { warmer } from "./temperature.ts";

/** Temperature from the second attempt on: the first is the model's best guess, the others must differ. */
const WARM = 0.8;
/** Asks of an attempt in which nothing but the new file is possible. */
const WRITES_FIRST = 2;

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
    form: null,
    pieces: {},
    temperature: warmer(situation, turn),
  }),
};

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
