import { textOf } from "../stored_text.ts";
import type { BlobStore } from "../../ports/blob_store.ts";
import { isTestPath } from "../../languages/test_path.ts";
import type { Result } from "../effect.ts";
import type { PreparedFile, PrepareEffect } from "./prepare_effect.ts";
import { replaceableDefinitions } from "../../languages/definitions.ts";
import type { Language, Languages } from "../../languages/language.ts";
import { languagesOf } from "../../languages/languages_of.ts";
import { isSecretPath } from "../../languages/secret_path.ts";
import { withoutImports } from "../../languages/imports.ts";
import type { State } from "../../features/state.ts";
import { mentionsPath } from "../../features/turns/mentions_path.ts";
import { LONG_FILE } from "../../prompt/complexity.ts";
import { type Anchors, linesIn, namesIn, type Range, rangesOf } from "../../prompt/ranges.ts";
import { reviewQuestions } from "../../prompt/review_questions.ts";
import { bound } from "../../kernel/text.ts";
import type { FileText, Workspace } from "../../ports/workspace.ts";
import { withTestFrame, withTestGround } from "../../prompt/test_ground.ts";
import { detectStandards } from "./detect_standards.ts";
import { sourcesBehind } from "./sources_behind.ts";
import { changedLines, placesOf } from "./named_places.ts";
import { byWords } from "./by_words.ts";
import { changesOf } from "./changes_of.ts";
import { NEAR, type Near, sourcesNear } from "./sources_near.ts";
import { reachedOf } from "./reached_of.ts";
import type { Wording } from "../../sentences/say.ts";

/** Characters of a file that is shown whole although nothing in it is named. */
const SMALL_FILE = 3_600;
/** Characters of a source up to which it is shown whole beside others: a table that its function reads stands outside of that. */
const SHORT_SOURCE = 1_200;
/** Share of a file that matters from which all of it is shown. */
const MOST_OF_IT = 0.7;
/** Sources that are looked at for the words of a wish that names none: among more than these words tell too little. */
const MOST_LOOKED = 12;
/** Files of the project that a turn is told of. */
const LISTED = 400;
/** Characters of all differences together. */
const DIFF_CHARS = 6_000;
/** Characters of the parts of one file. */
const PART_CHARS = 8_000;
/** Characters of the tests in which names are looked for. */
const TEST_CHARS = 6_000;
/** Files that the task's own one imports and that are shown beside it. */
const IMPORTED = 3;
/** Functions of a file that are named. */
const NAMED = 80;
/** Lines that are shown of a file in which nothing is named. */
const BEGINNING = 40;

/**
 * Reads what a turn starts with: the task's own file, whole where it is short, and of all others the blocks that the checks name or
 * whose names the failing tests use.
 *
 * @param effect which files are wanted, and how much room there is
 * @param languages by which the project's files are read
 */
