import { z } from "zod";
import type { CommandIntent } from "./view.ts";

const name = z.string();
const Intent: z.ZodType<CommandIntent> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("say"), to: name, text: z.string() }),
  z.strictObject({ kind: z.literal("pause") }),
  z.strictObject({ kind: z.literal("unpause") }),
  z.strictObject({ kind: z.literal("release"), message: name }),
  z.strictObject({ kind: z.literal("edit"), message: name, text: z.string() }),
  z.strictObject({ kind: z.literal("redirect"), message: name, to: name }),
  z.strictObject({ kind: z.literal("drop"), message: name }),
  z.strictObject({ kind: z.literal("interrupt"), role: name }),
  z.strictObject({ kind: z.literal("park"), task: name }),
]);
/** Wishes of one command. */
const MOST_INTENTS = 100;

/**
 * Looks at what a command gave: a plugin's code need not keep what its types say.
 *
 * @param value what it gave
 * @returns the wishes in order
 * @throws where they are none
 */
export function givenIntents(value: unknown): readonly CommandIntent[] {
  const result = z.array(Intent).max(MOST_INTENTS).safeParse(value);
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
