/** Results of a round of checks. */
export type Results = readonly { readonly name: string; readonly passed: boolean; readonly evidence: string }[];

/** Names that a sentence lists. */
const NAMED = 3;
/** Characters of what a check says that a sentence quotes. */
const MOST_QUOTED = 200;
/** Characters of what checks say that are compared: all that is stored of it, its beginning where that is bounded. */
const MOST_COMPARED = 600;

/** What a line of an output looks like that says what went wrong. */
const SAYS_CAUSE =
  /\b[A-Z]\w*(?:Error|Exception)\b|\berror\b|\bfatal\b|\bE[A-Z]{4,}\b|not found|no such|denied|refused|read-only|unreachable|cannot|could not/i;

/** A line that says nothing itself, such as the head of a block of YAML. */
const EMPTY_LINE = /^(?:\w+: *\|-?)?$/;

/** Names of results that are not the same in two rounds, but for some. */
export function differing(one: Results, other: Results, but: readonly string[]): string[] {
  const before = new Map(one.map(({ name, passed }) => [name, passed]));
  const said = new Map(other.map(({ name, passed }) => [name, passed]));
  const names = new Set([...before.keys(), ...said.keys()]);
  return [...names].filter((name) => before.get(name) !== said.get(name) && !but.includes(name));
}

/** Rounds that show whether checks look at a copy. */
export interface Rounds {
  /** In a copy as it is. */
  readonly there: Results;
  /** Others of the same files, in the project or a copy. */
  readonly same: readonly Results[];
  /** In a copy without some sources. */
  readonly emptied: Results;
  /** Results that differ from one execution to the next. */
  readonly uncertain: readonly string[];
}

/**
 * Names the results that tell that sources are emptied: they differ, or they failed before, and fail with words now that they had at no time
 * before, where those were the same at two times.
 */
export function telling({ there, same, emptied, uncertain }: Rounds): string[] {
  const words = Map.groupBy([there, ...same].flat(), ({ name }) => name);
  const otherwise = emptied.filter((one) => {
    if (one.passed || uncertain.includes(one.name)) return false;
    const before = (words.get(one.name) ?? []).filter(({ passed }) => !passed).map(wordsOf);
    return new Set(before).size < before.length && !before.includes(wordsOf(one));
  });
  return [...differing(there, emptied, uncertain), ...otherwise.map(({ name }) => name)];
}

/** What a failing check says, without what may differ from one execution to the next. */
function wordsOf({ passed, evidence }: Results[number]): string {
  return passed
    ? ""
    : evidence.slice(0, MOST_COMPARED).replace(/0x[0-9a-f]+|\d+(?:\.\d+)?/gi, "#").replace(/\s+/g, " ");
}

/**
 * Quotes what a failing check says went wrong, in parentheses behind a sentence; empty where none says anything.
 *
 * @param names of results that differ
 * @param before results in the project
 * @param there results in a copy
 */
export function causeIn(names: readonly string[], before: Results, there: Results): string {
  for (const [results, where] of [[there, ""], [before, "in the project: "]] as const) {
    for (const { name, passed, evidence } of results) {
      const line = passed || !names.includes(name) ? "" : causeOf(evidence);
      if (line !== "") return ` (${where}${line.slice(0, MOST_QUOTED)})`;
    }
  }
  return "";
}

/** The line that says the cause best. */
function causeOf(evidence: string): string {
  const lines = evidence.split("\n").map((line) => line.replace(/^E\s+/, "").trim()).filter((line) =>
    !EMPTY_LINE.test(line)
  );
  return lines.find((line) => SAYS_CAUSE.test(line.slice(0, 1_000))) ?? lines[0] ?? "";
}

/** Lists the first of some names. */
export function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
