import { definitionsIn } from "./definitions.ts";
import type { Definition, Language } from "./language.ts";

/** Characters and lines of a text up to which its definitions are compared: what is longer was mostly made by a machine. */
const MOST_CHARS = 300_000;
const MOST_LINES = 6_000;
/** Characters of parameters that are compared. */
const PARAMETERS = 2_000;

/** A definition that is not in two texts of a file as it was. */
export interface DefinitionChange {
  /** Its name; `Class.method` for one inside a class. */
  readonly name: string;
  readonly how: "added" | "changed" | "removed";
  /** Whether its parameters changed. */
  readonly isOtherwiseCalled: boolean;
  /** Its texts, before and after. */
  readonly text: string;
}

/**
 * Compares the definitions of two texts of a file. Blank lines, comments above and the order make no difference.
 *
 * @param before the earlier text; empty for none
 * @param after the later text; empty for none
 * @param by the languages whose forms count
 * @returns what differs, in the order of the names; none where a text is too long to be compared
 */
export function compareDefinitions(
  before: string,
  after: string,
  by: readonly Language[],
): readonly DefinitionChange[] {
  if (before === after || !isComparable(before) || !isComparable(after)) return [];
  const old = textsOf(before, by);
  const now = textsOf(after, by);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name): DefinitionChange[] => {
    const [was, is] = [old.get(name), now.get(name)];
    if (was === is) return [];
    const how = was === undefined ? "added" : is === undefined ? "removed" : "changed";
    const isOtherwiseCalled = how === "changed" && parametersOf(name, was!) !== parametersOf(name, is!);
    return [{ name, how, isOtherwiseCalled, text: `${was ?? ""}\n${is ?? ""}` }];
  });
}

/** Whether a text is short enough for its definitions to be found in it. */
export function isComparable(text: string): boolean {
  return text.length <= MOST_CHARS && text.split("\n", MOST_LINES + 1).length <= MOST_LINES;
}

/** The text of each definition, those of one name together. */
function textsOf(text: string, by: readonly Language[]): ReadonlyMap<string, string> {
  const lines = text.split("\n");
  const found = new Map<string, string>();
  for (const one of definitionsIn(text, by)) {
    found.set(one.name, `${found.get(one.name) ?? ""}${plainText(lines, one)}`);
  }
  return found;
}

function plainText(lines: readonly string[], { from, to }: Definition): string {
  return lines.slice(from - 1, to).filter((line) => line.trim() !== "").map((line) => `${line.trimEnd()}\n`).join("");
}

/** What stands in the brackets behind a name, blanks aside; empty where there are none. */
function parametersOf(name: string, text: string): string {
  const at = text.indexOf("(", text.indexOf(name.slice(name.lastIndexOf(".") + 1)));
  if (at < 0) return "";
  let depth = 0;
  const part = text.slice(at, at + PARAMETERS);
  for (let index = 0; index < part.length; index++) {
    if (part[index] === "(") depth++;
    else if (part[index] === ")" && --depth === 0) return part.slice(0, index + 1).replace(/\s|,(?=\s*\)$)/g, "");
  }
  return part.replace(/\s/g, "");
}
