import { languagesOf } from "../languages/languages_of.ts";
import { renamesIn } from "../features/criteria/renames_in.ts";
import { situationOfTurn, taskOf } from "../features/attempts/strategy_of.ts";
import type { Registry, TextForm } from "../features/registry.ts";
import { isFirstLook } from "../strategies/pieces.ts";
import { triesBefore } from "../strategies/tries.ts";
import { type Knows, type Rename, renamed, renamedTest } from "../languages/renamed.ts";
import { isTestPath } from "../languages/test_path.ts";
import type { Turn } from "../features/turns/slice.ts";
import type { State } from "../features/state.ts";
import type { Text } from "../kernel/text.ts";
import { fenced } from "./fence.ts";
import { firstTest } from "./first_test.ts";
import { headOnly } from "./head_only.ts";
import type { Meter } from "./meter.ts";
import type { Section } from "./section.ts";
import {
  CHANGES,
  checkSections,
  fileSections,
  goalSection,
  messageSections,
  pastSections,
  standardSections,
} from "./turn_brief.ts";
import { say, type Wording } from "../sentences/say.ts";

/** Attempt from which a text that is written anew is told of the ones before it, and of what fails. */
const TRIED_FROM = 2;

/** How a source knows what it defines: parts of other things are called so by chance. */
const OWN_ALONE: Knows = { holders: new Set(["exports", "self", "this"]), isBound: true };

/**
 * Writes what a small model is told when a text is asked for by itself: the task, what fails, the files, what was tried. Of a file of
 * tests, who is to write a new one sees how the first is written. For a text that is to be written anew the body of its function is left out, and with it what shows that body in other words.
 *
 * @param turn the turn, the call first among its calls
 * @param form how the text is asked for
 * @param meter reads the files
 * @returns parts of the message
 */
export function repairBrief(state: State, registry: Registry, turn: Turn, form: TextForm, meter: Meter): Section[] {
  const task = taskOf(state, turn);
  const files = fileSections(turn, task?.target ?? null, registry);
  const head = headSections(state, turn, registry);
  const tail = [...standardSections(turn, 1, registry), ...toldSections(turn, registry)];
  if (form === "test") {
    const criterion = state.criteria.list?.[(task?.criterion ?? 0) - 1];
    const renames = criterion?.kind === "rename" ? renamesIn(criterion.text) : [];
    const shown = firstTests(files, turn, renames, registry, meter);
    return [...head, ...shown, ...pastSections(state, turn, task, 1, registry), ...tail].map(withoutTools);
  }
  const { path, function: name } = turn.calls[0]?.arguments ?? {};
  const target = task?.target ?? null;
  const isLed = form !== "wish" && typeof path === "string" && target !== null;
  const led = isLed ? head.map((section) => ledTo(section, target, path, registry)) : head;
  if (form === "repair" || form === "wish") {
    const before = situationOfTurn(state, registry, turn);
    // What came of other functions says nothing of one that is looked at for the first time; what came of whole files does.
    const isNew = form === "repair" && isFirstLook(before, turn) &&
      triesBefore(before).every(({ pieces }) => pieces.length > 0);
    const past = isNew ? [] : pastSections(state, turn, task, 1, registry);
    const shown = isLed && isNew && path !== target ? ownFirst(files, turn, path, registry) : files;
    return [...led, ...shown, ...checkSections(state, turn, task, registry), ...past, ...tail].map(withoutTools);
  }
  const shown = files.map((section, index) => {
    const file = turn.prepared!.texts[index]!;
    const text = file.path === path ? meter.text(file.text) : null;
    const stub = text === null
      ? null
      : headOnly(text, String(name), say(registry, "turn.body"), languagesOf(file.path, registry.languages));
    if (stub === null) return section;
    return { ...section, pieces: fenced(say(registry, "turn.file_head", { path: file.path }), stub) };
  });
  const tested = turn.prepared?.texts.some((file) => isTestPath(file.path, registry.languages)) === true;
  const later = triesBefore(situationOfTurn(state, registry, turn)).length + 1 >= TRIED_FROM;
  const checks = tested && !later ? [] : checkSections(state, turn, task, registry);
  // A text that was written anew before and failed says what to mind; the words of the first try would only distract.
  const tried = later ? pastSections(state, turn, task, 1, registry).filter(({ name }) => name !== CHANGES) : [];
  return [...led, ...shown, ...checks, ...tried, ...tail].map(withoutTools);
}

