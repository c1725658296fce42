/** Something that breaks a rule of the house. */
export interface Finding {
  /** The rule, such as `file-lines`. */
  readonly rule: string;
  /** What breaks it: a file, `FILE#FUNCTION` or a folder, relative to the project. */
  readonly place: string;
  /** Line of the file, counted from 1; 0 where it is about the whole. */
  readonly line: number;
  /** How much of it there is: lines, files in a circle, or 1 for each that is counted. */
  readonly found: number;
  /** What is wrong and what is wanted. */
  readonly says: string;
}

/** What is known to break a rule for now: by rule and place, how much of it there is at most. */
export type Exceptions = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Findings of one rule at one place. */
export interface Group {
  readonly rule: string;
  readonly place: string;
  readonly found: number;
  /** How much is known of; 0 where nothing is. */
  readonly known: number;
  readonly findings: readonly Finding[];
}

/** Joins findings by rule and place and says how much of each is known. */
export function grouped(findings: readonly Finding[], exceptions: Exceptions): readonly Group[] {
  const groups = Map.groupBy(findings, ({ rule, place }) => `${rule} ${place}`);
  return [...groups.values()].map((found) => {
    const { rule, place } = found[0]!;
    return {
      rule,
      place,
      found: found.reduce((sum, one) => sum + one.found, 0),
      known: exceptions[rule]?.[place] ?? 0,
      findings: found,
    };
  });
}

/** Names the exceptions that nothing needs any more, as `RULE PLACE`. */
export function needless(groups: readonly Group[], exceptions: Exceptions): readonly string[] {
  const needed = sizes(groups);
  return Object.entries(exceptions)
    .flatMap(([rule, places]) => Object.keys(places).map((place) => `${rule} ${place}`))
    .filter((name) => !needed.has(name));
}

/** The exceptions that are still needed, none larger than what there is: the list only shrinks. */
export function shrunk(groups: readonly Group[], exceptions: Exceptions): Exceptions {
  const needed = sizes(groups);
  const rules = Object.entries(exceptions).map(([rule, places]) => {
    const kept = Object.entries(places).flatMap(([place, known]) => {
      const found = needed.get(`${rule} ${place}`);
      return found === undefined ? [] : [[place, Math.min(found, known)] as const];
    });
    return [rule, Object.fromEntries(kept)] as const;
  });
  return Object.fromEntries(rules.filter(([, places]) => Object.keys(places).length > 0));
}

function sizes(groups: readonly Group[]): ReadonlyMap<string, number> {
  return new Map(groups.map(({ rule, place, found }) => [`${rule} ${place}`, found]));
}
