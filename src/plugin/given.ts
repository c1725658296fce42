import { CommandIntents } from "./command_intents.ts";
import type { CommandIntent } from "./view.ts";

/**
 * Looks at what a command gave.
 *
 * @param value what it gave
 * @returns the wishes in order
 * @throws where they are none
 */
export function givenIntents(value: unknown): readonly CommandIntent[] {
  const result = CommandIntents.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
  throw new Error(`it must give a list of wishes, such as [{ kind: "pause" }]; what it gave is wrong${place}.`);
}

/**
 * Looks at the rows that a pane gave.
 *
 * @param value what it gave
 * @returns the rows
 * @throws where they are none
 */
export function givenRows(value: unknown): readonly string[] {
  const isRows = (rows: unknown): rows is readonly string[] =>
    Array.isArray(rows) && rows.every((row) => typeof row === "string");
  if (isRows(value)) return value;
  throw new Error("it must give a list of texts, one for each row");
}
