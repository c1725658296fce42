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

/** Reads a JSON string that may not be finished, from behind its opening quote. */
function partialString(text: string, from: number): { readonly value: string; readonly end: number | null } {
  let value = "";
  for (let index = from; index < text.length; index++) {
    const character = text[index]!;
    if (character === '"') return { value, end: index + 1 };
    if (character !== "\\") {
      value += character;
      continue;
    }
    const escaped = text[++index];
    if (escaped === undefined) return { value, end: null };
    if (escaped === "u") {
      const code = text.slice(index + 1, index + 5);
      if (code.length < 4) return { value, end: null };
      const parsed = Number.parseInt(code, 16);
      if (!Number.isNaN(parsed)) value += String.fromCharCode(parsed);
      index += 4;
      continue;
    }
    value += ({ n: "\n", t: "\t", r: "\r", b: "", f: "" } as Record<string, string>)[escaped] ?? escaped;
  }
  return { value, end: null };
}

function field(
  text: string,
  name: string,
  from: number,
): { readonly value: string; readonly end: number | null } | null {
  const at = new RegExp(`"${name}"\\s*:\\s*"`, "g");
  at.lastIndex = from;
  const found = at.exec(text);
  return found === null ? null : partialString(text, found.index + found[0].length);
}

/**
 * Makes a constrained reply that is still being written readable: its reason, then the name of its call. Other text stays as it is.
 * What it returns only grows as the text grows.
 *
 * @param text reply so far
 * @param way how it was asked for
 * @returns text to show
 */
export function readable(text: string, way: Way | null): string {
  if (way !== "constrained" || !/^\s*\{/.test(text)) return text;
  const reason = field(text, "reason", 0);
  if (reason === null) return /"name"\s*:/.test(text) ? `→ ${field(text, "name", 0)?.value ?? ""}` : "";
  if (reason.end === null) return reason.value;
  const name = field(text, "name", reason.end);
  return name === null ? reason.value : `${reason.value}\n→ ${name.value}`;
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

/**
 * Takes the holes out of a reply: blank lines at both ends, and all but one between two lines.
 *
 * @param text a reply, or its beginning: what is returned grows as the text grows
 */
export function tidy(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/, "").trimEnd().replace(/\n(?:[^\S\n]*\n){2,}/g, "\n\n");
}
