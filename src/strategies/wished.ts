import { isForTheEye } from "../features/criteria/is_for_the_eye.ts";
import { renamesIn } from "../features/criteria/renames_in.ts";
import type { Registry, Situation } from "../features/registry.ts";
import { hasBegun } from "../features/checks/judge.ts";
import type { State } from "../features/state.ts";
import { subjectsOf, wishedNames } from "../features/scope/missing_names.ts";
import { lastName } from "../features/scope/wants_of_task.ts";
import { wishOf } from "../features/scope/wish_of.ts";
import { straightOf } from "../features/tasks/goes_straight.ts";
import type { Task } from "../features/tasks/task.ts";
import { failedWritesAt } from "../features/turns/fruitless.ts";
import { onlySource, shownSources } from "../features/turns/only_source.ts";
import { mentionsPath } from "../features/turns/mentions_path.ts";
import { mayWrite } from "../features/turns/may_write.ts";
import type { Turn } from "../features/turns/slice.ts";
import type { Call } from "../kernel/call.ts";
import { say } from "../sentences/say.ts";
import { editing } from "./open_tools.ts";
import { triesBefore } from "./tries.ts";
import { WHOLE_LINES } from "./writes_first.ts";

/** How a tool says that a text is the one that stands there. */
const COPY = /\bnothing was changed\b/;
/** Sources of which each is tried where nobody says which one is meant. */
const MOST_SOURCES = 2;
/** Definitions that one task adds one by one. */
const MOST_ADDED = 4;
/** Characters of a description. */
const DESCRIBED = 200;

/**
 * The next text of a wish that a lone small model works on: each definition that is to be there and is not, one after the other; the function
 * that the wish is about; the whole file where there is none of these, and at every second try; a file that is not there yet. Where its text was not taken, or the attempt looks
 * elsewhere, another file that it was shown: of a file in which it finds nothing to change a small model writes copies. A model that may choose its call here reads, asks and
 * plans: Qwen2.5-Coder-1.5B wrote nothing in three of four wishes, and a bare loop that asks for the text alone wrote each.
 *
 * @param open the tools that the turn may still use
 * @returns null where the task is no such wish, its file is not before the model's eyes, or this attempt has written what it is to
 */
export function wishedCall(situation: Situation, turn: Turn, open: readonly string[]): Call | null {
  const { state, registry, attempt } = situation;
  const task = inOwnWords(situation);
  if (attempt === null || task === null || turn.prepared === null || !isWish(state, task)) return null;
  // Some of its test passes: what is there is repaired as any other code.
  if (hasBegun(attempt.before, task)) return null;
  if (straightOf(state, registry) === null) return null;
  const renames = renameOf(registry, turn, task, open);
  if (renames !== undefined) return renames;
  const target = placeOf(registry, turn, task);
  if (target === null) return null;
  const call = callFor(situation, turn, task, target, open);
  return call !== null && mayWrite(state, registry, turn, call.name, String(call.arguments.path)) ? call : null;
}

/** Whether the text of a turn's call is asked for by itself, since it is one of a wish and nothing that was read leads up to it. */
export function isWishedText(situation: Situation, turn: Turn): boolean {
  const { state, registry, attempt } = situation;
  const task = inOwnWords(situation);
  if (attempt === null || task === null || hasBegun(attempt.before, task)) return false;
  const edits = registry.tools[turn.calls[0]?.name ?? ""]?.traits?.edits;
  const target = placeOf(registry, turn, task);
  const path = turn.calls[0]?.arguments.path;
  const isMeant = edits === "file"
    ? target !== null && filesFor(registry, turn, target).some((file) => file === path)
    : edits === "function"
    ? subjectOf(registry, turn, task)?.function === turn.calls[0]?.arguments.function
    : (edits === "new" || edits === "addition") && path === target;
  return isMeant && isWish(state, task) && straightOf(state, registry) !== null && !hasRead(registry, turn);
}

/** The task with the words alone in which it says what it is to do. */
function inOwnWords({ state, task }: Situation): Task | null {
  return task === null ? null : { ...task, description: wishOf(state, task) };
}

/** The file in which a wish is written: its own, the only source before the model's eyes, or the likeliest of a few that stand there whole. */
function placeOf(registry: Registry, turn: Turn, { target, description }: Task): string | null {
  const only = target ?? onlySource(registry, turn);
  if (only !== null) return only;
  // Of several that the wish names each may be to change.
  const paths = [...new Set(shownSources(registry, turn).map(({ path }) => path))];
  if (paths.some((path) => mentionsPath(description, path))) return null;
  const whole = filesFor(registry, turn, paths[0] ?? "");
  return paths.length <= MOST_SOURCES && paths.every((path) => whole.includes(path)) ? paths[0] ?? null : null;
}

