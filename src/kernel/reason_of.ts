import { clip } from "./text.ts";

/** Longest text of a thrown value that is no error, in characters. */
const LONGEST_VALUE = 300;

/** The sentence of what was thrown, for use inside another; of a thrown value that is no error its message, or the value as JSON. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return typeof error === "object" && error !== null ? textOfValue(error) : String(error);
}

function textOfValue(value: object): string {
  try {
    const message = "message" in value ? value.message : undefined;
    const text = typeof message === "string" && message !== "" ? message : JSON.stringify(value);
    if (typeof text === "string") return clip(text, LONGEST_VALUE);
  } catch {
    // It goes round, or throws where it is looked at.
  }
  return "an object";
}

/** Most causes that are looked into. */
const MOST_CAUSES = 10;

/** The sentence of the innermost cause: of a request that found nobody, Deno's own is only "fetch failed". */
export function innermostReason(error: unknown): string {
  let inner = error;
  for (let depth = 0; depth < MOST_CAUSES && inner instanceof Error && inner.cause instanceof Error; depth++) {
    inner = inner.cause;
  }
  return reasonOf(inner);
}
