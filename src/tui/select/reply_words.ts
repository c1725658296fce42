import { TidyText } from "../tidy_text.ts";
import type { Call, Way } from "../../kernel/call.ts";

/** Arguments that say best what a call is about, in order. */
const TELLING = ["path", "command", "role", "to", "phase", "query", "question", "pattern", "summary", "text", "reason"];

/**
 * Says a call in one line.
 *
 * @param call name and arguments
 * @returns `edit_file src/x.py`
 */
export function callLine(
  call: { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> },
): string {
  for (const name of TELLING) {
    const value = call.arguments[name];
    if (typeof value === "string" && value !== "") return `${call.name} ${value}`;
    if (Array.isArray(value)) return `${call.name} ${value.join(" ")}`;
  }
  const rest = Object.values(call.arguments).find((value) => typeof value === "string" || typeof value === "number");
  return rest === undefined ? call.name : `${call.name} ${rest}`;
}

/**
 * Leaves out of a finished reply what is shown as calls beside it.
 *
 * @param text reply
 * @param calls calls that were read from it
 * @param way how it was asked for
 * @returns the words around the calls, or the reasons given with them
 */
export function wordsOf(text: string, calls: readonly Call[], way: Way): string {
  if (calls.length === 0) return tidy(text);
  const reasons = calls.map((call) => call.reason ?? "").filter((reason) => reason !== "");
  if (reasons.length > 0) return tidy(reasons.join("\n"));
  return way === "native" ? tidy(text) : wordsAround(text);
}

/**
 * Leaves the bodies of calls out of a reply.
 *
 * @param text reply that holds calls
 * @returns the words around them; the empty text for none
 */
export function wordsAround(text: string): string {
  const words = text
    .replace(/<tool_call>[\s\S]*?(<\/tool_call>|$)/g, "")
    .replace(/```(?:json|tool_call|xml)?\s*[{[][\s\S]*?(```|$)/g, "")
    .replace(/^\s*\{[\s\S]*\}\s*$/, "");
  return tidy(words);
}

/** Takes the holes out of a reply: blank lines at its beginning and end, and all but one between two lines. */
export function tidy(text: string): string {
  return new TidyText().take(text);
}