/** Of what is shown a file and the tests: a function behind the task's file is looked at as if that were a task of its own. */
function ownFirst(files: readonly Section[], turn: Turn, path: string, { languages }: Registry): Section[] {
  const those = (isMeant: (file: string) => boolean) =>
    files.filter((_, at) => isMeant(turn.prepared!.texts[at]!.path));
  return [...those((file) => file === path), ...those((file) => file !== path && isTestPath(file, languages))];
}

/** Says that the fault is most likely in the file that is asked for, where a task's own was named as the likely one, or as none. */
function ledTo(section: Section, target: string, path: string, from: Wording): Section {
  const said = [say(from, "tasks.where", { path: target }), say(from, "tasks.elsewhere", { path: target })];
  const now = say(from, "tasks.where", { path });
  const pieces = section.pieces.map((piece) =>
    typeof piece === "string" ? said.reduce((text, one) => text.replace(one, () => now), piece) : piece
  );
  return { ...section, pieces };
}

/** What a small model is told that is to say which cases a new test has: what is wished for, and the code as it is, without the tests that there are. */
export function casesBrief(state: State, registry: Registry, turn: Turn): Section[] {
  const task = taskOf(state, turn);
  const files = fileSections(turn, task?.target ?? null, registry);
  const sources = files.filter((_section, index) => !isTestPath(turn.prepared!.texts[index]!.path, registry.languages));
  const wish = state.criteria.list?.[(task?.criterion ?? 0) - 1]?.text ?? state.run.info?.goal ?? "";
  return [
    { name: "goal", priority: 0, pieces: [say(registry, "turn.goal", { goal: wish })] },
    ...sources,
    ...pastSections(state, turn, task, 1, registry),
    ...toldSections(turn, registry),
  ].map(withoutTools);
}

/** The goal and the message of a turn; the goal once, where the message says all of it. */
function headSections(state: State, turn: Turn, registry: Registry): Section[] {
  const message = state.messages.list.find((one) => one.id === turn.message)?.text ?? "";
  const goal = state.run.info?.goal.trim() ?? "";
  const told = messageSections(state, turn, registry);
  return goal !== "" && message.includes(goal) ? told : [goalSection(state, registry), ...told];
}

/**
 * The files, those of tests up to the end of their first one, what is shown of each in one piece. What is to get another name has it there:
 * the test is one of the time after that, and a small model writes the names that it sees.
 */
function firstTests(
  sections: readonly Section[],
  turn: Turn,
  renames: readonly Rename[],
  registry: Registry,
  meter: Meter,
): Section[] {
  const texts = turn.prepared?.texts ?? [];
  const files = turn.prepared?.files ?? [];
  const named = (text: string, path: string) => {
    const [language] = languagesOf(path, registry.languages);
    if (language === undefined) return text;
    const isTest = isTestPath(path, registry.languages);
    return renames.reduce(
      (all, one) =>
        isTest ? renamedTest(all, one, { path, language, files }) ?? all : renamed(all, one, language, OWN_ALONE).text,
      text,
    );
  };
  return sections.flatMap((section, index) => {
    const { path } = texts[index]!;
    const parts = texts.filter((one) => one.path === path && isTestPath(path, registry.languages));
    if (parts.length === 0) {
      const text = renames.length === 0 ? null : meter.text(texts[index]!.text);
      return text === null
        ? section
        : { ...section, pieces: fenced(say(registry, "turn.file_head", { path }), named(text, path)) };
    }
    if (parts[0] !== texts[index]) return [];
    const text = parts.map((part) => named(meter.text(part.text) ?? "", path)).reduce((above, below) =>
      `${above}\n${/^\s*/.exec(below)![0]}…\n${below}`
    );
    const shown = firstTest(text, say(registry, "turn.more_tests"), languagesOf(path, registry.languages));
    return { ...section, pieces: fenced(say(registry, "turn.file_beginning", { path }), shown) };
  });
}

/** What was said to the turn meanwhile: words of the person, notes and answers of colleagues, what the application found. */
function toldSections(turn: Turn, from: Wording): Section[] {
  const told = toldIn(turn);
  if (told.length === 0) return [];
  const pieces = told.flatMap((text) => ["\n- ", text]);
  return [{ name: "told meanwhile", priority: 0, pieces: [say(from, "turn.told_meanwhile"), ...pieces] }];
}

/** Counts the characters of what was said to a turn meanwhile. */
export function charsOfTold(turn: Turn): number {
  return toldIn(turn).reduce((sum, text) => sum + text.chars + 4, 0);
}

function toldIn({ exchange }: Turn): readonly Text[] {
  return exchange.flatMap((entry) => entry.from === "application" ? [entry.text] : []);
}

/** No tool is at hand in this prompt that would show what had to give way. */
function withoutTools({ instead: _none, ...section }: Section): Section {
  return section;
}
