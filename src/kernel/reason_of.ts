/** The sentence of what was thrown, for use inside another. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
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