export async function prepareTurn(
  effect: PrepareEffect,
  state: State,
  from: Wording,
  workspace: Workspace,
  blobs: BlobStore,
  signal: AbortSignal,
  languages: Languages,
): Promise<Extract<Result, { kind: "prepare" }>> {
  const isTest = (path: string) => isTestPath(path, languages);
  const files = await workspace.files(signal);
  const wanted = wantedFiles(effect, files, isTest);
  const changes = changesOf(effect, state, from, blobs);
  const places = effect.changes ? changedLines(changes) : placesOf(state);
  const read = new Map<string, FileText>();
  const near = await nearOf(sourcesNear(effect, state, files, wanted, languages), effect, workspace, signal);
  await readInto(read, [...new Set([...wanted, ...near])], workspace, signal);
  const behind = await sourcesBehind(effect.target, files, read, (path) => readable(workspace, path), languages);
  await readInto(read, behind.filter((one) => !read.has(one)).slice(0, IMPORTED), workspace, signal);
  const used = namesIn(read.get(effect.target ?? "")?.text ?? "", languages);
  const tests = new Map([...read].filter(([path]) => isTest(path)));
  const blocks = testBlocks(tests, places, languages);
  const spoken = wordsOf(effect.mentions, blocks, tests, languages);
  const words = namesIn([effect.mentions, ...blocks].join("\n"), languages).filter((word) => spoken.has(word));
  const texts: PreparedFile[] = [];
  const unread: string[] = [];
  let room = effect.room;
  for (const [path, file] of read) {
    const own = isOwn(path, effect, wanted, tests);
    const named = places.get(path) ?? [];
    // What a test uses stands in all of its cases, and a change is its own anchor: there, only the named places matter.
    const wordsHere = behind.includes(path) ? [...used, ...words] : words;
    const anchors = { places: named, words: named.length > 0 && (tests.has(path) || effect.changes) ? [] : wordsHere };
    // Beside the task's own file, a source in which nothing is named is only listed.
    const aside = !own && !tests.has(path) && !near.includes(path) &&
      (effect.target !== undefined || effect.changes || effect.asked === true);
    if (effect.asked === true && aside && !mentionsPath(effect.mentions, path)) continue;
    // Where there is no target a test may be what is to be written: it is written as those that are shown.
    const isNear = effect.target === undefined && near.includes(path);
    const kind = {
      own,
      aside,
      isNear,
      isTest: tests.has(path),
      isPattern: tests.has(path) && effect.target === undefined,
    };
    const ranges = room < 400 ? [] : partsOf(file, anchors, room, kind, languagesOf(path, languages));
    for (const range of ranges) {
      const text = linesIn(file.text, range);
      room -= text.length;
      texts.push({ path, text: textOf(text, blobs), lines: file.lines, ...range, hash: file.hash });
    }
    if (ranges.length === 0 && !aside) unread.push(path);
  }
  const standards = await detectStandards(workspace, files, effect.target ?? null, from, signal, languages);
  const definitions = definitionsOf(read, texts.filter(({ path }) => !tests.has(path)), languages);
  return {
    kind: "prepare",
    files: files.slice(0, LISTED),
    texts,
    changes: changes === "" ? null : textOf(bound(changes, DIFF_CHARS), blobs),
    ...(standards.length === 0 ? {} : { standards: [...standards] }),
    ...(unread.length === 0 ? {} : { unread }),
    ...(effect.target === undefined && near.length === 0 ? {} : { definitions }),
    ...reachedOf(effect.target, definitions, { read, tests, blocks }, state, languages),
    ...(effect.changes && changes !== "" ? { questions: reviewQuestions(changes, from) } : {}),
  };
}

/** Whether a file is what the turn is about: its target, or where it has none the first that its words name. */
function isOwn(
  path: string,
  { target, changes, asked, mentions }: PrepareEffect,
  wanted: readonly string[],
  tests: ReadonlyMap<string, FileText>,
): boolean {
  if (target !== undefined || changes) return path === target;
  return path === wanted[0] && !tests.has(path) && (asked !== true || mentionsPath(mentions, path));
}

/** The sources that are likely meant: those of that name, then those that hold most of what the words say. */
async function nearOf(
  { named, among, isTold }: Near,
  { mentions }: PrepareEffect,
  workspace: Workspace,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (named.length >= NEAR || !isTold && among.length > MOST_LOOKED) return named.slice(0, NEAR);
  const read = new Map<string, FileText>();
  await readInto(read, among.slice(0, MOST_LOOKED), workspace, signal);
  const ranked = byWords(mentions, new Map([...read].map(([path, { text }]) => [path, text])));
  return [...new Set([...named, ...ranked, ...(isTold ? read.keys() : [])])].slice(0, NEAR);
}

/** Reads files one after the other; one that cannot be read is left out. */
async function readInto(
  read: Map<string, FileText>,
  paths: readonly string[],
  workspace: Workspace,
  signal: AbortSignal,
): Promise<void> {
  for (const path of paths) {
    signal.throwIfAborted();
    const text = await readable(workspace, path);
    if (text !== null) read.set(path, text);
  }
}

/** Words of tests and of what is said beside them, without what is only imported: that is there for other tests than those that matter. */
function wordsOf(
  mentions: string,
  blocks: readonly string[],
  tests: ReadonlyMap<string, FileText>,
  languages: Languages,
): ReadonlySet<string> {
  const by = [...tests.keys()].flatMap((path) => languagesOf(path, languages));
  const said = [mentions, ...blocks.map((block) => withoutImports(block, by))].join("\n");
  return new Set(said.match(/[\w$]+/g) ?? []);
}

