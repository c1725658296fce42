import type { PastAttempt } from "../features/attempts/slice.ts";
import type { Situation, Try } from "../features/registry.ts";
import { roleOfSeat } from "../features/seats/seat.ts";
import { goesStraight } from "../features/tasks/goes_straight.ts";
import { canWrite, rolesOfPhase } from "../features/tasks/role_of_phase.ts";
import { looksElsewhere } from "./tries.ts";

/** Temperature from the second attempt on: the first is the model's best guess, the others must differ. */
const WARM = 0.8;
/** Attempts of a role in a row: one that looks at the task's file and one that looks elsewhere. */
const TWICE = 2;

/** The next attempt: two by the role that comes first, then two by each of the others that act in the phase and may write, by turns with it. */
export function nextTry(past: readonly PastAttempt[], situation: Situation): Try | null {
  const role = roleOf(situation);
  if (role === null) return null;
  const number = past.length + situation.beside + 1;
  return {
    role,
    temperature: number === 1 ? 0 : WARM,
    seed: number * 101,
    elsewhere: looksElsewhere(past, goesStraight(situation.state, situation.registry)),
  };
}

function roleOf({ registry, state, task, wished, tries }: Situation): string | null {
  const phase = task?.kind === "documentation" ? "documentation" : state.run.phase;
  const writers = rolesOfPhase(registry, phase).filter((role) => canWrite(registry, role));
  // Who wrote the test of the work does not do the work, unless there is nobody else.
  const tester = testerOf(state, task);
  const apart = writers.filter((role) => role !== tester || wished === role);
  const able = apart.length > 0 ? apart : writers;
  const first = wished ?? able[0] ?? null;
  const others = able.filter((role) => role !== first);
  if (first === null || tries < TWICE || others.length === 0) return first;
  const round = [...others, first];
  return round[(Math.floor(tries / TWICE) - 1) % round.length]!;
}

/** The role that wrote the test by which a task is judged; null where none did. */
function testerOf({ criteria }: Situation["state"], task: Situation["task"]): string | null {
  const test = task?.criterion === undefined ? undefined : criteria.tests[task.criterion];
  return test === undefined ? null : roleOfSeat(test.by);
}
