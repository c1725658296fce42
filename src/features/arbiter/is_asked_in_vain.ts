import type { State } from "../state.ts";

/** Decisions in a row for which no reply of the arbiter could be used: what it says to the next one is worth no ask. */
const VAIN = 2;

/** Whether the rules go on without asking the arbiter, until somebody writes to it or the crew changes. */
export function isAskedInVain({ arbiter }: State): boolean {
  return arbiter.vain >= VAIN;
}
