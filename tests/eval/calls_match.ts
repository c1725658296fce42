import { isRecord } from "../../src/kernel/json.ts";
import type { ReadCall } from "./strict_reader.ts";

/** What a BFCL question wants: the allowed values of each argument; `""` among them: may be left out. */
export interface WantedCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, readonly unknown[]>>;
}

/** The parts of a row that matching needs. */
export interface MatchRow {
  /** Null where no call is wanted. */
  readonly possible_answer: readonly WantedCall[] | null;
  readonly dot_as_underscore?: boolean;
  readonly tools: readonly {
    readonly function: { readonly name: string; readonly parameters?: Readonly<Record<string, unknown>> };
  }[];
}

/**
 * Compares calls with what a question wants, by BFCL's rule in the short form of the corpus's check_bfcl.py: the same names in
 * any order, every required argument there, each value among the allowed ones.
 * @param calls the calls of a reply
 * @param row the question
 * @returns whether they are right
 */
export function callsMatch(calls: readonly ReadCall[], row: MatchRow): boolean {
  if (row.possible_answer === null) return calls.length === 0;
  const left = [...row.possible_answer];
  if (calls.length !== left.length) return false;
  const sent = (name: string) => row.dot_as_underscore === true ? name.replaceAll(".", "_") : name;
  for (const call of calls) {
    const hit = left.findIndex((wanted) =>
      (call.name === wanted.name || call.name === sent(wanted.name)) && fits(call, wanted, row)
    );
    if (hit < 0) return false;
    left.splice(hit, 1);
  }
  return true;
}

function fits(call: ReadCall, wanted: WantedCall, row: MatchRow): boolean {
  const given = call.arguments;
  if (!isRecord(given)) return false;
  const parameters = row.tools.find((tool) => tool.function.name === wanted.name)?.function.parameters;
  const required = Array.isArray(parameters?.required) ? parameters.required : [];
  if (required.some((key) => !Object.hasOwn(given, String(key)))) return false;
  for (const [key, value] of Object.entries(given)) {
    const allowed = Object.hasOwn(wanted.arguments, key) ? wanted.arguments[key] : undefined;
    if (allowed === undefined || !allowed.some((item) => same(value, item))) return false;
  }
  return Object.entries(wanted.arguments).every(([key, allowed]) => Object.hasOwn(given, key) || allowed.includes(""));
}

function same(value: unknown, allowed: unknown): boolean {
  if (typeof value === "string" && typeof allowed === "string") return plain(value) === plain(allowed);
  if (Array.isArray(value) && Array.isArray(allowed)) {
    return value.length === allowed.length && value.every((item, index) => same(item, allowed[index]));
  }
  if (isRecord(value) && isRecord(allowed)) {
    for (const [key, item] of Object.entries(value)) {
      if (!Object.hasOwn(allowed, key)) return false;
      const entry = allowed[key];
      const choices: readonly unknown[] = Array.isArray(entry) ? entry : [entry];
      if (!choices.some((choice) => same(item, choice)) && !same(item, entry)) return false;
    }
    return Object.entries(allowed).every(([key, entry]) =>
      Object.hasOwn(value, key) || (Array.isArray(entry) && entry.includes(""))
    );
  }
  return value === allowed;
}

/** Blanks and the marks that BFCL does not look at are left out. */
function plain(text: string): string {
  return text.replace(/[ ,./\-_*^]/g, "").toLowerCase().replaceAll("'", '"');
}
