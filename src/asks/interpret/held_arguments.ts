import type { RegisteredTool } from "../../features/registered_tool.ts";
import type { AskEffect, Meant } from "../../effects/ask/ask_effect.ts";
import type { State } from "../../features/state.ts";
import type { Unread } from "../../features/turns/slice.ts";
import type { ToolDeclaration } from "../../kernel/call.ts";

/** The reply that an ask interprets. */
export function interpreted(state: State, ask: AskEffect): Unread | null {
  const unread = ask.turn === null ? state.arbiter.unread : state.turns.open[ask.turn]?.unread ?? null;
  return unread?.ask === ask.interprets ? unread : null;
}

/**
 * Says why a call that the interpreter read may not stand: a value that the message does not hold whole, or a tool that concludes
 * something and is not called by its name there. What it says about a reply is never more than the reply says.
 *
 * @param call the call, fitted to its tool
 * @param tool the tool as the interpreter was told of it
 * @param access what the call may do; all but reading wants its values marked off from the words around them
 * @param meant the message
 * @returns a sentence, or null when the call stands
 */
export function inventedIn(
  call: { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> },
  tool: ToolDeclaration,
  access: RegisteredTool["access"],
  meant: Meant,
): string | null {
  if (access === "concludes" && !isCalledIn(meant.excerpt, call.name)) {
    return `The reply does not call ${call.name}, so it is not called for it.`;
  }
  const text = plain(meant.excerpt);
  for (const name of (tool.parameters.required ?? []) as readonly string[]) {
    const leaves = leavesOf(call.arguments[name]);
    const lacks = leaves.find((leaf) => !holds(text, leaf, access !== "reads"));
    if (lacks !== undefined || leaves.length === 0) {
      return `The reply does not hold ${JSON.stringify(lacks ?? "")}, which was read as "${name}" of ${call.name}.`;
    }
  }
  return null;
}

/** Drops the optional arguments whose values the message does not hold. */
export function heldArguments(
  args: Readonly<Record<string, unknown>>,
  tool: ToolDeclaration,
  meant: Meant,
): Record<string, unknown> {
  const text = plain(meant.excerpt);
  const required = (tool.parameters.required ?? []) as readonly string[];
  return Object.fromEntries(
    Object.entries(args).filter(([name, value]) =>
      required.includes(name) || leavesOf(value).every((leaf) => holds(text, leaf, false))
    ),
  );
}

/** Whether a text holds a call of a tool by its name, in any of the forms in which models write calls, and no negation before it. */
function isCalledIn(text: string, name: string): boolean {
  const written = name.replace(/[^a-z0-9]/gi, "[_ -]?");
  const called = new RegExp(`(?:["'=:<]\\s*${written}\\b|\\b${written}\\s*[({\\[])`, "i").exec(text);
  if (called === null) return false;
  const before = text.slice(0, called.index).split(/[.!?;]\s/).at(-1) ?? "";
  return !/\b(?:not|never|n't|cannot|can't|don't|won't|without|instead of|before|unless|until)\b/i.test(before);
}

function leavesOf(value: unknown): readonly (string | number | boolean)[] {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(leavesOf);
}

/** A text in lower case, escapes and white space made plain. */
function plain(text: string): string {
  return text.toLowerCase().replace(/\\[nrt]/g, " ").replace(/\\(.)/g, "$1").replace(/\s+/g, " ").trim();
}

/** Signs that mean something in an expression: with the flag `u` escaping any other one is an error of syntax. */
const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;
/** A word that can only be a path. */
const PATH = /^[\w@~-]*[/.][\w@./~-]+$/;

/**
 * Whether a value stands in a text whole: one word between words, several only between marks, so that `npm test` is not taken out of
 * `npm test --watch`. Where it matters one word has to stand between marks too, unless it is a path.
 */
function holds(text: string, leaf: string | number | boolean, strict: boolean): boolean {
  const wanted = plain(String(leaf));
  if (wanted === "") return false;
  const marked = wanted.includes(" ") || strict && typeof leaf === "string" && !PATH.test(wanted);
  const before = marked ? "(?:^|[\"'`<>(){}\\[\\],;:=|.!?]\\s*)" : "(?:^|[\\s\"'`([{<>=:,|])";
  const after = marked
    ? "(?:$|\\.?\\s*[\"'`<>(){}\\[\\],;:=|!?]|\\.(?:\\s|$))"
    : "(?:$|[\\s\"'`)\\]}<>,;:|!?]|\\.(?:\\s|$))";
  return new RegExp(`${before}${wanted.replace(SYNTAX, "\\$&")}${after}`, "u").test(text);
}
