import { parse } from "jsonc-parser";

/** A parsed object of which no field is known. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Takes a parsed value as an object.
 *
 * @param value the value
 * @returns its fields; none where it is a list or no object
 */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value as Fields : {};
}

/**
 * Reads a configuration in JSON, with comments or without.
 *
 * @param text text of the file
 * @returns its fields; none where it is no object
 */
export function fieldsIn(text: string): Fields {
  return fieldsOf(parse(text));
}
