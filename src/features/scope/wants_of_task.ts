import type { Languages } from "../../languages/language.ts";
import { languageOf } from "../../languages/languages_of.ts";
import type { State } from "../state.ts";
import type { Task } from "../tasks/task.ts";
import { type Named, type Wants, wantsOf } from "./named.ts";
import { wishOf } from "./wish_of.ts";

/**
 * Says what a task names, and the goal that it is a part of. What the goal asks for is asked of a task that is all there is, or that says
 * so itself; of one with failing checks nothing is, since these decide, and nothing of a test that comes before the work.
 *
 * @param languages by which files are told from names
 */
export function wantsOfTask(state: State, task: Task, languages: Languages): Wants {
  const { run, tasks } = state;
  const isFile = (word: string) => languageOf(word, languages) !== null;
  const own = wantsOf(wishOf(state, task), isFile);
  const goal = wantsOf(run.info?.goal ?? "", isFile);
  const isOnly = tasks.list.filter(({ kind, status }) => kind === "work" && status !== "dropped").length === 1 &&
    task.kind === "work";
  const isDecided = task.checks.length > 0 || task.kind === "test";
  const found = new Map<string, Named>();
  for (const [from, { named }] of [["own", own], ["goal", goal]] as const) {
    for (const one of named) {
      const before = found.get(one.name);
      const counts = from === "own" || isOnly || own.words.has(lastName(one.name));
      found.set(one.name, {
        ...one,
        isCode: one.isCode || before?.isCode === true,
        isAsked: !isDecided && (one.isAsked && counts || before?.isAsked === true),
        isSubject: one.isSubject || before?.isSubject === true,
      });
    }
  }
  return {
    named: [...found.values()],
    renames: own.renames || goal.renames,
    removes: own.removes || goal.removes,
    applies: own.applies || goal.applies,
    words: new Set([...own.words, ...goal.words]),
  };
}

/** `pop` of `Stack.pop`. */
export function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** Definitions that a task asks for, in the order in which they are named. */
export function askedDefinitions({ named }: Wants): readonly string[] {
  return named.filter(({ kind, isAsked }) => kind === "definition" && isAsked).map(({ name }) => name);
}
