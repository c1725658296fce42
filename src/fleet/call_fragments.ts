import type { DeliveredCall } from "../kernel/call.ts";
import { isRecord, parsedJson } from "../kernel/json.ts";

/** A piece of a call as a server sends it; null for what it does not say. */
export interface CallFragment {
  readonly index: number | null;
  readonly id: string | null;
  readonly name: string | null;
  /** Text, or a value that is the whole arguments. */
  readonly given: unknown;
}

/** A call whose fragments arrive. */
export interface BegunCall {
  index: number | null;
  id: string | null;
  name: string;
  /** Pieces of the arguments' text, in order. */
  readonly pieces: string[];
  /** Arguments that came as a value instead of text. */
  value: unknown;
}

/**
 * Adds a fragment to the call it belongs to, or begins another. Servers agree on nothing here: calls are told apart by identifier, else
 * by index, else by name and order, and what cannot begin a call goes on with the last one.
 *
 * @param calls those that have begun; grows
 */
export function addFragment(calls: BegunCall[], fragment: CallFragment): void {
  const begun = callOf(calls, fragment);
  if (begun !== undefined && repeats(begun, fragment)) return;
  if (begun !== undefined && !beginsAnother(begun, fragment)) return join(begun, fragment);
  const call: BegunCall = { index: fragment.index, id: fragment.id, name: "", pieces: [], value: undefined };
  calls.push(call);
  join(call, fragment);
}

/**
 * Gives a call as delivered: arguments that are the text of an object as that object, others as they came. Cut or broken arguments stay
 * text: the mediation reads what can be read of them.
 */
export function deliveredCall({ name, pieces, value }: BegunCall): DeliveredCall {
  if (value !== undefined) return { name, arguments: value };
  const written = pieces.join("");
  return { name, arguments: readings(pieces, written).map(parsedJson).find(isRecord) ?? written };
}

/** The ways to read the pieces of a text: as parts of it, with an empty object before it, as ever more of it, as the whole of it again and again. */
function readings(pieces: readonly string[], written: string): readonly string[] {
  const last = pieces.at(-1) ?? "";
  const opened = pieces[0]?.trim() === "{}" ? [written.trimStart().slice(2)] : [];
  const grows = pieces.length > 1 && pieces.every((piece, index) => piece.startsWith(pieces[index - 1] ?? ""));
  return [written, ...opened, ...grows ? [last] : []];
}

/** The call that a fragment may belong to. */
function callOf(calls: readonly BegunCall[], { index, id, name, given }: CallFragment): BegunCall | undefined {
  const last = calls.at(-1);
  const named = name !== null;
  if (id !== null) {
    const same = calls.findLast((call) => call.id === id);
    // One identifier for all calls of a reply: the index tells them apart.
    if (same !== undefined) {
      return named && index !== null && same.index !== null && same.index !== index ? undefined : same;
    }
    const placed = index === null ? undefined : calls.findLast((call) => call.index === index);
    if (placed !== undefined) return placed.id === null || !named || goesOn(placed, given) ? placed : undefined;
    return named ? undefined : last;
  }
  if (index !== null) {
    const placed = calls.findLast((call) => call.index === index);
    if (placed !== undefined) return placed;
    // An index that grows with each piece.
    return named || last === undefined || isWhole(last) && begins(given) ? undefined : last;
  }
  return last;
}

/** Whether a fragment begins another call than the one it may belong to. */
function beginsAnother(call: BegunCall, { name, given }: CallFragment): boolean {
  if (name === null) return false;
  return isWhole(call) || hasArguments(call) && name !== call.name && begins(given);
}

/** Whether a fragment is a whole call that came already. */
function repeats(call: BegunCall, { name, given }: CallFragment): boolean {
  if (name === null || name !== call.name || !isWhole(call)) return false;
  if (given === null || given === undefined || given === "") return true;
  return call.value === undefined
    ? given === call.pieces.join("")
    : JSON.stringify(given) === JSON.stringify(call.value);
}

function join(call: BegunCall, { index, id, name, given }: CallFragment): void {
  call.index ??= index;
  call.id ??= id;
  if (name !== null && !hasArguments(call)) {
    // A name comes whole, again, as ever more of it, or in parts.
    call.name = name.startsWith(call.name) ? name : call.name.endsWith(name) ? call.name : call.name + name;
  }
  if (typeof given === "string") { if (given !== "") call.pieces.push(given); }
  else if (given !== null && given !== undefined) call.value = given;
}

function hasArguments({ pieces, value }: BegunCall): boolean {
  return pieces.length > 0 || value !== undefined;
}

/** Whether the arguments of a call are all there. */
function isWhole({ pieces, value }: BegunCall): boolean {
  if (value !== undefined) return true;
  const last = pieces.at(-1)?.trimEnd() ?? "";
  // Most fragments end in the middle: only what can be an end is read.
  return /[}\]]$/.test(last) && parsedJson(pieces.join("")) !== undefined;
}

/** Whether arguments begin anew. */
function begins(given: unknown): boolean {
  return typeof given === "string" ? given.trimStart().startsWith("{") : isRecord(given);
}

/** Whether arguments go on with those of a call that is not whole. */
function goesOn(call: BegunCall, given: unknown): boolean {
  return call.pieces.length > 0 && !isWhole(call) && typeof given === "string" && !begins(given);
}
