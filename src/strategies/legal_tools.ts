import { looksElsewhere, ordinalOf } from "./attempt_scope.ts";
import { repeatedTool } from "../features/turns/fruitless.ts";
import { mayWrite } from "./may_write.ts";
import { sizeOf, variantOf } from "../features/threads/model_size.ts";
import type { Registry } from "../features/registry.ts";
import type { State, Turn } from "../features/state.ts";

/** Asks of an attempt in which only writing is legal, where what is to be repaired stands in the prompt. */
const WRITES_FIRST = 3;
/** Tool that executes the checks: within an attempt it says nothing new while nothing was written. */
const CHECKS = "run_checks";
/** Lines up to which a file is written anew as a whole. */
const WHOLE_LINES = 150;
/** How often a turn may talk to other roles, by tool. */
export const TALKS: Readonly<Record<string, number>> = { ask_specialist: 2, send_message: 4 };

/**
 * Chooses the tools that are legal at a turn's next ask. A model that is to repair what checks show and has the file before its eyes
 * writes first and does not wander; from attempt to attempt the piece that it writes differs. A tool that was just called twice with
 * the same arguments has said all that it can.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param turn the turn, prepared
 * @returns names of tools, some of the turn's
 */
export function legalTools(state: State, registry: Registry, turn: Turn): readonly string[] {
  const repeated = repeatedTool(registry, turn);
  const idle = turn.attempt !== null && state.checks.latest !== null && !state.checks.stale ? CHECKS : null;
  const open = turn.tools.filter((name) => name !== repeated && name !== idle && !isTalkedOut(turn, name));
  const attempt = state.attempt;
  const task = turn.attempt === null ? undefined : state.tasks.find((one) => one.id === attempt?.task);
  if (attempt === null || task === undefined || task.target === null || task.checks.length === 0) return open;
  if (attempt.writes.length > 0 || turn.asks >= WRITES_FIRST) return open;
  const large = variantOf(sizeOf(state, registry, turn.role)) === "large";
  if (attempt.number === 1 && large) return open;
  if (!large && !mayWrite(state, registry, turn, "rewrite_file", task.target)) return open;
  const shown = turn.prepared?.texts.find((file) => file.path === task.target);
  if (shown === undefined) return open;
  const whole = shown.from === 1 && shown.to >= shown.lines && shown.lines <= WHOLE_LINES;
  const definitions = turn.prepared?.definitions ?? {};
  if (looksElsewhere(state) && Object.keys(definitions).some((path) => path !== task.target)) {
    return ["rewrite_function", ...(large ? ["edit_file"] : [])].filter((name) => open.includes(name));
  }
  const byFunction = definitions[task.target] !== undefined;
  // The function as it stands, twice anew (repair.ts), the file, and the function again.
  const file = whole ? ["rewrite_file"] : [];
  const round = byFunction ? [...Array(3).fill("rewrite_function"), ...file, "rewrite_function"] : file;
  const forms = round.filter((name) => open.includes(name));
  const form = forms[(ordinalOf(state) - 1) % forms.length];
  if (form === undefined) return open;
  return large ? [...new Set(forms), ...open.filter((name) => name === "edit_file")] : [form];
}

/**
 * Tells whether a turn has said to others what it may: talk must end, however often it is answered.
 *
 * @param turn the turn
 * @param name a tool
 * @returns true where it may not be called any more
 */
export function isTalkedOut(turn: Turn, name: string): boolean {
  const most = TALKS[name];
  return most !== undefined &&
    turn.exchange.filter((entry) => entry.from === "tool" && entry.ok && entry.name === name).length >= most;
}
