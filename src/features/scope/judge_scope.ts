import type { CheckFact } from "../../effects/check/check_effect.ts";
import type { ChangedFile, ScopeFound } from "../../effects/check/scope_found.ts";
import type { Task } from "../tasks/task.ts";
import type { Wants } from "./named.ts";
import { lastName } from "./wants_of_task.ts";

/** What an attempt did beside its task, or left out of it. */
export interface Scope {
  /** Names that the task asks for, or is about, and that are not there. */
  readonly missing: string[];
  /** Definitions that nothing asks to change and that changed, or went. */
  readonly beyond: string[];
  /** Names that files do not offer to others any more. */
  readonly unexported: string[];
  /** Definitions whose parameters changed. */
  readonly signatures: string[];
  /** Files that lost much of their text. */
  readonly shrunk: string[];
}

/** What an attempt is judged by, beside what it did. */
export interface Judged {
  readonly task: Task;
  readonly wants: Wants;
  /** What the attempt said of its changes. */
  readonly reasons: string;
  /** Results after it; what failed when the run began is among them, passing or not. */
  readonly after: readonly CheckFact[];
}

/** A part of a file's lines from which on it is named when they are gone, and lines that it had at least. */
const SHRUNK = 0.4;
const MOST_OF = 20;
/** Names of one kind that are told. */
const TOLD = 12;
/** Steps in which what belongs to what is followed. */
const MOST_ROUNDS = 20;
/** What makes a value of a class: a new method may need something of it. */
const CONSTRUCTOR = /^(?:__init__|__new__|constructor|initialize|init|new)$/;

/** An attempt of which nothing is known. */
const NOTHING: Scope = { missing: [], beyond: [], unexported: [], signatures: [], shrunk: [] };

/**
 * Judges an attempt by what it did to definitions, whatever checks say. What its task asks for must be there, and what nothing asks to change
 * must be as it was: where the task names what it wants, or failing checks do. A task told in words alone bounds nothing.
 *
 * @param found what it did; undefined where nobody looked
 */
export function judgeScope(found: ScopeFound | undefined, judged: Judged): Scope {
  if (found === undefined || judged.task.kind === "documentation") return NOTHING;
  const { files } = found;
  return {
    missing: missingOf(found, judged).slice(0, TOLD),
    beyond: beyondOf(found, judged).slice(0, TOLD),
    unexported: files.flatMap((file) => file.unexported.map((name) => placed(name, file))).slice(0, TOLD),
    signatures: files.flatMap((file) => file.signatures.map((name) => placed(name, file))).slice(0, TOLD),
    shrunk: files.filter(({ lines: [before, after] }) => before >= MOST_OF && after < before * (1 - SHRUNK))
      .map(({ path, lines: [before, after] }) => `${path} (${after} of ${before} lines)`).slice(0, TOLD),
  };
}

/** Whether an attempt is refused by what it did to definitions. */
export function isOutOfScope({ missing, beyond }: Scope): boolean {
  return missing.length + beyond.length > 0;
}

function missingOf({ wanted }: ScopeFound, { task, wants }: Judged): readonly string[] {
  if (task.checks.length > 0) return [];
  const may = wants.renames || wants.removes;
  return wants.named.filter(({ name, isAsked, isSubject }) => {
    const one = wanted.find((other) => other.name === name);
    if (one === undefined || one.after !== false) return false;
    return isAsked || isSubject && one.before && !may;
  }).map(({ name }) => name);
}

function beyondOf(found: ScopeFound, judged: Judged): readonly string[] {
  const isIn = judged.task.checks.length > 0 ? byChecks(found) : byNames(found, judged);
  if (isIn === null) return [];
  const closed = new Set(judged.after.filter(({ added, passed }) => added === true && passed).map(({ name }) => name));
  const harmed = judged.after.some(({ added, passed }) => added === true && !passed);
  return found.files.flatMap((file) =>
    file.changed.filter((one) => {
      if (isIn(one, file)) return false;
      const isCovered = judged.task.checks.length > 0 || one.tested && closed.size > 0 && !harmed;
      return !(isCovered && saysWhy(judged.reasons, one.name));
    }).map(({ name }) => placed(name, file))
  );
}

/** Says of a changed definition whether it belongs to the task. */
type IsIn = (one: ChangedFile["changed"][number], file: ChangedFile) => boolean;

