import { isDocument } from "../../languages/document.ts";
import { wantsOf } from "../scope/named.ts";
import { askedDefinitions } from "../scope/wants_of_task.ts";
import { commandsIn } from "./commands_in.ts";
import { listIn } from "./list_in.ts";
import { asksForTests, type ClauseLook, isOfChecks, partsOfGoal } from "./parts_of_goal.ts";
import { renamesIn } from "./renames_in.ts";
import { showsCall } from "./sayings_of.ts";
import type { Criterion } from "./slice.ts";

/** Criteria of a run: more of them are no list that anybody looks through. */
export const MOST_CRITERIA = 20;
/** Characters of a criterion. */
export const MOST_CHARS = 1_000;
/** Examples and names that are taken of one. */
const MOST_EXAMPLES = 12;
const MOST_NAMES = 6;

/** What only a person can see; comments are that where they are to be written, and else what a program reads. */
const FOR_THE_EYE =
  /\b(?:readme|changelog|documentation|documented|docs|docstrings?|readable|nicer?|prettier|beautiful|cleaner|clearer|understandable)\b|\blooks?\b(?! (?:at|up|for|in|into|after)\b)|\b(?:add|write|improve|update) (?:(?:some|more|better|useful|helpful|short|clear|the|a|doc|inline|block|code) ){0,3}comments?\b|^(?:please )?(?:refactor|restructure|tidy|clean up|reformat)\b/i;
/** What stands in documents. */
const DOCUMENTS = /\b(?:readme|changelog|documentation|documented|document|docs?|docstrings?|comments?)\b/i;
/** A file that is to be made. */
const NEW_FILE =
  /\b(?:create|add|write|new)\b[^\n]{0,40}\b(?:file|module|script)\b[^\n]{0,20}?[ `"']([\w./-]{1,80}\.\w{1,6})\b/i;

/** What a goal is about, by the words in it; the first that fits, each with a name that is to be there. */
const KINDS: readonly (readonly [Criterion["kind"], RegExp])[] = [
  ["rename", /\brename\b[^\n]{0,80}?\b(?:to|into|as) [`"']?([\w$.-]{1,80})/i],
  ["function", /\b(?:function|method|helper|procedure) (?:called |named )?[`"']?([A-Za-z_$][\w$.]{0,80})/i],
  ["function", /(?<!\.)\b(?:add|write|create|implement|define)\b(?!\()[^.\n]{0,40}?[ `]([A-Za-z_$][\w$.]{0,80})\(/i],
  ["option", /(?:^|[\s`"'])(--[A-Za-z][\w-]{0,60})/],
  ["option", /\b(?:option|flag|switch|parameter|argument) (?:called |named )?[`"']?(-{0,2}[A-Za-z][\w-]{0,60})/i],
  ["file", NEW_FILE],
];
/** A name that is one of a file. */
const FILE = /\.[a-z]{1,4}$/;
/** Words that follow such a word and are no name. */
const NO_NAME =
  /^(?:to|for|that|which|of|in|on|so|with|and|or|the|a|an|is|are|as|by|from|it|its|should|must|will|can|called|named|when|where|if|at)$/i;

/**
 * Reads what shall be true out of what the person wrote, word for word: the lines of a list, else the goal as a whole, or its parts where
 * different things show them.
 *
 * @param given criteria beside the goal, a sentence or a line of a list each; none where the goal says all
 */
export function readGoal(goal: string, given: readonly string[]): readonly Criterion[] {
  const listed = given.length > 0 ? given : listIn(goal);
  if (listed.length > 0) return listed.slice(0, MOST_CRITERIA).map((text) => criterionOf(text));
  return partsOfGoal(goal, lookAt).slice(0, MOST_CRITERIA).map((text) => criterionOf(text));
}

function lookAt(clause: string): ClauseLook {
  const { how, kind } = criterionOf(clause);
  return { isForTheEye: how === "eye", isNamed: kind !== "behaviour" };
}

/** The file that a criterion says is to be made, relative to the project; null where it names none. */
export function fileToMake(text: string): string | null {
  return NEW_FILE.exec(text)?.[1]?.replace(/^\.\//, "") ?? null;
}

/**
 * Understands one sentence.
 *
 * @param text as the person or a model wrote it
 * @param how how it can be shown, where somebody said so
 */
export function criterionOf(text: string, how?: Criterion["how"]): Criterion {
  const said = text.trim().slice(0, MOST_CHARS);
  const [kind, own] = kindOf(said);
  const quoted = [...said.matchAll(/`([^`\n]{1,80})`/g)].flatMap(([, code = ""]) => identifierIn(code));
  const names = own.length === 0 ? [...new Set(quoted)] : own;
  const examples = examplesIn(said);
  // Calls that it gives beside a command are shown by a test alone.
  const commands = examples.length > 0 ? [] : commandsIn(said);
  return {
    text: said,
    how: how ?? (commands.length > 0 ? "command" : howOf(said, kind)),
    kind,
    names: names.slice(0, MOST_NAMES),
    examples,
    ...(commands.length === 0 ? {} : { commands: [...commands] }),
  };
}

function kindOf(text: string): readonly [Criterion["kind"], readonly string[]] {
  // `Add two functions to runs.py: encode(text) …; decode(code) …`
  const asked = askedDefinitions(wantsOf(text, (word) => FILE.test(word)));
  for (const [kind, pattern] of KINDS) {
    const name = pattern.exec(text)?.[1]?.replace(/[.-]$/, "");
    if (name === undefined || NO_NAME.test(name)) continue;
    const others = kind === "rename" ? renamesIn(text).map(({ to }) => to) : [];
    return [kind, kind === "function" && asked.includes(name) ? asked : others.includes(name) ? others : [name]];
  }
  return asked.length === 0 ? ["behaviour", []] : ["function", asked];
}

function howOf(text: string, kind: Criterion["kind"]): Criterion["how"] {
  const files = [...text.matchAll(/[\w./-]{1,120}\.\w{1,6}\b/g)].map(([path]) => path);
  const isOfDocuments = files.length > 0 && files.every((path) => isDocument(path));
  if (isOfDocuments) return "eye";
  if (kind !== "behaviour") return "test";
  if (isOfChecks(text)) return "check";
  return FOR_THE_EYE.test(text) || asksForTests(text) ? "eye" : "test";
}

/** Sentences or lines that say what a call gives, as they stand. */
function examplesIn(text: string): string[] {
  const parts = text.split(/\r?\n|(?<=\.)\s+|;\s*/).map((part) => part.trim());
  return parts.filter((part) => showsCall(part)).slice(0, MOST_EXAMPLES);
}

/** Whether a text speaks of documents: whoever wants those changed says what is to be there. */
export function isAboutDocuments(text: string): boolean {
  return DOCUMENTS.test(text);
}

/** `median` of `median(values)` and of `stats.median`. */
function identifierIn(code: string): readonly string[] {
  const name = /^(-{0,2}[A-Za-z_$][\w$.-]*)/.exec(code)?.[1]?.split(".").at(-1);
  return name === undefined || /\//.test(code) ? [] : [name];
}
