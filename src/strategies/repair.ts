import type { Call } from "../kernel/call.ts";
import { failedWrites } from "../features/turns/fruitless.ts";
import { legalTools } from "./legal_tools.ts";
import { piecesFor, pieceToGoOn, timesTried } from "./attempt_scope.ts";
import { pieceOf } from "../features/attempts/piece.ts";
import { mayWrite } from "./may_write.ts";
import { sizeOf, variantOf } from "../features/threads/model_size.ts";
import type { Registry } from "../features/registry.ts";
import type { State, Turn } from "../features/state.ts";

/**
 * How the text of a repair is asked for: `repair` shows the piece as it stands; `anew` shows its head and description only. A small
 * model that sees code it is to change copies it, again and again: Qwen2.5-Coder-1.5B gave 12 of 12 texts unchanged for one bug at
 * temperature 0.8. Of 16 small bugs, two tries with the code before its eyes repaired 7, two tries without it 12.
 */
export type RepairForm = "repair" | "anew";

/** Tries of an attempt with the code before its eyes, before it is written anew: the smallest change comes first. */
const REPAIRS = 2;

/** Attempts of a round, and those of it that begin anew: the smallest change is tried first, and again when that did not help. */
const ROUND = 5;
const ANEW: readonly number[] = [2, 3];

/**
 * Says how the text of the call at hand is asked for, where it is a repair by a small model: by turns from attempt to attempt and after
 * each write that failed, so that no try is the one before.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param turn the turn, the call first among its calls
 * @returns the form; null where the text belongs to the turn's exchange
 */
export function repairForm(state: State, registry: Registry, turn: Turn): RepairForm | null {
  const attempt = state.attempt;
  const call = turn.calls[0];
  const task = turn.attempt === null ? undefined : state.tasks.find((one) => one.id === attempt?.task);
  if (attempt === null || call === undefined || task === undefined || task.checks.length === 0) return null;
  if (call.name !== "rewrite_function" && call.name !== "rewrite_file") return null;
  if (!isSmall(state, registry, turn)) return null;
  // What was read in the turn stands in its exchange: then the text belongs there, too.
  if (turn.exchange.some((entry) => entry.from === "tool" && entry.ok)) return null;
  const shown = (turn.prepared?.texts ?? []).filter((file) => file.path === call.arguments.path);
  if (shown.length !== 1 || shown[0]!.from !== 1 || shown[0]!.to < shown[0]!.lines) return null;
  if (call.name === "rewrite_file") return "repair";
  const failed = failedWrites(registry, turn).length;
  if (ANEW.includes((timesTried(state, pieceOf(call) ?? "") + 1) % ROUND)) return failed % 2 === 0 ? "anew" : "repair";
  return failed < REPAIRS ? "repair" : "anew";
}

/**
 * Gives the call of a small model's repair that is decided already, so that no model is asked for it: one whose text was not taken, the
 * function of the attempt before, or the only one that is possible.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param turn the turn, nothing of it open
 * @returns the call with its reason, or null where the model decides
 */
export function givenCall(state: State, registry: Registry, turn: Turn): Call | null {
  if (turn.attempt === null || !isSmall(state, registry, turn)) return null;
  const legal = legalTools(state, registry, turn);
  const call = failedCall(registry, turn) ?? (legal.length === 1 ? onlyCall(state, turn, legal[0]!) : null);
  if (call === null || !legal.includes(call.name)) return null;
  return mayWrite(state, registry, turn, call.name, String(call.arguments.path)) ? call : null;
}

/** The call whose text was not taken: that text is asked for in another way, before another function is tried. */
function failedCall(registry: Registry, turn: Turn): Call | null {
  if (failedWrites(registry, turn).length === 0) return null;
  const last = turn.exchange.findLast((entry) => entry.from === "model" && entry.calls.length > 0);
  const [call] = last?.from === "model" ? last.calls : [];
  if (call === undefined || pieceOf(call) === null) return null;
  const { path, function: name } = call.arguments;
  const exists = turn.prepared?.definitions?.[String(path)]?.includes(String(name)) === true;
  return exists ? { name: call.name, arguments: call.arguments, reason: "Its text was not taken." } : null;
}

/** The call of the one tool that is legal, where it is about one thing: the file, or the function to go on with, or the only one. */
function onlyCall(state: State, turn: Turn, name: string): Call | null {
  const target = state.tasks.find((one) => one.id === state.attempt?.task)?.target ?? null;
  if (name === "rewrite_file" && target !== null) {
    return { name, arguments: { path: target }, reason: "Nothing else is possible here." };
  }
  if (name !== "rewrite_function") return null;
  const calls = Object.entries(piecesFor(state, turn))
    .flatMap(([path, names]) => names.map((one) => ({ name, arguments: { path, function: one } })));
  const before = pieceToGoOn(state);
  const again = calls.find((call) => pieceOf(call) === before);
  if (again !== undefined) return { ...again, reason: "It was tried once; what failed is known now." };
  const own = calls.filter((call) => call.arguments.path === target);
  const [only, ...others] = own.length > 0 ? own : calls;
  return only === undefined || others.length > 0 ? null : { ...only, reason: "Nothing else is possible here." };
}

function isSmall(state: State, registry: Registry, turn: Turn): boolean {
  return variantOf(sizeOf(state, registry, turn.role)) === "small";
}
