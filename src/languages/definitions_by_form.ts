import type { Writing } from "./code_lines.ts";
import { findDefinitions } from "./find_definitions.ts";
import type { Definition } from "./language.ts";

/** Statements that look like a function which no keyword tells. */
const STATEMENTS = new Set("if for while switch catch return function else do try await new throw".split(" "));

/**
 * Makes a finder of functions and methods by the form of their first line, by indentation and by brackets: enough for most languages.
 * What a class, an implementation or the like holds is named with it.
 *
 * @param forms first lines of a definition; the first group is the indentation, the second the name, or the one called `name`. It is called
 *   `bare` where no keyword stands before it, so that a statement looks alike; one called `owner` is what the definition belongs to
 * @returns the finder, as `Language.definitions` wants it
 */
export function definitionsByForm(...forms: readonly RegExp[]): (text: string, writing?: Writing) => Definition[] {
  return (text, writing = {}) =>
    findDefinitions(text, writing, ({ code }) => (index) => {
      for (const form of forms) {
        const match = form.exec(code[index]!);
        if (match === null || match.groups?.bare !== undefined && isStatement(match[0], match.groups.bare)) continue;
        const name = match.groups?.name ?? match.groups?.bare ?? match[2]!;
        const owner = match.groups?.owner;
        return { indent: match[1]!.length, name: owner === undefined ? name : `${owner}.${name}` };
      }
      return null;
    });
}

/** Whether a word begins a statement where it stands; `with` may name a function that has a type before it. */
function isStatement(line: string, word: string): boolean {
  return STATEMENTS.has(word) || word === "with" && line.trimStart().startsWith(word);
}
