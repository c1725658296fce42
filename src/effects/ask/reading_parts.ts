import type { AskResult } from "./ask_effect.ts";

/** A part of the evidence of how a reply was read. */
export interface EvidencePart {
  readonly title: string;
  readonly text: string;
  /** Whether it says what went wrong. */
  readonly bad: boolean;
}

/**
 * Says how a reply was read: the step that helped and what it mended, each call and each attempt with its structure, and the tools
 * that were offered. Of a reply that was read as it was written only the calls are said.
 *
 * @param result how the ask ended
 * @param offered tools that were legal for it
 * @returns parts in order
 */
export function readingParts(result: AskResult, offered: readonly string[]): readonly EvidencePart[] {
  const { step, fault, meant, attempted = [], repairs = [] } = result;
  const parts: EvidencePart[] = [];
  const part = (title: string, text: string, bad = false) => parts.push({ title, text, bad });
  const calls = result.calls.map((call) => `${call.name} ${JSON.stringify(call.arguments)}`);
  part(`read by ${step}`, calls.join("\n") || (fault === null ? "the text that was asked for" : "no call"));
  if (repairs.length > 0) part("repaired", repairs.join("\n"));
  for (const { name, arguments: given, fault } of attempted) {
    part(`attempted: ${name || "no name"}`, `${given}\n${fault}`, true);
  }
  if (fault !== null) part("fault, as the model is told it", fault, true);
  if (meant !== undefined) part("may mean a call", meant.why);
  if (fault !== null || repairs.length > 0 || attempted.length > 0) part("tools offered", offered.join(", ") || "none");
  return parts;
}
