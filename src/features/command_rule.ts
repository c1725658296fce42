import { HARMLESS_OPTIONS, isHarmless, isHarmlessValue } from "./harmless_options.ts";
import type { Rule } from "./registry.ts";
import { commandsIn, isBare, namesOf, programsAt } from "./started_commands.ts";
import { quoteWords, wordsOf } from "./words_of.ts";
import { ASKING_ANYWHERE, type AskingProgram } from "./words_that_ask.ts";

/** Commands that run without a question, each as its words. */
export interface FreeCommands {
  /** Free as they stand, with no word more: checks, which nobody allowed with anything behind them. */
  readonly exact: readonly (readonly string[])[];
  /** A command is free when it begins with one of these and no word behind it asks. */
  readonly beginnings: readonly (readonly string[])[];
}

/** Makes the rule for commands: those of the lists are free, any other asks. */
export function commandRule({ exact, beginnings }: FreeCommands): Rule {
  return (state, effect) => {
    if (effect.kind !== "tool" || effect.access !== "runs" || effect.call.arguments.command === undefined) return null;
    const words = wordsOf(effect.call.arguments.command);
    if (exact.some((one) => one.length > 0 && one.length === words.length && beginsWith(words, one))) return null;
    const allowed = beginnings.filter((one) => one.length > 0 && beginsWith(words, one));
    const asking = allowed.map((one) => whatAsks(words, one.length, state.run.info?.project ?? ""));
    if (asking.includes(null)) return null;
    const [first] = asking;
    const why = first === null || first === undefined ? "" : ` (${quoteWords([first.word])} ${first.reason})`;
    return { verdict: "confirm", question: `May ${effect.role} run: ${quoteWords(words)}${why}` };
  };
}

/** A call whose shape a grammar forced is no proof of intent: what cannot be undone asks first. */
export const forcedRule: Rule = (_state, effect) =>
  effect.kind === "tool" && effect.access === "runs" && effect.call.forced === true &&
    effect.call.arguments.command !== undefined
    ? {
      verdict: "confirm",
      question: `The model server forced the shape of this call. May ${effect.role} run ${
        quoteWords(wordsOf(effect.call.arguments.command))
      }`,
    }
    : null;

function beginsWith(words: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((word, index) => words[index] === word);
}

/** A word that asks, and why. */
interface AskingWord {
  readonly word: string;
  readonly reason: string;
}

/**
 * Finds what a person who allowed the beginning of a command did not allow with it: words that are known to bring code or settings, options
 * that are not known to be harmless, and places outside the project.
 *
 * @param words of the command
 * @param allowed how many of them are the allowed beginning
 * @param project absolute path of the project
 * @returns the first word behind it that asks; null where none does
 */
export function whatAsks(words: readonly string[], allowed: number, project: string): AskingWord | null {
  const rest = words.slice(allowed);
  const beginning = words.slice(0, allowed);
  // A program that is started by another counts too, such as `pytest` in `python -m pytest`.
  const programs = words.flatMap((_, at) => programsAt(words, at).map((program) => ({ ...program, at })));
  for (const { at, ...program } of programs) {
    const whole = at < allowed
      ? asWhole(program, beginning.slice(at), beginning.slice(0, at).filter(isBare), rest)
      : null;
    if (whole !== null) return whole;
  }
  const harmless = harmlessOf(beginning);
  const oneDash = programs.some((one) => one.at < allowed && one.oneDash === true);
  for (const word of rest) {
    if (isHarmlessValue(harmless, word)) continue;
    for (const { asks, oneDash } of [{ asks: ASKING_ANYWHERE }, ...programs] as readonly AskingProgram[]) {
      const reason = Object.keys(asks).find((one) =>
        asks[one]!.split(" ").some((form) => isMeant(form, word, oneDash))
      );
      if (reason !== undefined) return { word, reason };
    }
    if (/^-./.test(word) && word !== "--" && !isHarmless(harmless, word, oneDash)) return { word, reason: UNKNOWN };
    if (isElsewhere(word.replace(/^-[^=]*=/, ""), project)) return { word, reason: ELSEWHERE };
  }
  return null;
}

/** The harmless options of the program that gets what stands behind a beginning; empty where nothing is known of it. */
function harmlessOf(beginning: readonly string[]): string {
  const words = beginning.filter(isBare);
  const at = commandsIn(words).at(-1) ?? 0;
  // A module that is run by its name, as in `python -m pytest`, gets its own options.
  const next = beginning.includes("-m") ? optionsAt(words, at + 1) : null;
  return next ?? optionsAt(words, at) ?? "";
}

function optionsAt(words: readonly string[], at: number): string | null {
  const [word = "", next = ""] = words.slice(at, at + 2);
  const name = namesOf(word, next).find((one) => Object.hasOwn(HARMLESS_OPTIONS, one));
  return name === undefined ? null : HARMLESS_OPTIONS[name]!;
}

/** Whether a word names a place outside the project: what lies there nobody looked at. */
function isElsewhere(word: string, project: string): boolean {
  if (/(?:^|[\\/])\.\.(?:[\\/]|$)/.test(word) || word.startsWith("~")) return true;
  return word.startsWith("/") && (project === "" || word !== project && !word.startsWith(`${project}/`));
}

/** What asks for all that follows it: a command of its own, or a script. */
function asWhole(
  { commandAfter, script }: AskingProgram,
  beginning: readonly string[],
  before: readonly string[],
  rest: readonly string[],
): AskingWord | null {
  const isFirst = before.every((word) => programsAt([word], 0).some((one) => one.commandAfter !== undefined));
  if (commandAfter !== undefined && isFirst && rest.length > 0 && beginning.filter(isBare).length <= commandAfter) {
    return { word: rest[0]!, reason: COMMAND };
  }
  const [first] = beginning.slice(1).filter(isBare).length > 0 ? [] : rest.filter((word) => !word.startsWith("-"));
  return script === undefined || first === undefined || script.test(first) ? null : { word: first, reason: SCRIPT };
}

const UNKNOWN = "is an option that is not known to be harmless";
const ELSEWHERE = "names a place outside the project";
const COMMAND = "begins a command of its own";
const SCRIPT = "is a script that could do more than show or replace text";

/** Whether a word is what a form of {@link ASKING_PROGRAMS} means. */
function isMeant(form: string, word: string, oneDash = false): boolean {
  if (form === "=") return /^[A-Za-z_]\w*[:+?!]*=/.test(word);
  if (form.endsWith("*")) return word.startsWith(form.slice(0, -1));
  if (!form.startsWith("-")) return word === form;
  const [, dashes, name] = /^(--?)([^=]*)/.exec(word) ?? [];
  if (dashes === undefined || name === undefined || name === "") return false;
  const wanted = form.replace(/^--?|!$/g, "");
  if (name === wanted) return true;
  if (form.startsWith("--")) {
    // A shortened name; with one dash three letters at least, since fewer are short options.
    return !form.endsWith("!") && wanted.startsWith(name) && (dashes === "--" || name.length >= 3);
  }
  return wanted.length === 1 && dashes === "-" && !oneDash && (/^\w+/.exec(name)?.[0] ?? "").includes(wanted);
}
