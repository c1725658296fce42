import type { ToolDeclaration } from "../kernel/call.ts";
import { isExample, isQuoted } from "./examples.ts";
import { ESCAPES } from "./escapes.ts";
import { formatNamed, formatsFor } from "./formats.ts";
import { RewrittenText } from "./rewritten_text.ts";
import { Cover, insideOthers } from "./spans.ts";
import { type SplitText, splitThinking } from "./split_thinking.ts";
import type { FoundCall, TextFormat } from "./types.ts";

/** What the formats find in a text. */
export interface FormatsRead {
  /** Calls in the order of the text, those that are not good among them. */
  readonly calls: readonly FoundCall[];
  /** The format of the first good call, else of the first call; null where there is none. */
  readonly format: TextFormat | null;
}

interface Reading {
  readonly format: TextFormat;
  readonly calls: readonly FoundCall[];
  readonly good: readonly FoundCall[];
}

/**
 * Reads a text in each format that may stand in it. The known format comes first, then those with marks, whose calls may
 * stand beside one another, then those without. A call that stands inside another good one is content of that.
 * @param text a reply without its thinking
 * @param tools the tools that the model was shown; none where they are not known
 * @param good whether a call is one that could be made; only such calls decide which format is the text's
 * @param family name of the format that the model is known to write
 * @returns the calls of the formats that hold good ones; where none does, of the first format that finds any, one that
 * names a tool before others
 */
export function readFormats(
  text: string,
  tools: readonly ToolDeclaration[],
  good: (call: FoundCall) => boolean,
  family?: string,
): FormatsRead {
  const read = readAsWritten(text, tools, good, family);
  const escape = ESCAPES.find(({ begins }) => begins.test(text));
  if (escape === undefined || read.calls.some(good)) return read;
  const plain = new RewrittenText(text, escape.signs, ([sign]) => escape.plain[sign.toLowerCase()] ?? sign);
  const again = readAsWritten(plain.text, tools, good, family);
  return again.calls.some(good) ? { ...again, calls: plain.placed(again.calls, escape.words) } : read;
}

function readAsWritten(
  text: string,
  tools: readonly ToolDeclaration[],
  good: (call: FoundCall) => boolean,
  family?: string,
): FormatsRead {
  const readings: Reading[] = [];
  const shown = new Set(tools.map(({ name }) => name));
  // Ends of the good calls so far by their beginnings: what stands there is not compared again in a format that comes after.
  const ends = new Map<number, number>();
  for (const format of formatsFor(text, family)) {
    if (format.marks.length === 0 && ends.size > 0 && !bracketOutside(text, readings)) continue;
    const read = format.read(text, tools);
    const calls = read.filter(({ name, span }) =>
      !(format.marks.length === 0 && isExample(text, span)) && (shown.has(name) || !isQuoted(text, span))
    );
    if (calls.length === 0) continue;
    const known = format.ofAnyFamily === true ? saidIn(readings) : null;
    const fresh = calls.filter((call) =>
      ends.get(call.span[0]) !== call.span[1] && known?.has(saying(call)) !== true && good(call)
    );
    readings.push({ format, calls, good: fresh });
    for (const { span } of fresh) ends.set(span[0], span[1]);
  }
  const standing = standingFor(readings, family);
  const main = standing[0];
  if (main === undefined) {
    const attempt = readings.find(({ calls }) => calls.some(({ name }) => shown.has(name))) ?? readings[0];
    return { calls: attempt?.calls ?? [], format: attempt?.format ?? null };
  }
  const calls = standing.flatMap((reading) => reading.good);
  // Calls of one list share its span; what stands inside another format's call is content.
  const cover = new Cover(standing.slice(1).flatMap((reading) => reading.good.map(({ span }) => span)));
  const fit = new Set(main.all);
  const broken = main.calls.filter((call) => !fit.has(call) && !cover.overlaps(call.span));
  return {
    calls: [...calls, ...broken].sort((left, right) => left.span[0] - right.span[0]),
    format: main.format,
  };
}

/**
 * Keeps the thinking of a reply apart, but for marks of thinking inside a call's arguments: a file about such marks is content.
 * @param text a reply's whole text
 * @param tools the tools that the model was shown; none where they are not known
 * @param good whether a call is one that could be made
 * @param family name of the format that the model is known to write
 * @returns the text without its thinking, and the thinking
 */
export function splitReply(
  text: string,
  tools: readonly ToolDeclaration[],
  good: (call: FoundCall) => boolean,
  family?: string,
): SplitText {
  const split = splitThinking(text);
  if (split.closings.length === 0) return split;
  // Calls as they stand when nothing is thinking: only what is whole and well written holds its marks.
  const sound = (call: FoundCall) => (call.mended ?? []).length === 0 && good(call);
  const calls = readFormats(text, tools, sound, family).calls.filter(sound);
  const holds = calls.some(({ span }) => split.closings.some(([start, end]) => span[0] < start && end < span[1]));
  return holds ? splitThinking(text, new Cover(calls.map(({ span }) => span))) : split;
}

/** What a call says, for comparing. */
function saying({ name, arguments: given }: FoundCall): string {
  return JSON.stringify([name, given]);
}

/** What the good calls so far say. */
function saidIn(readings: readonly Reading[]): ReadonlySet<string> {
  return new Set(readings.flatMap(({ good }) => good.map(saying)));
}

/** Whether a call without marks may stand around or beside the good calls so far: no bracket, no call. */
function bracketOutside(text: string, readings: readonly Reading[]): boolean {
  const cover = new Cover(readings.flatMap(({ good }) => good.map(({ span }) => span)));
  return cover.gaps(text.length).some(([start, end]) => /[{[(]/.test(text.slice(start, end)));
}

interface Standing extends Reading {
  /** All good calls of the format, those inside others among them. */
  readonly all: readonly FoundCall[];
}

/** The readings with the good calls that stand for themselves; each place of the text is read once. */
function standingFor(readings: readonly Reading[], family?: string): readonly Standing[] {
  const known = family === undefined ? undefined : formatNamed(family);
  const inside = insideOthers(
    readings.map(({ good }) => good.map(({ span, mended }) => ({ span, sound: (mended ?? []).length === 0 }))),
  );
  const outermost = readings.map((reading, group): Standing => ({
    ...reading,
    all: reading.good,
    good: reading.good.filter((_, index) => inside[group]?.[index] !== true),
  }));
  const marked: Standing[] = [];
  const plain: Standing[] = [];
  for (const reading of outermost) {
    const isPlain = reading.format.marks.length === 0;
    if (reading.good.length === 0) continue;
    if (isPlain && reading.format !== known) plain.push(reading);
    else {
      const taken = new Cover(marked.flatMap(({ good }) => good.map(({ span }) => span)));
      const free = reading.good.filter(({ span }) => !taken.overlaps(span));
      if (free.length > 0) marked.push({ ...reading, good: free });
    }
  }
  return marked.length > 0 ? marked : plain.slice(0, 1);
}
