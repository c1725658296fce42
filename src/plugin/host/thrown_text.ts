import { reasonOf } from "../../kernel/reason_of.ts";
import { clip } from "../../kernel/text.ts";

/** Longest text of a thrown value that is no error, in characters. */
const LONGEST_VALUE = 300;

/** The sentence of what a plugin threw; of a thrown value that is no error its message, or the value as JSON. */
export function thrownText(thrown: unknown): string {
  if (thrown instanceof Error || typeof thrown !== "object" || thrown === null) return reasonOf(thrown);
  try {
    const message = "message" in thrown ? thrown.message : undefined;
    const text = typeof message === "string" && message !== "" ? message : JSON.stringify(thrown);
    if (typeof text === "string") return clip(text, LONGEST_VALUE);
  } catch {
    // It goes round, or throws where it is looked at.
  }
  return "an object";
}
