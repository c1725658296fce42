import { definitionsIn } from "./definitions.ts";
import type { Language } from "./language.ts";

/** Words before the name of what is declared. */
const WORDS =
  "class|struct|interface|trait|enum|type|const|let|var|val|object|record|def|defn|fn|fun|func|function|sub|proc|macro|module|protocol|static|final";

/**
 * Tells whether a text holds a definition of a name: a function, a method, a class, a type, a named value or member.
 *
 * @param text code
 * @param name `median`, or `Stats.median`, of which the last part counts
 * @param by the languages whose forms count
 */
export function declares(text: string, name: string, by: readonly Language[]): boolean {
  const last = name.slice(name.lastIndexOf(".") + 1);
  // Looking for a text is cheap, and mostly it is not there.
  if (!/^[\w$]+$/.test(last) || !text.includes(last)) return false;
  if (
    definitionsIn(text, by).some((one) => one.name === name || one.name.slice(one.name.lastIndexOf(".") + 1) === last)
  ) {
    return true;
  }
  const word = last.replaceAll("$", "\\$");
  const declared = new RegExp(
    `(?:^|[^\\w$])(?:${WORDS})[ \\t]+(?:\\([^)\\n]{0,120}\\)[ \\t]*|self\\.)?${word}(?![\\w$])|\\.${word}[ \\t]*=(?![=>])|^[ \\t]*(?:[a-z]+[ \\t]+){0,3}["']?${word}["']?[ \\t]*\\??[:=](?!=)`,
    "m",
  );
  return declared.test(text);
}
