import type { ToolDeclaration } from "../core/call.ts";
import { callsOf } from "./call_object.ts";
import { effortFor } from "./loose_value.ts";
import { type JsonPiece, scanJson } from "./scan_json.ts";
import type { FoundCall, TextFormat } from "./types.ts";

/**
 * Makes a format whose calls are JSON after a mark: an object, several, or a list of them.
 * @param name the format's name
 * @param marks texts that announce it
 * @param opening what must stand right before the JSON
 * @param closing what may stand right after it where the opening mark is missing
 * @returns the format
 */
export function jsonFormat(name: string, marks: readonly string[], opening: RegExp, closing?: RegExp): TextFormat {
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
      return chosen.flatMap((piece) => callsInPiece(piece, tools));
    },
  };
}

/**
 * Reads the calls that a JSON value says.
 * @param piece the value with its place
 * @param tools tools whose names may stand in it
 * @returns the calls, each with the span of the whole value
 */
export function callsInPiece(piece: JsonPiece, tools: readonly ToolDeclaration[]): readonly FoundCall[] {
  const names = new Set(tools.map((tool) => tool.name));
  return callsOf(piece.value, (name) => names.has(name)).map((call) => ({
    ...call,
    span: piece.span,
    ...(piece.mended ? { mended: true } : {}),
    ...(piece.cut ? { cut: true } : {}),
  }));
}