/** Where checks failed: all that what they name leads to, and all where nothing of that changed. */
function byChecks({ files }: ScopeFound): IsIn | null {
  const near = files.filter(({ apart }) => apart !== true);
  if (near.every(({ changed, added }) => changed.length + added.length === 0)) return null;
  const used = new Set(near.flatMap(({ changed }) => changed.flatMap(({ name, uses }) => [lastName(name), ...uses])));
  const isNear: IsIn = (one, { apart }) => apart !== true || used.has(lastName(one.name));
  return (one, file) => isNear(one, file) || one.uses.some((name) => used.has(name));
}

/** Where no check failed: what the task is about, by name, and what belongs to that; null where it names nothing that is defined. */
function byNames({ files, wanted }: ScopeFound, { wants }: Judged): IsIn | null {
  const names = wants.named.filter(({ kind }) => kind === "definition");
  // Where a new option is read, nobody can tell by its name.
  if (wants.named.some(({ kind, isAsked }) => kind === "option" && isAsked)) return null;
  const named = new Set(names.map(({ name }) => lastName(name)));
  if (wants.renames) {
    return (one) => named.has(lastName(one.name)) || one.uses.some((name) => named.has(name));
  }
  const fresh = names.filter(({ name, isAsked }) => isAsked && wanted.some((one) => one.name === name && !one.before));
  const held = new Set(files.flatMap((file) => file.held.map(lastName)));
  // Of what becomes something else all that is named may change, what it is made from too.
  const subjects = new Set(
    names.filter(({ isSubject }) => isSubject || wants.removes).map(({ name }) => lastName(name)),
  );
  if (fresh.length > 0) {
    const within = new Set(files.flatMap(({ added }) => added.map(containerOf)));
    const added = new Set(fresh.map(({ name }) => lastName(name)));
    return ({ name, uses }) =>
      subjects.has(lastName(name)) || CONSTRUCTOR.test(lastName(name)) && within.has(containerOf(name)) ||
      wants.applies && wants.words.has(lastName(name)) && uses.some((one) => added.has(one));
  }
  const isBound = names.some(({ name, isCode }) => isCode && subjects.has(lastName(name)) && held.has(lastName(name)));
  if (!isBound) return null;
  return belonging(files, { named, subjects, words: wants.words });
}

/** What belongs to definitions that are there already: what uses them, what they use, what uses the same new ones, all of their class. */
function belonging(
  files: readonly ChangedFile[],
  { named, subjects, words }: {
    readonly named: ReadonlySet<string>;
    readonly subjects: ReadonlySet<string>;
    readonly words: ReadonlySet<string>;
  },
): IsIn {
  const all = files.flatMap((file) => file.changed.map((one) => ({ one, file })));
  const classes = new Set(files.flatMap(({ held }) => held.map(containerOf)).filter((name) => name !== ""));
  const inside = new Set(
    all.filter(({ one, file }) =>
      named.has(lastName(one.name)) || words.has(lastName(one.name)) || subjects.has(containerOf(one.name)) ||
      classes.has(containerOf(one.name)) || file.helpers.includes(lastName(one.name)) ||
      one.uses.some((name) => named.has(name)) || !file.held.some((name) => subjects.has(lastName(name)))
    ).map(({ one }) => one),
  );
  const added = new Set(files.flatMap((file) => file.added.map(lastName)));
  for (let round = 0, grown = true; grown && round < MOST_ROUNDS; round++) {
    grown = false;
    const near = new Set([...inside].map(({ name }) => lastName(name)));
    const used = new Set([...inside].flatMap(({ uses }) => uses));
    for (const { one } of all) {
      const isNear = used.has(lastName(one.name)) ||
        one.uses.some((name) => near.has(name) || added.has(name) && used.has(name));
      if (inside.has(one) || !isNear) continue;
      inside.add(one);
      grown = true;
    }
  }
  return (one) => inside.has(one);
}

/** `Stack` of `Stack.pop`; empty for what stands at the margin. */
function containerOf(name: string): string {
  return name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : "";
}

/** Whether what an attempt said of itself names a definition. */
function saysWhy(reasons: string, name: string): boolean {
  const words: readonly string[] = reasons.match(/[A-Za-z_$][\w$]*/g) ?? [];
  return words.includes(lastName(name));
}

function placed(name: string, { path }: ChangedFile): string {
  return `${name} in ${path}`;
}
