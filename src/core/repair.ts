import type { Call } from "./call.ts";
import { failedWrites } from "./fruitless.ts";
import { legalTools } from "./legal_tools.ts";
import { piecesFor, pieceToGoOn, timesTried } from "./attempt_scope.ts";
import { pieceOf } from "./piece.ts";
import { mayWrite } from "./may_write.ts";
import { sizeOf, variantOf } from "./model_size.ts";
import type { Registry } from "./registry.ts";
import type { State, Turn } from "./state.ts";

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
 * Gives the call of a turn where only one is possible: a small model that is to repair the one function of a file has nothing to decide.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param turn the turn, nothing of it open
 * @returns the call, or null where the model decides
 */
export function onlyCall(state: State, registry: Registry, turn: Turn): Call | null {
  if (turn.attempt === null || !isSmall(state, registry, turn)) return null;
  const legal = legalTools(state, registry, turn);
  const again = failedCall(state, registry, turn);
  if (again !== null && legal.includes(again.name)) return again;
  const [name, ...others] = legal;
  const before = pieceToGoOn(state);
  if (name === "rewrite_function" && before !== null && failedWrites(registry, turn).length === 0) {
    const [path = "", one = ""] = before.split(/ (?=\S+$)/);
    const open = piecesFor(state, turn)[path]?.includes(one) === true;
    const call = { name, arguments: { path, function: one }, reason: "It goes on." };
    if (open && mayWrite(state, registry, turn, name, path)) return call;
  }
  if (name === undefined || others.length > 0) return null;
  const target = state.tasks.find((one) => one.id === state.attempt?.task)?.target ?? null;
  if (target === null) return null;
  const reason = "Nothing else is possible here.";
  if (!mayWrite(state, registry, turn, name, target)) return null;
  if (name === "rewrite_file") return { name, arguments: { path: target }, reason };
  if (name !== "rewrite_function") return null;
  const entries = Object.entries(piecesFor(state, turn));
  const own = entries.filter(([path]) => path === target);
  const pieces = (own.length > 0 ? own : entries)
    .flatMap(([path, names]) => names.map((one) => ({ path, function: one })));
  const [piece] = pieces;
  return piece === undefined || pieces.length > 1 || !mayWrite(state, registry, turn, name, piece.path)
    ? null
    : { name, arguments: piece, reason };
}

/** The call whose text was not taken: that text is asked for in another way, before another piece is tried. */
function failedCall(state: State, registry: Registry, turn: Turn): Call | null {
  if (failedWrites(registry, turn).length === 0) return null;
  const last = turn.exchange.findLast((entry) => entry.from === "model" && entry.calls.length > 0);
  const [call] = last?.from === "model" ? last.calls : [];
  if (call === undefined || pieceOf(call) === null) return null;
  const path = String(call.arguments.path);
  const exists = turn.prepared?.definitions?.[path]?.includes(String(call.arguments.function)) === true;
  const { name, arguments: given } = call;
  return exists && mayWrite(state, registry, turn, name, path)
    ? { name, arguments: given, reason: "It goes on." }
    : null;
}

function isSmall(state: State, registry: Registry, turn: Turn): boolean {
  return variantOf(sizeOf(state, registry, turn.role)) === "small";
}
