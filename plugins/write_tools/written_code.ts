import { areQuoted, type Definition, type Language, type Writing } from "../../src/plugin/mod.ts";

/** Whether a definition stands at the margin. */
export function isTop(lines: readonly string[], one: Definition): boolean {
  return indentOf(lines[one.from - 1]!) === "";
}

/**
 * Gives lines of code the indentation that the first of them has to have. What stands in quotes over several lines stays as it is: its blanks
 * are part of the text.
 *
 * @param writing how their code is told apart
 */
export function shifted(lines: readonly string[], indent: string, writing?: Writing): string[] {
  const own = indentOf(lines.find((line) => line.trim() !== "") ?? "");
  if (own === indent) return [...lines];
  const quoted = areQuoted(lines, writing);
  return lines.map((line, index) =>
    line.trim() === "" || quoted[index] === true
      ? line
      : indent + (line.startsWith(own) ? line.slice(own.length) : line.trimStart())
  );
}

/**
 * Gives the first line of a member back what it is short of where the others came as deep as they stand in its class.
 *
 * @param lines the member
 * @param step one step of the indentation of its file
 * @param writing how their code is told apart
 */
export function withDepthOfFirst(
  lines: readonly string[],
  step: string,
  writing?: Writing,
): readonly string[] {
  const [first = "", ...rest] = lines;
  const quoted = areQuoted(lines, writing);
  const others = rest.filter((line, index) => line.trim() !== "" && quoted[index + 1] !== true);
  const last = others.at(-1);
  if (last === undefined) return lines;
  const own = indentOf(first);
  const [least = ""] = others.map(indentOf).sort((one, other) => one.length - other.length);
  const closing = /^[ \t]+[})\]]/.test(last) && indentOf(last) === least ? least.slice(own.length) : "";
  const short = first.trimEnd().endsWith(":") ? least.slice(own.length + step.length) : closing;
  return [short + first, ...rest];
}

/** A text a step deeper: in some languages a method is known as one only inside of something. */
export function deeper(text: string, by: readonly Language[]): string {
  const lines = text.split("\n");
  const own = indentOf(lines.find((line) => line.trim() !== "") ?? "");
  const quoted = areQuoted(lines, by[0]);
  return own !== ""
    ? text
    : lines.map((line, index) => line.trim() === "" || quoted[index] === true ? line : `  ${line}`).join("\n");
}

/** The blanks and tabs that a line begins with. */
export function indentOf(line: string): string {
  return /^\s*/.exec(line)![0];
}

/** `title` of `Shape.title`. */
export function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
