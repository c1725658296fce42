import type { Meant } from "../effects/ask/ask_effect.ts";
import type { ToolDeclaration } from "../kernel/call.ts";
import { splitThinking } from "./split_thinking.ts";
import type { AttemptedCall } from "./types.ts";
import { isRecord } from "../kernel/json.ts";

/** Longest message that an interpreter is shown, in characters. */
const EXCERPT = 1_000;
/** What the beginning of a call looks like in the formats of models. */
const CALL_LIKE =
  /<\/?(?:tool_call|function|tools|invoke|start_function_call)|\[TOOL_CALLS\]|<\|(?:channel|tool|python)|["'](?:name|function|tool|arguments|parameters)["']\s*:|^\s*(?:```\w*\s*)?[{[]/im;

/**
 * Says which tools a reply without a legal call may mean, so that an interpreter can be asked: those that it names, then those
 * that have the arguments of the call that it tried to make. Prose that names no tool and tries no call means none.
 *
 * @param attempted calls that were read from it and cannot run
 * @param tools tools that are legal now
 * @returns the tools, likeliest first, and the reply on one line; null where it means no call
 */
export function meantTools(
  text: string,
  attempted: readonly AttemptedCall[],
  tools: readonly ToolDeclaration[],
): Meant | null {
  const said = splitThinking(text).text.trim();
  if (said === "" || tools.length === 0) return null;
  const named = tools.filter(({ name }) => placeOf(said, name) >= 0).sort((a, b) =>
    placeOf(said, a.name) - placeOf(said, b.name)
  );
  const keys = new Set(attempted.flatMap(({ arguments: given }) => isRecord(given) ? Object.keys(given) : []));
  const shaped = named.length > 0 || keys.size === 0 ? [] : tools.filter(({ parameters, asText }) => {
    const required = (Array.isArray(parameters.required) ? parameters.required : []).filter((name) => name !== asText);
    return required.length > 0 && required.every((name) => keys.has(String(name)));
  });
  const meant = [...named, ...shaped];
  if (meant.length === 0) return null;
  const why = named.length > 0
    ? `It names ${named.map(({ name }) => name).join(", ")}${CALL_LIKE.test(said) ? " in what looks like a call" : ""}.`
    : `It tries a call with the arguments of ${shaped.map(({ name }) => name).join(", ")}.`;
  return { tools: meant.map(({ name }) => name), excerpt: around(said, placeOf(said, meant[0]!.name)), why };
}

/** Where a tool is named: as it is called, or with its words apart (`read file`, `readFile`). */
function placeOf(text: string, name: string): number {
  const words = name.split(/[^a-z0-9]+/i).filter((word) => word !== "");
  // A tool of one word, such as `answer`, is named only where its name stands as one does: in quotes, marks or before its arguments.
  const form = words.length > 1
    ? `(?<![\\p{L}\\p{N}])${words.join("[_\\s-]?")}(?![\\p{L}\\p{N}])`
    : `(?:["'\`=:<]\\s*${words.join("")}\\b|\\b${words.join("")}\\s*[({\\[]|\\b${words.join("")}_)`;
  return text.search(new RegExp(form, "iu"));
}

/** A text on one line; of a long one the part around a place. */
function around(text: string, place: number): string {
  const from = text.length <= EXCERPT ? 0 : Math.max(0, Math.min(place - EXCERPT / 4, text.length - EXCERPT));
  return text.slice(from, from + EXCERPT).replace(/\s+/g, " ").trim();
}
