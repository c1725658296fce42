import { readCalls } from "../../src/mediate/read_calls.ts";
import { isRecord } from "../../src/kernel/json.ts";
import { declarationsOf, type RealRow } from "./corpus.ts";
import { formatOfFamily } from "./families.ts";
import { type ReadCall, readStrictly } from "./strict_reader.ts";

/** What a reader made of a row. `false call`: calls where the row has none; `left out`: not scored. */
export type Verdict = "right" | "wrong" | "missed" | "false call" | "left out";

/** How categories are scored, in the order in which they are shown. */
export const GROUPS = {
  "must parse": [
    "wellformed_single",
    "wellformed_typed",
    "multiple_calls",
    "no_arguments",
    "text_around_call",
    "think_then_call",
    "code_fence",
  ],
  repair: [
    "unclosed_tag",
    "missing_open_tag",
    "flat_arguments",
    "json_not_strict",
    "single_quotes",
    "trailing_comma",
    "double_encoded",
    "other_argument_key",
    "truncated",
    "malformed_other",
    "partial_arguments",
  ],
  "value with delimiters": ["delimiter_in_value"],
  "unknown tool": ["unknown_tool"],
  "no call": ["not_a_call"],
  "by hand": ["rejected_by_source", "contested", "schema_echo"],
} as const satisfies Record<string, readonly string[]>;

/** The verdict on one row by one reader, with what was read and wanted where it is not right. */
export interface RowVerdict {
  readonly id: string;
  readonly category: string;
  readonly family: string;
  readonly model: string;
  readonly reader: Reader;
  readonly verdict: Verdict;
  readonly reason: string;
  /** The format that was read, null for none. */
  readonly format: string | null;
}

/** Who read: mediation with the model's format known or not, or the strict reader. */
export type Reader = "unknown family" | "known family" | "strict";

/** The readers in the order in which they are shown. */
export const READERS: readonly Reader[] = ["unknown family", "known family", "strict"];

interface Read {
  readonly calls: readonly ReadCall[];
  /** Calls that the text's end has cut. */
  readonly cut: readonly ReadCall[];
  readonly format: string | null;
}

/**
 * Scores each reader on one row, by the corpus's rules: calls as they are written, in order; key order and 1 against 1.0 do
 * not matter; fragments of messages are left out.
 * @param row a row of real_calls.jsonl
 * @returns a verdict for each reader
 */
export function scoreRealCall(row: RealRow): readonly RowVerdict[] {
  const tools = declarationsOf(row.tools);
  return READERS.map((reader) => {
    const read = reader === "strict"
      ? { calls: readStrictly(row.raw) ?? [], cut: [], format: null }
      : readCalls(row.raw, tools, reader === "known family" ? formatOfFamily(row.format_family) : undefined);
    return {
      id: row.id,
      category: row.category,
      family: row.format_family,
      model: row.model ?? "",
      reader,
      format: read.format,
      ...judge(row, read),
    };
  });
}

function judge(row: RealRow, { calls, cut }: Read): { verdict: Verdict; reason: string } {
  const plain = (list: readonly ReadCall[]) => list.map(({ name, arguments: given }) => ({ name, arguments: given }));
  const reason = `read ${short(plain(calls))}, wanted ${short(row.expected)}`;
  if (row.traits.includes("inner_fragment")) return { verdict: "left out", reason: "a fragment, no whole message" };
  if (row.expected === null) {
    return calls.length === 0 ? { verdict: "right", reason: "" } : { verdict: "false call", reason };
  }
  if (matches(row.expected, calls)) return { verdict: "right", reason: "" };
  // Parsers differ in whether a call that the text's end has cut counts; we say that it is cut and keep what is there of it.
  const all = [...calls, ...cut];
  if (cut.length > 0 && matches(row.expected, all)) {
    return { verdict: "right", reason: `the last of ${short(plain(all))} is said to be cut` };
  }
  return { verdict: calls.length === 0 ? "missed" : "wrong", reason };
}

/** Arguments that a row leaves open (null) are the unfinished text of a stream: only the name counts. */
function matches(expected: NonNullable<RealRow["expected"]>, calls: readonly ReadCall[]): boolean {
  return calls.length === expected.length && expected.every(({ name, arguments: given }, index) => {
    const call = calls[index];
    return call !== undefined && call.name === name && (given === null || equal(call.arguments, given));
  });
}

/** Whether two JSON values are the same but for the order of keys. */
export function equal(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) || Array.isArray(right)) {
    return Array.isArray(left) && Array.isArray(right) && left.length === right.length &&
      left.every((item, index) => equal(item, right[index]));
  }
  if (isRecord(left) && isRecord(right)) {
    const keys = Object.keys(left);
    return keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && equal(left[key], right[key]));
  }
  return left === right;
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 1500 ? `${text.slice(0, 1500)}…` : text;
}
