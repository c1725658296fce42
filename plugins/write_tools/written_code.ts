import type { Definition } from "../../src/plugin/mod.ts";

/** A value with a name, at the margin. */
const CONSTANT = /^(?:export\s+)?(?:(?:const|let|var|static)\s+)?([A-Za-z_]\w*)\s*(?::[^=]+)?=(?!=)/;

/** Named values at the margin that the function uses and the file does not have. */
export function constantsFor(
  body: readonly string[],
  fresh: readonly string[],
  offered: readonly Definition[],
  before: string,
): string[] {
  const text = body.join("\n");
  return fresh.filter((line, index) => {
    const name = CONSTANT.exec(line)?.[1];
    if (name === undefined || offered.some((one) => index + 1 >= one.from && index + 1 <= one.to)) return false;
    const word = new RegExp(`\\b${name}\\b`);
    return word.test(text) && !new RegExp(`^(?:export\\s+)?(?:\\w+\\s+)?${name}\\b[^=\\n]*=`, "m").test(before);
  });
}

/** Whether a definition stands at the margin. */
export function isTop(lines: readonly string[], one: Definition): boolean {
  return indentOf(lines[one.from - 1]!) === "";
}

/** Gives lines the indentation that the first of them has to have. */
export function shifted(lines: readonly string[], indent: string): string[] {
  const own = indentOf(lines.find((line) => line.trim() !== "") ?? "");
  if (own === indent) return [...lines];
  return lines.map((line) =>
    line.trim() === "" ? line : indent + (line.startsWith(own) ? line.slice(own.length) : line.trimStart())
  );
}

/** The blanks and tabs that a line begins with. */
export function indentOf(line: string): string {
  return /^\s*/.exec(line)![0];
}

/** `title` of `Shape.title`. */
export function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
