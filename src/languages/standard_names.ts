/** What the library of a language gives to whoever imports it. */
export interface StandardNames {
  /** Imports by the names that stand before what they hold: `math`. */
  readonly holders: Readonly<Record<string, string>>;
  /** Imports by names that are used alone: `defaultdict`. */
  readonly names: Readonly<Record<string, string>>;
}

/**
 * Lists imports by the names that they give.
 *
 * @param from names that each place gives, apart by blanks, by the place
 * @param statement of a name and its place
 */
export function importsByName(
  from: Readonly<Record<string, string>>,
  statement: (name: string, place: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(from).flatMap(([place, names]) =>
      names.split(" ").map((name) => [name, statement(name, place)] as const)
    ),
  );
}
