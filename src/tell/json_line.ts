import type { Members } from "../kernel/told.ts";

/** Version of the lines; it grows when a name or the meaning of a member changes. */
export const JSON_VERSION = 1;

/**
 * Writes a line of JSON with its version.
 *
 * @param event what it says
 * @returns the line with its closing line break
 */
export function jsonLine(event: { readonly type: string } & Members): string {
  return `${JSON.stringify({ version: JSON_VERSION, ...event })}\n`;
}
