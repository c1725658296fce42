import type { ToolDeclaration } from "../kernel/call.ts";
import { callsOf } from "./call_object.ts";
import { effortFor } from "./loose_value.ts";
import { type JsonPiece, scanJson } from "./scan_json.ts";
import type { FoundCall, TextFormat } from "./types.ts";
import { isRecord } from "../kernel/json.ts";

/** Words for a call whose closing mark is missing. */
export const NOT_CLOSED = "a call that is not closed";

/** How a format marks the JSON that its calls are. */
export interface MarkedJson {
  readonly name: string;
  /** Texts that announce the format. */
  readonly marks: readonly string[];
  /** What must stand right before the JSON. */
  readonly opening: RegExp;
  /** What may stand right after it where the opening mark is missing. */
  readonly closing?: RegExp;
  /** Tags that must stand on both sides; where one is missing, that is mended. */
  readonly paired?: RegExp;
  /** Whether an object's only key is the tool's name, of any tool. */
  readonly keyed?: boolean;
}

/**
 * Makes a format whose calls are JSON after a mark: an object, several, or a list of them.
 * @param form the format's name and marks
 */
export function jsonFormat({ name, marks, opening, closing, paired, keyed = false }: MarkedJson): TextFormat {
  const marked = (piece: JsonPiece) =>
    (piece.opening !== null && opening.test(piece.opening)) ||
    (closing !== undefined && piece.closing !== null && closing.test(piece.closing));
  return {
    name,
    marks,
    read: (text, tools) => {
      const pieces = scanJson(text, effortFor(text));
      // Calls that follow one another share one mark.
      let inside = false;
      let end = 0;
      const chosen = pieces.filter((piece) => {
        inside = marked(piece) || (inside && /^[\s,;]*$/.test(text.slice(end, piece.span[0])));
        end = piece.span[1];
        return inside;
      });
      const whole = joined(chosen);
      return whole.flatMap((piece, index) => {
        const last = whole[index + 1]?.opening !== null;
        const open = last && paired?.test(piece.opening ?? "") === true && piece.closing === null;
        const bare = piece.opening === null && paired?.test(piece.closing ?? "") === true;
        const mended = [...piece.mended, ...(open ? [NOT_CLOSED] : []), ...(bare ? ["a call that is not opened"] : [])];
        return callsInPiece({ ...piece, mended }, tools, { keyed, marked: true });
      });
    },
  };
}

/** `{"name": "f"}{"a": 1}`: an object that only names a tool, and its arguments behind it, are one call. */
function joined(pieces: readonly JsonPiece[]): readonly JsonPiece[] {
  return pieces.flatMap((piece, index) => {
    const before = pieces[index - 1];
    if (before !== undefined && namesOnly(before) && isGiven(piece, before)) return [];
    const next = pieces[index + 1];
    if (next === undefined || !namesOnly(piece) || !isGiven(next, piece)) return [piece];
    const value = { name: isRecord(piece.value) ? piece.value.name : "", arguments: next.value };
    const span: JsonPiece["span"] = [piece.span[0], next.span[1]];
    return [{ ...next, opening: piece.opening, value, span, mended: [...next.mended, "a name before its arguments"] }];
  });
}

function namesOnly({ value }: JsonPiece): boolean {
  return isRecord(value) && typeof value.name === "string" && Object.keys(value).length === 1;
}

function isGiven({ value, span, opening }: JsonPiece, before: JsonPiece): boolean {
  return opening === null && isRecord(value) && !Object.hasOwn(value, "name") && span[0] === before.span[1];
}

/**
 * Reads the calls that a JSON value says.
 * @param piece the value with its place
 * @param tools tools whose names may stand in it
 * @param allowed `keyed`: an object's only key may be the name of any tool; `marked`: a mark says that it is a call, so a
 * name may stand without arguments
 * @returns the calls, each with the span of the whole value
 */
export function callsInPiece(
  piece: JsonPiece,
  tools: readonly ToolDeclaration[],
  { keyed = false, marked = false }: { readonly keyed?: boolean; readonly marked?: boolean } = {},
): readonly FoundCall[] {
  const names = new Set(tools.map((tool) => tool.name));
  const calls = callsOf(piece.value, { isTool: (name) => names.has(name), keyed, marked });
  return calls.map((call, index) => ({
    ...call,
    span: piece.span,
    mended: piece.mended,
    // Of a list that the text's end has cut, the last call is not whole.
    ...(piece.cut && index === calls.length - 1 ? { cut: true } : {}),
  }));
}
