import { type Definition, definitionsIn } from "../../src/plugin/mod.ts";

const IMPORT = /^(?:import\b|from\s+\S+\s+import\b|use\s|#include\b|(?:const|let|var)\b.*\brequire\()/;

/** A file with one of its functions written anew, or why that cannot be. */
export type Replacement =
  | { readonly text: string; readonly from: number; readonly to: number }
  | { readonly fault: string };

/**
 * Puts a function that was written anew into its file. Of what was written only that function counts, with imports and functions that
 * the file does not have; the rest of the file stays as it is, whatever was repeated of it.
 *
 * @param before text of the file
 * @param name function or `Class.method` as {@link definitionsIn} names it
 * @param written what was written: the function alone, with more around it, or the whole file
 * @returns the new text and the lines that it took, or the fault
 */
export function replaceDefinition(before: string, name: string, written: string): Replacement {
  const known = definitionsIn(before);
  const old = known.find((one) => one.name === name) ?? only(known.filter((one) => lastName(one.name) === name));
  if (old === undefined) {
    const names = known.map((one) => one.name).join(", ");
    return { fault: `There is no function ${name}. ${names === "" ? "The file has none." : `The file has ${names}.`}` };
  }
  const offered = definitionsIn(written);
  const wanted = offered.find((one) => one.name === old.name) ??
    offered.find((one) => lastName(one.name) === lastName(old.name));
  if (wanted === undefined) {
    return {
      fault: `The text does not define ${name}. Write the complete function ${name}, from its first line to its last.`,
    };
  }
  const lines = before.split("\n");
  const fresh = written.split("\n");
  const withHead = keepsHead(lines, old, fresh, wanted);
  const start = withHead ? old.head : old.from;
  const indent = indentOf(lines[old.from - 1]!);
  const body = shifted(fresh.slice((withHead ? wanted.head : wanted.from) - 1, wanted.to), indent);
  const names = new Set(known.map((one) => lastName(one.name)));
  const added = indent !== "" ? [] : offered
    .filter((one) =>
      !names.has(lastName(one.name)) && indentOf(fresh[one.from - 1]!) === "" && one.name !== wanted.name
    )
    .flatMap((one) => [...fresh.slice(one.head - 1, one.to), ""]);
  const result = [...lines.slice(0, start - 1), ...added, ...body, ...lines.slice(old.to)];
  const imports = fresh.filter((line) => IMPORT.test(line) && !lines.some((one) => one.trim() === line.trim()));
  const shift = imports.length;
  if (shift > 0) result.splice(importPlace(lines, known), 0, ...imports);
  const from = start + shift;
  return { text: result.join("\n"), from, to: from + added.length + body.length - 1 };
}

/** Comments and decorators above are replaced only by such: what was not written again stays. */
function keepsHead(lines: readonly string[], old: Definition, fresh: readonly string[], wanted: Definition): boolean {
  if (wanted.head === wanted.from) return false;
  const decorated = (of: readonly string[], one: Definition) =>
    of.slice(one.head - 1, one.from - 1).some((line) => /^\s*[@#]\w?/.test(line) && line.trim().startsWith("@"));
  return decorated(fresh, wanted) || !decorated(lines, old);
}

/** Line index before which new imports go: after the last import, else at the beginning. */
function importPlace(lines: readonly string[], known: readonly Definition[]): number {
  const end = known[0]?.head ?? lines.length;
  const last = lines.slice(0, end - 1).findLastIndex((line) => IMPORT.test(line));
  if (last >= 0) return last + 1;
  return known[0] === undefined ? 0 : Math.max(0, known[0].head - 1);
}

/** Gives lines the indentation that the first of them has to have. */
function shifted(lines: readonly string[], indent: string): string[] {
  const own = indentOf(lines.find((line) => line.trim() !== "") ?? "");
  if (own === indent) return [...lines];
  return lines.map((line) =>
    line.trim() === "" ? line : indent + (line.startsWith(own) ? line.slice(own.length) : line.trimStart())
  );
}

function indentOf(line: string): string {
  return /^\s*/.exec(line)![0];
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function only(found: readonly Definition[]): Definition | undefined {
  return found.length === 1 ? found[0] : undefined;
}