/** The functions of the sources that stand whole in what is shown, and can be taken out and put back. */
function definitionsOf(
  read: ReadonlyMap<string, FileText>,
  texts: readonly PreparedFile[],
  languages: Languages,
): Record<string, string[]> {
  const named = [...new Set(texts.map(({ path }) => path))].map((path): [string, string[]] => [
    path,
    replaceableDefinitions(read.get(path)?.text ?? "", languagesOf(path, languages)).filter(({ from, to }) =>
      texts.some((shown) => shown.path === path && shown.from <= from && shown.to >= to)
    ).map(({ name }) => name).slice(0, NAMED),
  ]);
  return Object.fromEntries(named.filter(([, names]) => names.length > 0));
}

/** Blocks of the tests that evidence names: what they call is what matters in the sources. */
function testBlocks(
  tests: ReadonlyMap<string, FileText>,
  places: ReadonlyMap<string, readonly number[]>,
  languages: Languages,
): string[] {
  return [...tests].flatMap(([path, { text }]) => {
    const anchors = { places: places.get(path) ?? [], words: [] };
    return rangesOf(text, anchors, TEST_CHARS, languagesOf(path, languages)).map((range) => linesIn(text, range));
  });
}

/** The lines of a file that a turn is shown: all of its own file where that is short, else what matters. */
function partsOf(
  file: FileText,
  anchors: Anchors,
  room: number,
  { own, aside, isNear, isTest, isPattern }: {
    readonly own: boolean;
    readonly aside: boolean;
    /** Whether it is what the work is likely about, which nobody said. */
    readonly isNear: boolean;
    readonly isTest: boolean;
    readonly isPattern: boolean;
  },
  by: readonly Language[],
): readonly Range[] {
  const whole = [{ from: 1, to: Math.max(1, file.lines) }];
  const fits = file.text.length <= room;
  if (fits && (own && file.lines <= LONG_FILE || isNear && file.text.length <= SMALL_FILE)) return whole;
  const most = Math.min(room, PART_CHARS);
  const found = rangesOf(file.text, anchors, most, by);
  const withRest = isTest && anchors.places.length > 0 ? withTestGround : isPattern ? withTestFrame : null;
  const ranges = withRest !== null && found.length > 0 ? withRest(file.text, found, most, by) : found;
  if (ranges.length === 0 && aside) return [];
  const chars = ranges.reduce((sum, range) => sum + linesIn(file.text, range).length, 0);
  if (fits && (ranges.length === 0 ? file.text.length <= SMALL_FILE : chars >= file.text.length * MOST_OF_IT)) {
    return whole;
  }
  if (fits && aside && file.text.length <= SHORT_SOURCE) return whole;
  if (ranges.length > 0) return ranges;
  // Nothing in it is named: its beginning says what it is.
  const start = { from: 1, to: Math.min(file.lines, BEGINNING) };
  return linesIn(file.text, start).length <= room ? [start] : [];
}

/** Named files first, then those that the message mentions: sources before tests, each once. */
function wantedFiles(effect: PrepareEffect, files: readonly string[], isTest: (path: string) => boolean): string[] {
  const known = new Set(files);
  const named = effect.paths.filter((path) => known.has(path));
  const mentioned = files.filter((path) => mentionsPath(effect.mentions, path)).slice(0, 6);
  const [head, ...rest] = named;
  const ordered = [...rest, ...mentioned].sort((a, b) => Number(isTest(a)) - Number(isTest(b)));
  return [...new Set([...(head === undefined ? [] : [head]), ...ordered])];
}

async function readable(workspace: Workspace, path: string): Promise<FileText | null> {
  try {
    const file = await workspace.read(path);
    // A link may have another name than what it leads to.
    return isSecretPath(path) || isSecretPath(file.path) ? null : file;
  } catch {
    return null; // binary, gone, or too large: the turn starts without it and can look itself
  }
}
