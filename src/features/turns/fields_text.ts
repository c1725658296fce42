/**
 * Writes the fields of an answer as whoever asked is shown them.
 *
 * @param fields values by name
 * @returns a line for each, texts as they are and all else as JSON
 */
export function fieldsText(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields).map(([name, value]) =>
    `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`
  ).join("\n");
}
