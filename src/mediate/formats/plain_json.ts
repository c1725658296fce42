import { callsInPiece } from "../json_format.ts";
import { effortFor } from "../loose_value.ts";
import { type JsonPiece, scanJson } from "../scan_json.ts";
import type { TextFormat } from "../types.ts";
import { isRecord } from "../../kernel/json.ts";

/** Whether a value is the whole text and has one key, whose value may be arguments. */
function isAlone({ span, value }: JsonPiece, text: string): boolean {
  const [inner, ...more] = isRecord(value) ? Object.values(value) : [];
  const given = typeof inner === "string"
    ? /^\{[\s\S]*\}$/.test(inner)
    : isRecord(inner) && Object.keys(inner).length > 0;
  return given && more.length === 0 && text.slice(0, span[0]).trim() === "" && text.slice(span[1]).trim() === "";
}

/** Whether a value stands in the brackets of a call in code: `print({…`. */
function isArgument(text: string, start: number): boolean {
  return /\w\($/.test(text.slice(Math.max(0, start - 2), start));
}

/** Where no tools are known: an object that holds a name and arguments and nothing else. */
function saysCall(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return Object.keys(value).length === 2 && typeof value.name === "string" &&
    (isRecord(value.arguments) || isRecord(value.parameters));
}

/**
 * Qwen2.5-coder, Llama 3 and every model without a tag of its own: JSON objects, bare or in a fence of any label. In the
 * midst of a line an object counts only if it names a tool and is no argument of a call in code.
 */
export const plainJson: TextFormat = {
  name: "plain_json",
  marks: [],
  read: (text, tools) => {
    const names = new Set(tools.map((tool) => tool.name));
    return scanJson(text, effortFor(text)).flatMap((piece) =>
      callsInPiece(piece, tools, { keyed: tools.length === 0 && isAlone(piece, text) }).filter((call) =>
        piece.beginsLine || (names.has(call.name) && !isArgument(text, piece.start)) ||
        (tools.length === 0 && saysCall(piece.value))
      )
    );
  },
};
