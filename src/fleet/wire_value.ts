import type * as z from "zod";
import { clip } from "../kernel/text.ts";
import { HostFailure } from "../ports/model_host.ts";

/**
 * Reads a JSON text that a server sent.
 *
 * @param what what was asked and where, for messages
 * @param wanted what should stand there, for messages
 * @param shape schema of the value
 * @param text the JSON text
 * @throws {HostFailure} `protocol` where it is no JSON or of another shape
 */
export function wireValue<T>(what: string, wanted: string, shape: z.ZodType<T>, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw strangeAnswer(what, wanted, text, cause);
  }
  const read = shape.safeParse(value);
  if (!read.success) throw strangeAnswer(what, wanted, text, read.error);
  return read.data;
}

/**
 * Makes the failure for an answer that a server of its kind does not give.
 *
 * @param what what was asked and where
 * @param wanted what should stand there
 * @param text what stands there
 */
export function strangeAnswer(what: string, wanted: string, text: string, cause?: unknown): HostFailure {
  const found = JSON.stringify(clip(text, 201));
  return new HostFailure("protocol", `${what}: wanted ${wanted}, found ${found}.`, {}, { cause });
}