/** The next name that a wish gives to something, where it says no more; null once all have theirs, undefined for another wish. */
function renameOf(registry: Registry, turn: Turn, task: Task, open: readonly string[]): Call | null | undefined {
  const wanted = renamesIn(task.description);
  const tool = editing(registry, open, "names");
  if (wanted.length === 0 || tool === undefined) return undefined;
  const made = turn.exchange.filter((entry) => entry.from === "tool" && entry.name === tool).length;
  const next = wanted[made];
  return next === undefined ? null : { name: tool, arguments: { ...next }, reason: say(registry, "calls.wished") };
}

function callFor(situation: Situation, turn: Turn, task: Task, target: string, open: readonly string[]): Call | null {
  const { registry, attempt } = situation;
  const reason = say(registry, "calls.wished");
  const shown = turn.prepared!.texts.find(({ path }) => path === target);
  const isFirst = attempt!.writes.length === 0;
  if (shown === undefined) {
    const creates = editing(registry, open, "new");
    const isNew = creates !== undefined && isFirst && !turn.prepared!.files.includes(target);
    return isNew ? { name: creates, arguments: { path: target }, reason } : null;
  }
  const adds = editing(registry, open, "addition");
  const [name] = triesBefore(situation).length % 2 === 0 ? wishedNames(registry, turn, task).slice(0, MOST_ADDED) : [];
  if (adds !== undefined && name !== undefined) {
    const signature = signatureOf(task.description, lastName(name));
    const description = task.description.slice(0, DESCRIBED);
    return { name: adds, arguments: { path: target, function: name, description, signature }, reason };
  }
  const rewrites = editing(registry, open, "function");
  const subject = triesBefore(situation).length % 2 === 0 ? subjectOf(registry, turn, task) : null;
  if (rewrites !== undefined && subject !== null && isFirst) return { name: rewrites, arguments: subject, reason };
  const whole = editing(registry, open, "file");
  const files = filesFor(registry, turn, target);
  if (!files.includes(target)) return null;
  // Where nobody said which file it is, each attempt tries another one.
  const written = (path: string) =>
    task.target === null
      ? triesBefore(situation).filter(({ writes }) => writes.some((one) => one.path === path)).length
      : 0;
  const copies = failedWritesAt(registry, turn, null).filter((text) => COPY.test(text)).length;
  const order = [...new Set([target, ...files])].toSorted((one, other) => written(one) - written(other));
  const path = order[(copies + Number(task.target !== null && attempt!.elsewhere)) % order.length]!;
  return whole !== undefined && isFirst ? { name: whole, arguments: { path }, reason } : null;
}

/**
 * The only function before the model's eyes that a wish is about by its name: of a file that it writes whole a small model loses what the wish
 * does not speak of.
 */
function subjectOf(
  registry: Pick<Registry, "languages">,
  turn: Turn,
  task: Task,
): { readonly path: string; readonly function: string } | null {
  const meant = subjectsOf(task.description, registry).map(lastName);
  const found = Object.entries(turn.prepared?.definitions ?? {}).flatMap(([path, names]) =>
    names.filter((name) => meant.includes(lastName(name))).map((name) => ({ path, function: name }))
  );
  return found.length === 1 ? found[0]! : null;
}

/** The sources that a turn was shown whole and that are short enough to be written so. */
function filesFor(registry: Registry, turn: Turn, target: string): readonly string[] {
  const shown = [
    ...(turn.prepared?.texts ?? []).filter(({ path }) => path === target),
    ...shownSources(registry, turn),
  ];
  const whole = shown.filter(({ from, to, lines }) => from === 1 && to >= lines && lines <= WHOLE_LINES);
  return [...new Set(whole.map(({ path }) => path))];
}

/** Whether something that was read stands in a turn's exchange: then what is asked for next belongs behind it. */
function hasRead(registry: Registry, turn: Turn): boolean {
  return turn.exchange.some((entry) =>
    entry.from === "tool" && entry.ok && registry.tools[entry.name]?.access !== "writes"
  );
}

/** Whether nothing but a wish stands behind a task: no check of the owner fails, though a new test may. */
function isWish(state: State, task: Task): boolean {
  return task.kind === "work" && (task.test !== undefined || task.checks.length === 0) && !isForTheEye(state, task);
}

/** `median(values)` where the wish says what it takes, else its name. */
export function signatureOf(text: string, name: string): string {
  const at = text.indexOf(`${name}(`);
  const end = at < 0 ? -1 : text.indexOf(")", at);
  const signature = text.slice(at, end + 1);
  return end < 0 || end - at > DESCRIBED || /["'`]|[(,]\s*[-\d[{]/.test(signature) ? name : signature;
}
