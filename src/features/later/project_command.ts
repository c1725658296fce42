import type { Languages } from "../../languages/language.ts";
import type { ProjectCommands, ProjectPrograms } from "../../languages/project_commands.ts";
import { VERSION_CONTROL } from "../../languages/version_control.ts";
import { commandsIn, isBare, namesOf } from "../started_commands.ts";
import type { Changes } from "./slice.ts";

/** Options with which a command changes nothing. */
const ONLY_SAYS = ["--help", "-h", "--version", "--dry-run"];

/**
 * Says whether a command changes a project itself and not its sources: what it uses, such as `npm install`, or what version control keeps of
 * it, such as `git commit`. Programs that start others are seen through.
 *
 * @param words of the command
 * @param languages each names its own such commands
 * @returns what it changes; null where it changes neither
 */
export function projectCommand(words: readonly string[], languages: Languages): Changes | null {
  const installs = Object.values(languages).flatMap(({ changesProject: own }) => own === undefined ? [] : [own]);
  for (const at of startsOf(words)) {
    if (isOneOf([VERSION_CONTROL], words.slice(at))) return "repository";
    if (isOneOf(installs, words.slice(at))) return "dependencies";
  }
  return null;
}

/** Where a command begins: the whole, what its wrappers start, and a module that is run by its name, as in `python -m pip`. */
function startsOf(words: readonly string[]): readonly number[] {
  const places = words.flatMap((word, at) => isBare(word) ? [at] : []);
  const starts = commandsIn(places.map((at) => words[at]!));
  return [...new Set(starts.flatMap((one) => words[places[one + 1]! - 1] === "-m" ? [one, one + 1] : [one]))]
    .map((one) => places[one]!);
}

function isOneOf(tables: readonly ProjectPrograms[], [program = "", ...rest]: readonly string[]): boolean {
  const names = namesOf(program);
  return tables.some((table) => names.some((name) => Object.hasOwn(table, name) && isMeant(table[name]!, rest)));
}

/** Whether the words behind a program make it change the project. */
function isMeant({ changes, named = {}, valued = "" }: ProjectCommands, rest: readonly string[]): boolean {
  const end = rest.indexOf("--");
  const options = (end < 0 ? rest : rest.slice(0, end)).map((word) => word.replace(/=.*/s, ""));
  if (options.some((word) => ONLY_SAYS.includes(word))) return false;
  const words = withoutOptions(rest, valued.split(" "));
  const begins = (form: string) =>
    form === "*" || (form === "." ? words.length === 0 : form.split(" ").every((word, index) => words[index] === word));
  if (changes.split(", ").some(begins)) return true;
  return Object.entries(named).some(([form, listing]) =>
    begins(form) && words.length > form.split(" ").length &&
    !options.some((word) => word !== "" && listing.split(" ").includes(word))
  );
}

/** The words that are neither options nor, before the first other one, their values; nor which version of a program is meant (`+nightly`). */
function withoutOptions(words: readonly string[], valued: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (!/^[-+]/.test(word)) found.push(word);
    else if (found.length === 0 && valued.includes(word)) at += 1;
  }
  return found;
}
