import { languageOf } from "../../languages/languages_of.ts";
import { taskOf } from "../attempts/strategy_of.ts";
import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import { madeCalls } from "../turns/made_calls.ts";
import type { Task } from "../tasks/task.ts";
import type { Turn } from "../turns/slice.ts";
import { wantsOf } from "./named.ts";
import { askedDefinitions, lastName, wantsOfTask } from "./wants_of_task.ts";

/**
 * Names the definitions that a turn is to add: those that its task asks for and that no file which it was shown held when it began.
 *
 * @returns none where its task asks for a new name of what is there, or is no work on a file
 */
export function missingNames(state: State, registry: Pick<Registry, "languages">, turn: Turn): readonly string[] {
  const task = taskOf(state, turn);
  if (task === null || turn.prepared === null || task.kind === "documentation") return [];
  const wants = wantsOfTask(state, task, registry.languages);
  if (wants.renames) return [];
  const known = new Set(Object.values(turn.prepared.definitions ?? {}).flat().map(lastName));
  return askedDefinitions(wants).filter((name) => !known.has(lastName(name)));
}

/** Those of {@link missingNames} that the turn has not added yet. */
export function namesToAdd(state: State, registry: Registry, turn: Turn): readonly string[] {
  const made = addedIn(registry, turn);
  return missingNames(state, registry, turn).filter((name) => !made.includes(lastName(name)));
}

/**
 * Names the definitions that a wish asks for, whether a new test says when it is done or not, and that neither a file which the turn was shown
 * holds nor the turn has added.
 */
export function wishedNames(registry: Registry, turn: Turn, { description }: Task): readonly string[] {
  const wants = wantsOf(description, (word) => languageOf(word, registry.languages) !== null);
  if (wants.renames) return [];
  const there = Object.values(turn.prepared?.definitions ?? {}).flat().map(lastName);
  const known = new Set([...there, ...addedIn(registry, turn)]);
  return askedDefinitions(wants).filter((name) => !known.has(lastName(name)));
}

/** Names what a text is about and does not ask for: what is there, and not what it only compares something with. */
export function subjectsOf(text: string, { languages }: Pick<Registry, "languages">): readonly string[] {
  return wantsOf(text, (word) => languageOf(word, languages) !== null).named
    .filter(({ kind, isCode, isAsked, isSubject }) => kind === "definition" && isCode && isSubject && !isAsked)
    .map(({ name }) => name);
}

function addedIn(registry: Registry, turn: Turn): readonly string[] {
  return madeCalls(turn.exchange).filter(({ call, result }) =>
    result.ok && registry.tools[call.name]?.traits?.edits === "addition"
  ).map(({ call }) => lastName(String(call.arguments.function)));
}
