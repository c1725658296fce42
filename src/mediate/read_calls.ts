import type { ToolDeclaration } from "../core/call.ts";
import { formatNamed, formatsFor } from "./formats.ts";
import { splitThinking } from "./split_thinking.ts";
import type { FoundCall, TextFormat } from "./types.ts";

/** Calls as one format reads them out of a text. */
export interface FormatReading {
  readonly format: TextFormat;
  /** Whether it is the format that the model is known to write. */
  readonly known: boolean;
  readonly calls: readonly FoundCall[];
}

/** What a text says, before anything is compared with schemas. */
export interface CallsRead {
  /** Name of the format that was read; null where the text holds no call. */
  readonly format: string | null;
  readonly calls: readonly FoundCall[];
  readonly thinking: string;
}

/**
 * Reads a text in each format that may stand in it, one after the other as they are asked for.
 * @param text a reply without its thinking
 * @param tools the tools that the model was shown; none where they are not known
 * @param family name of the format that the model is known to write, tried first
 */
export function* formatReadings(
  text: string,
  tools: readonly ToolDeclaration[],
  family?: string,
): Generator<FormatReading> {
  const known = family === undefined ? undefined : formatNamed(family);
  for (const format of formatsFor(text, family)) {
    yield { format, known: format === known, calls: format.read(text, tools) };
  }
}

/**
 * Reads the calls of a text as they are written: the first format that finds a call of a tool, else the first that finds any.
 * @param text a reply's whole text, thinking included
 * @param tools the tools that the model was shown; none where they are not known
 * @param family name of the format that the model is known to write, tried first
 * @returns the calls in order, with the format that was read
 */
export function readCalls(text: string, tools: readonly ToolDeclaration[], family?: string): CallsRead {
  const split = splitThinking(text);
  const names = new Set(tools.map(({ name }) => name));
  let first: FormatReading | null = null;
  for (const reading of formatReadings(split.text, tools, family)) {
    if (reading.calls.length === 0) continue;
    first ??= reading;
    if (names.size === 0 || reading.calls.some(({ name }) => names.has(name))) {
      first = reading;
      break;
    }
  }
  return { format: first?.format.name ?? null, calls: first?.calls ?? [], thinking: split.thinking };
}
