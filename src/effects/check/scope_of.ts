import { type FileWork, fileWorkOf } from "../../features/attempts/file_work.ts";
import type { Wants } from "../../features/scope/named.ts";
import { askedDefinitions, lastName, wantsOfTask } from "../../features/scope/wants_of_task.ts";
import type { Task } from "../../features/tasks/task.ts";
import { compareDefinitions, type DefinitionChange, isComparable } from "../../languages/compare_definitions.ts";
import { declares } from "../../languages/declares.ts";
import { isDocument } from "../../languages/document.ts";
import { definitionsIn } from "../../languages/definitions.ts";
import type { Language } from "../../languages/language.ts";
import { languageOf } from "../../languages/languages_of.ts";
import { protectionOf } from "../../languages/protection_of.ts";
import type { RunWorkspace } from "../../ports/workspace.ts";
import type { World } from "../effect_kind.ts";
import { leadingTo } from "./leading_to.ts";
import type { ChangedFile, ScopeFound } from "./scope_found.ts";

/** Files of an attempt whose definitions are compared. */
const MOST_FILES = 60;
/** Names of a file that are told. */
const MOST_NAMES = 80;
/** Files of the project in which a name is looked for that the attempt's own do not hold. */
const MOST_SEARCHED = 400;

/** A source that an attempt changed. */
interface Source {
  readonly path: string;
  readonly language: Language;
  readonly before: string;
  readonly after: string;
  readonly changes: readonly DefinitionChange[];
}

/**
 * Finds what an attempt did to what is defined in the project.
 *
 * @param attempt `task.number`
 * @param workspace where the verdict is given
 * @param newTests paths and contents of tests that the run made
 * @returns undefined where it is of no attempt, or one at work that changed no source
 */
export async function scopeOf(
  world: World,
  attempt: string | null,
  workspace: RunWorkspace,
  newTests: readonly { readonly hash: string }[],
  signal: AbortSignal,
): Promise<ScopeFound | undefined> {
  const { state, registry: { languages }, blobs } = world;
  const open = attempt === null ? undefined : state.attempts.open[attempt];
  const task = state.tasks.list.find(({ id }) => id === open?.task);
  if (open === undefined || task === undefined || task.kind === "documentation") return undefined;
  const textOf = (hash: string | undefined) => hash === undefined ? "" : textIn(() => blobs.getBlob(hash));
  const works = fileWorkOf(state, open).slice(0, MOST_FILES).filter(({ path }) =>
    protectionOf(path, languages) === null
  );
  const sources = works.flatMap((work): Source[] => {
    const language = languageOf(work.path, languages);
    return language?.definitions === undefined ? [] : sourceOf(work, language, textOf);
  });
  const wants = wantsOfTask(state, task, languages);
  // A test that comes first changes nothing; whether it shows all that the wish is about, depends on what is there.
  if (sources.length === 0 && askedDefinitions(wants).length === 0 && task.kind !== "test") return undefined;
  // What is defined in files of no language that is known, nobody can tell.
  const isKnown = works.every(({ path }) => languageOf(path, languages)?.definitions !== undefined || isDocument(path));
  const tests = wordsIn(newTests.map(({ hash }) => textOf(hash)).join("\n"));
  const files = sources.map((source) => changedFile(source, sources, wants, tests));
  const apart = task.checks.length === 0
    ? new Set<string>()
    : await apartFrom(world, task, sources.map(({ path }) => path), workspace, signal);
  return {
    files: files.map((file) => apart.has(file.path) ? { ...file, apart: true } : file),
    wanted: task.checks.length > 0 ? [] : await wantedIn(world, wants, { sources, isKnown }, workspace, signal),
  };
}

function sourceOf(
  { path, from, to }: FileWork,
  language: Language,
  textOf: (hash: string | undefined) => string,
): Source[] {
  if (from?.hash === to?.hash) return [];
  const [before, after] = [textOf(from?.hash), textOf(to?.hash)];
  return [{ path, language, before, after, changes: compareDefinitions(before, after, [language]) }];
}

/** A text that is stored; empty where it is not there. */
function textIn(get: () => Uint8Array | undefined): string {
  try {
    return new TextDecoder().decode(get()).replaceAll("\r\n", "\n");
  } catch {
    return "";
  }
}

