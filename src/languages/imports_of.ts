import { type Binding, bindingsOf, declaratorsOf, liftedImport, withoutNames } from "./bound_names.ts";
import { definitionsIn } from "./definitions.ts";
import { allImports, idleIn, importsIn, isImport, plain, withImports } from "./imports.ts";
import type { Language } from "./language.ts";
import { marginStatements } from "./margin_statements.ts";

/**
 * Gives a text the imports of another that it does not have: each after the others, or in the block that holds them. What the text defines
 * itself or takes from the same place is not imported, and where an unused import is a fault, neither is what it does not use. What it takes
 * from elsewhere by the same name comes in: that is a fault which is seen, where code that means something else is not.
 *
 * @param text text of the file
 * @param written code whose imports it may need
 * @param by the languages whose forms count
 * @returns the text with them, and how many lines came in
 */
export function withImportsOf(
  text: string,
  written: string,
  by: readonly Language[],
): { readonly text: string; readonly lines: number } {
  const offered = allImports(written, by).flatMap(declaratorsOf);
  const lifted = withValues(text, offered.flatMap((statement) => bindingsOf(statement, by)), by);
  const lines = lifted.split("\n");
  const there = allImports(lifted, by).flatMap(declaratorsOf);
  const known = new Set(there.map(plain));
  // A model takes what the file itself defines from that file, which then cannot be loaded.
  const defined = new Set([
    ...definitionsIn(lifted, by).flatMap(({ name }) => name.includes(".") ? [] : name),
    ...marginStatements(lifted, by).flatMap(({ from, names }) => isImport(lines[from - 1]!, by) ? [] : names),
  ]);
  const given = new Set(there.flatMap((statement) => bindingsOf(statement, by)).map(keyOf));
  const isIdle = idleIn(lifted, by);
  const fresh: string[] = [];
  for (const statement of offered) {
    if (known.has(plain(statement)) || isIdle(statement)) continue;
    const own = new Map(bindingsOf(statement, by).map((one) => [one.name, keyOf(one)]));
    const rest = withoutNames(statement, (name) => defined.has(name) || given.has(own.get(name) ?? name), by);
    if (rest === null) continue;
    fresh.push(rest);
    known.add(plain(rest));
    for (const one of own.values()) given.add(one);
  }
  const whole = withImports(lifted, fresh, by);
  return { text: whole.text, lines: whole.lines + lines.length - text.split("\n").length };
}

function keyOf({ name, source }: Binding): string {
  return `${name} ${source}`;
}

/** A text whose imports give as values what they gave as types only, and what is taken from the same place as a value. */
function withValues(text: string, offered: readonly Binding[], by: readonly Language[]): string {
  const values = new Set(offered.flatMap((one) => one.isType ? [] : keyOf(one)));
  const lines: (string | readonly string[])[] = text.split("\n");
  for (const { statement, from, to } of importsIn(text.split("\n"), by)) {
    const types = bindingsOf(statement, by).filter((one) => one.isType && values.has(keyOf(one)));
    if (types.length === 0) continue;
    const names = new Set(types.map(({ name }) => name));
    lines.fill([], from, to);
    lines[from] = [liftedImport(statement, (name) => names.has(name), by)];
  }
  return lines.flat().join("\n");
}
