/** A way in which models write a call wrong. */
export type FaultCategory =
  | "single quotes"
  | "prose"
  | "code fence"
  | "unknown tool"
  | "cut"
  | "text around the call"
  | "empty"
  | "wrong argument name"
  | "missing open tag"
  | "malformed JSON"
  | "unclosed tag"
  | "double encoded"
  | "flat arguments"
  | "JSON that is not strict";

/**
 * How many replies of 684 go wrong, and how. Counted over the rows of `bfcl_raw.jsonl` of the tool-call corpus that were drawn at
 * random and want a call (24 model runs): 468 are right by the strict reader, 72 can be read and name the wrong values, which is no
 * fault of form. Of the others 86 fall into a category by themselves.
 */
const SEEN: Readonly<Partial<Record<FaultCategory, number>>> = {
  "single quotes": 50,
  "prose": 15,
  "code fence": 10,
  "unknown tool": 5,
  "cut": 2,
  "text around the call": 2,
  "empty": 1,
  "wrong argument name": 1,
};

/** Rows that {@link SEEN} is counted over. */
const ROWS = 684;

/** Rows among them whose form is broken in ways that a count over BFCL's own form does not tell apart. */
const OTHER = 58;

/**
 * How those are broken: the categories of the texts of `real_calls.jsonl` that a model wrote or a person pasted (kinds
 * `raw_model_output` and `issue_output`), as counted there.
 */
const FORMS: Readonly<Partial<Record<FaultCategory, number>>> = {
  "text around the call": 14,
  "missing open tag": 14,
  "malformed JSON": 13,
  "unclosed tag": 6,
  "double encoded": 2,
  "flat arguments": 2,
  "JSON that is not strict": 1,
};

/** Share of replies that go wrong in each way. */
export const FAULT_RATES: readonly (readonly [FaultCategory, number])[] = ratesOf();

/**
 * Share of the requests that want a call which FunctionGemma acts on (MikeVeerman/tool-calling-benchmark, in ollama.md §7.1), and of
 * those that it acts on wrongly: values of its own in place of the message's.
 */
export const INTERPRETER_RATES = { acts: 0.6, invents: 0.1 };

function ratesOf(): (readonly [FaultCategory, number])[] {
  const forms = Object.values(FORMS).reduce((sum, count) => sum + count, 0);
  const names = [...new Set([...Object.keys(SEEN), ...Object.keys(FORMS)])] as FaultCategory[];
  return names.map((name) => [name, ((SEEN[name] ?? 0) + OTHER * (FORMS[name] ?? 0) / forms) / ROWS] as const);
}
