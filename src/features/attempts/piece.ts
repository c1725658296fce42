import type { Call } from "../../kernel/call.ts";

/**
 * Names the function that a call is about.
 *
 * @returns its file and its name, `src/a.ts add`; null where the call is not about one function
 */
export function pieceOf({ arguments: { path, function: name } }: Pick<Call, "arguments">): string | null {
  return typeof path === "string" && typeof name === "string" ? `${path} ${name}` : null;
}
