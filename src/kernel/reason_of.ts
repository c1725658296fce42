/** The sentence of what was thrown, for use inside another. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
