import { type Container, containersIn, type Language, listParts, marginStatements } from "../../src/plugin/mod.ts";
import { indentOf, shifted } from "./written_code.ts";

/** The first line of a method in a language that writes methods apart from their types. */
const METHOD = /^[ \t]*(?:pub(?:\([^)\n]*\))?[ \t]+)?(?:(?:const|async|unsafe)[ \t]+){0,3}fn[ \t]/;
/** A type that holds no methods itself where they stand apart, its name and what it is made for. */
const TYPE = /\b(?:struct|enum|union)[ \t]+(\w+)[ \t]*(<[^{(;]*>)?/;

/** Where a method goes: into what is there, or what it stands in is new. */
export type Holder =
  | { readonly container: Container }
  | { readonly lines: readonly string[] };

/**
 * Finds where a method goes in a language that writes methods apart from their types.
 *
 * @param before text of the file
 * @param owner name of the type
 * @param written lines of what was written, and where the method stands in it
 * @param by the languages whose forms count
 * @returns null where the language writes methods into their types, or the file has no such type
 */
export function holderOfMethod(
  before: string,
  owner: string,
  written: { readonly text: string; readonly from: number; readonly head: number; readonly to: number },
  by: readonly Language[],
): Holder | null {
  const fresh = written.text.split("\n");
  if (!METHOD.test(fresh[written.from - 1]!)) return null;
  const lines = before.split("\n");
  const isApart = (one: Container) => one.name === owner && (one.kind === "implementation" || one.kind === "trait");
  const there = containersIn(before, by).filter(isApart);
  const around = containersIn(written.text, by).filter(isApart).find(({ from, to }) =>
    from < written.from && written.to <= to
  );
  const first = around === undefined ? "" : fresh[around.from - 1]!;
  const isOther = around?.kind === "trait";
  const held = there.find(({ from, kind }) =>
    isOther ? lines[from - 1]!.trim() === first.trim() : kind === "implementation"
  );
  if (held !== undefined) return { container: held };
  const type = marginStatements(before, by).find(({ names, from }) =>
    names.includes(owner) && TYPE.test(lines[from - 1]!)
  );
  if (type === undefined && there.length === 0) return null;
  if (isOther) return { lines: fresh.slice(around!.head - 1, around!.to) };
  const own = shifted(fresh.slice(written.head - 1, written.to), "    ", by[0]);
  if (around !== undefined && first.trimEnd().endsWith("{")) return { lines: [first, ...own, "}"] };
  const made = type === undefined ? "" : TYPE.exec(lines[type.from - 1]!)?.[2] ?? "";
  return { lines: [`impl${made} ${owner}${namesOf(made)} {`, ...own, "}"] };
}

/** `<T, N>` of `<T: Clone, const N: usize>`. */
function namesOf(made: string): string {
  const names = listParts(made.slice(1, -1)).map((part) => part.split(/[:=]/)[0]!.replace(/^\s*const\s/, "").trim());
  return names.length === 0 ? "" : `<${names.join(", ")}>`;
}

/**
 * Opens the body of a class that stands in one line, so that a method can stand in it. What does nothing goes from it.
 *
 * @param text text of the file
 * @param container the class
 * @param step by how much what it holds is deeper
 * @returns the text; as it was where the class goes over several lines
 */
export function withOpenBody(text: string, { from, to }: Container, step: string): string {
  if (from !== to) return text;
  const lines = text.split("\n");
  const line = lines[from - 1]!;
  const indent = indentOf(line);
  const inner = (body: string) => body.trim() === "" ? [] : [`${indent}${step}${body.trim()}`];
  const [, head, body = ""] = /^([ \t]*class[ \t]+\w+[ \t]*(?:\([^)\n]*\)[ \t]*)?:)(.*)$/.exec(line) ?? [];
  if (head !== undefined) {
    const [idle, said] = /^\s*(?:pass|\.\.\.)\s*(#.*)?$/.exec(body) ?? [];
    const opened = idle === undefined ? [head, ...inner(body)] : [said === undefined ? head : `${head}  ${said}`];
    return lines.toSpliced(from - 1, 1, ...opened).join("\n");
  }
  const [opening, closing] = [line.indexOf("{"), line.lastIndexOf("}")];
  if (opening < 0 || closing < opening) return text;
  // Brackets before those of the body are of its type.
  const last = line.lastIndexOf("{", closing);
  const start = line.slice(last + 1, closing).trim() === "" ? last : opening;
  const opened = [
    line.slice(0, start + 1),
    ...inner(line.slice(start + 1, closing)),
    `${indent}${line.slice(closing)}`,
  ];
  return lines.toSpliced(from - 1, 1, ...opened).join("\n");
}
