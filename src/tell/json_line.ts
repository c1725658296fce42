import { safeJson } from "../kernel/say.ts";
import type { Known } from "../features/known.ts";
import { type Json, type Members, pick } from "../kernel/told.ts";

/** Version of the lines; it grows when a name or the meaning of a member changes. */
const JSON_VERSION = 1;

/**
 * Writes a line of JSON with its version.
 *
 * @param event what it says
 * @returns the line with its closing line break
 */
export function jsonLine(event: { readonly type: string } & Members): string {
  return `${safeJson({ version: JSON_VERSION, ...event })}\n`;
}

/** The members that a thing has in a line of JSON. */
export function membersOf<T extends object>(thing: T, json: Json<T, Known>, known: Known): Members {
  return typeof json === "function" ? json(thing, known) : pick(thing, ...json);
}
