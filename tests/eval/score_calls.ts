import type { Corpus } from "./corpus.ts";
import { type BfclVerdict, scoreBfcl } from "./score_bfcl.ts";
import { GROUPS, type Reader, READERS, type RowVerdict, scoreRealCall, type Verdict } from "./score_real_calls.ts";

/** How often each verdict was given. */
export type Tally = Readonly<Record<Verdict, number>>;

/** The tallies of one category, or of a group of them, for each reader. */
export interface CategoryScore {
  readonly name: string;
  readonly group: string;
  readonly readers: Readonly<Record<Reader, Tally>>;
}

/** The right answers of one model, on the rows drawn at random, by three judges. */
export interface ModelScore {
  readonly model: string;
  /** Rows that want a call, of which BFCL has published a verdict on `judged`. */
  readonly rows: number;
  readonly judged: number;
  readonly ours: number;
  readonly strict: number;
  readonly bfcl: number;
  /** Rows that want no call. */
  readonly irrelevant: number;
  readonly oursIrrelevant: number;
  readonly strictIrrelevant: number;
  readonly bfclIrrelevant: number;
  /** Right answers on rows without BFCL's verdict are not in `ours`, `strict` and `bfcl`; these two count all rows. */
  readonly oursOfAll: number;
  readonly strictOfAll: number;
}

/** The scores of a corpus. */
export interface Scores {
  readonly groups: readonly CategoryScore[];
  readonly categories: readonly CategoryScore[];
  readonly models: readonly ModelScore[];
  readonly rows: readonly (RowVerdict | BfclVerdict)[];
}

/**
 * Scores all rows of a corpus with each reader.
 * @param corpus rows of one or both files
 * @returns the tallies, and the verdict on each row
 */
export function scoreCalls(corpus: Corpus): Scores {
  const real = (corpus.realCalls ?? []).flatMap(scoreRealCall);
  const bfcl = (corpus.bfcl ?? []).map(scoreBfcl);
  const known: ReadonlySet<string> = new Set(Object.values(GROUPS).flat());
  const strange = [...new Set(real.map(({ category }) => category))].filter((category) => !known.has(category));
  const groups: readonly (readonly [string, readonly string[]])[] = [
    ...Object.entries(GROUPS),
    ...(strange.length > 0 ? [["other categories", strange] as const] : []),
  ];
  const score = (name: string, group: string, categories: readonly string[]): CategoryScore => ({
    name,
    group,
    readers: tallies(real.filter(({ category }) => categories.includes(category))),
  });
  const present = (category: string) => real.some((row) => row.category === category);
  return {
    groups: groups.map(([group, categories]) => score(group, group, categories)),
    categories: groups.flatMap(([group, categories]) =>
      categories.filter(present).map((category) => score(category, group, [category]))
    ),
    models: models(bfcl.filter(({ sample }) => sample === "uniform")),
    rows: [...real, ...bfcl],
  };
}

function tallies(rows: readonly RowVerdict[]): Record<Reader, Tally> {
  const tally = (reader: Reader): Tally => {
    const count = (verdict: Verdict) => rows.filter((row) => row.reader === reader && row.verdict === verdict).length;
    return {
      right: count("right"),
      wrong: count("wrong"),
      missed: count("missed"),
      "false call": count("false call"),
      "left out": count("left out"),
    };
  };
  const [unknown, known, strict] = READERS.map(tally) as [Tally, Tally, Tally];
  return { "unknown family": unknown, "known family": known, strict };
}

function models(rows: readonly BfclVerdict[]): readonly ModelScore[] {
  return [...new Set(rows.map(({ model }) => model))].sort().map((model) => {
    const wanted = rows.filter((row) => row.model === model && !row.irrelevance);
    const irrelevant = rows.filter((row) => row.model === model && row.irrelevance);
    const judged = wanted.filter(({ bfcl }) => bfcl !== null);
    const right = (list: readonly BfclVerdict[], judge: "ours" | "strict" | "bfcl") =>
      list.filter((row) => row[judge] === true).length;
    return {
      model,
      rows: wanted.length,
      judged: judged.length,
      ours: right(judged, "ours"),
      strict: right(judged, "strict"),
      bfcl: right(judged, "bfcl"),
      irrelevant: irrelevant.length,
      oursIrrelevant: right(irrelevant, "ours"),
      strictIrrelevant: right(irrelevant, "strict"),
      bfclIrrelevant: right(irrelevant, "bfcl"),
      oursOfAll: right(wanted, "ours"),
      strictOfAll: right(wanted, "strict"),
    };
  });
}