function changedFile(
  { path, language, before, after, changes }: Source,
  sources: readonly Source[],
  { named }: Wants,
  tests: ReadonlySet<string>,
): ChangedFile {
  const touched = sources.flatMap((source) => source.changes);
  const matter = new Set([...named.map(({ name }) => lastName(name)), ...touched.map(({ name }) => lastName(name))]);
  const uses = (text: string, own: string) =>
    [...wordsIn(text)].filter((word) => matter.has(word) && word !== own).slice(0, MOST_NAMES);
  const names = new Set(named.map(({ name }) => lastName(name)));
  const lines = before.split("\n");
  const held = isComparable(before)
    ? definitionsIn(before, [language]).filter(({ name }) => names.has(lastName(name)))
    : [];
  const isLooked = isComparable(before) && isComparable(after);
  const offered = isLooked ? language.exports?.(before) ?? [] : [];
  const still = new Set(offered.length === 0 ? [] : language.exports?.(after) ?? []);
  return {
    path,
    changed: changes.filter(({ how }) => how !== "added").slice(0, MOST_NAMES).map(({ name, how, text }) => ({
      name,
      how: how === "removed" ? how : "changed",
      uses: uses(text, lastName(name)),
      tested: tests.has(lastName(name)),
    })),
    added: changes.filter(({ how }) => how === "added").map(({ name }) => name).slice(0, MOST_NAMES),
    held: held.map(({ name }) => name).slice(0, MOST_NAMES),
    helpers: held.flatMap(({ name, from, to }) => uses(lines.slice(from - 1, to).join("\n"), lastName(name)))
      .slice(0, MOST_NAMES),
    unexported: offered.filter((name) => !still.has(name)).slice(0, MOST_NAMES),
    signatures: changes.filter(({ isOtherwiseCalled }) => isOtherwiseCalled).map(({ name }) => name)
      .slice(0, MOST_NAMES),
    lines: [countLines(before), countLines(after)],
  };
}

/** Whether each name is there: in what the attempt wrote, else anywhere in the project. */
async function wantedIn(
  { registry: { languages } }: World,
  { named }: Wants,
  { sources, isKnown }: { readonly sources: readonly Source[]; readonly isKnown: boolean },
  workspace: RunWorkspace,
  signal: AbortSignal,
): Promise<ScopeFound["wanted"]> {
  const wanted = named.map(({ name, kind }) => {
    const isIn = (text: string, language: Language) =>
      isComparable(text) &&
      (kind === "option" ? reads(text, name) : declares(text, name, [language]));
    return {
      name,
      isIn,
      before: sources.some(({ before, language }) => isIn(before, language)),
      after: sources.some(({ after, language }) => isIn(after, language)) as boolean | null,
    };
  });
  const own = new Set(sources.map(({ path }) => path));
  const open = () => wanted.filter(({ after, before }) => after !== true || !before);
  if (open().length === 0) return wanted.map(({ name, before, after }) => ({ name, before, after }));
  const files = (await workspace.files(signal)).filter((path) =>
    !own.has(path) && protectionOf(path, languages) === null && languageOf(path, languages)?.definitions !== undefined
  );
  for (const path of files.slice(0, MOST_SEARCHED)) {
    signal.throwIfAborted();
    const text = (await workspace.read(path).catch(() => null))?.text;
    const language = languageOf(path, languages);
    if (text === undefined || language === null) continue;
    for (const one of open()) if (one.isIn(text, language)) Object.assign(one, { before: true, after: true });
  }
  // What was not found in a part of the files may be in the others.
  const isUnsure = files.length > MOST_SEARCHED || !isKnown;
  return wanted.map(({ name, before, after }) => ({ name, before, after: after !== true && isUnsure ? null : after }));
}

/** Sources that nothing leads to which failing checks name. */
async function apartFrom(
  { state, registry: { languages } }: World,
  task: Task,
  paths: readonly string[],
  workspace: RunWorkspace,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const failed = [...state.checks.first ?? [], ...state.checks.latest ?? []].filter(({ name, passed, files }) =>
    !passed && (task.checks.includes(name) || files.length > 0)
  );
  const named = [...new Set([...failed.flatMap(({ files }) => files), ...task.target === null ? [] : [task.target]])];
  const far = paths.filter((path) => !named.includes(path));
  // One file alone is what the checks are about, whatever they name.
  if (far.length === 0 || paths.length === 1 || named.length === 0) return new Set();
  const read = (path: string) => workspace.read(path).then(({ text }) => text, () => null);
  return await leadingTo(named, far, await workspace.files(signal), read, languages, signal);
}

/** Whether a text names an option, however code writes it: `--dry-run`, `dry_run`, `dryRun`. */
function reads(text: string, option: string): boolean {
  const plain = (word: string) => word.toLowerCase().replace(/[-_]/g, "");
  const name = plain(option);
  return name.length === 1 ? wordsIn(text).has(option.replace(/^-+/, "")) : plain(text).includes(name);
}

function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/[A-Za-z_$][\w$]*/g) ?? []);
}

function countLines(text: string): number {
  return text === "" ? 0 : text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}
