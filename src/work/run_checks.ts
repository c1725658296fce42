import { isBareTest } from "../languages/holds_tests.ts";
import { bareTestsOf, isTestPath } from "../languages/test_path.ts";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import type { CheckReport, CheckResult } from "../ports/workspace.ts";
import { boundText } from "./bounded_text.ts";
import type { Languages } from "../languages/language.ts";
import type { CaseResult, Check, Reading } from "../languages/runner.ts";
import { readOutput } from "../languages/read_output.ts";
import { subjectsOf } from "../languages/subjects.ts";
import { type CheckBounds, CheckPace } from "./check_pace.ts";
import { CheckReports, PLACE } from "./check_reports.ts";
import { NamedFiles } from "./named_files.ts";
import { walkProject } from "./project_files.ts";
import { CommandNotStarted } from "./command_words.ts";
import { cacheEnvironment } from "./sandbox/cache_environment.ts";
import type { Enclosure } from "./sandbox/enclosure.ts";
import { supervise, type Supervised } from "./supervise.ts";
import type { Timer } from "../ports/timer.ts";

/** Characters of evidence of one result. */
const MOST_EVIDENCE = 1_500;

/** Characters of the report's output. */
const MOST_REPORTED = 20_000;

/** Characters of a command's output that are read for cases. */
const MOST_READ = 32_000_000;

/**
 * Executes checks one after the other. Each gives a result of its own name, then one for every case that its output
 * shows, named `check: case`. The result of the check's own name says whether the check worked: it fails when the command
 * was not found, did not end in time, could not load a test file, or failed without a case that explains it. So no name
 * disappears when a file that could not be loaded is repaired.
 *
 * @param root absolute real path of the project
 * @param checks what to execute
 * @param languages by which tests and what they import are told
 * @param signal ends it
 * @param pace what is known of how long they take; nothing where absent
 * @param timer counts their bounds; the clock's where absent
 * @param enclosure what they see and may change; all that we may where absent
 * @returns all results
 * @throws the signal's reason when it was aborted: half a round says nothing
 */
export async function runChecks(
  root: string,
  checks: readonly Check[],
  languages: Languages,
  signal: AbortSignal,
  pace: CheckPace = new CheckPace(),
  timer?: Timer,
  enclosure?: Enclosure,
): Promise<CheckReport> {
  const start = performance.now();
  const results: RawResult[] = [];
  const outputs: string[] = [];
  const hanging = new Set<string>();
  let walked: readonly string[] | undefined;
  const files = async () => walked ??= (await walkProject(root, signal, { home: enclosure?.project })).files;
  for (const check of checks) {
    const { own, output, hung } = await runCheck(root, check, { signal, pace, timer, enclosure, languages, files });
    for (const one of own) results.push(one);
    if (hung) hanging.add(check.name);
    if (own.some((result) => !result.passed)) outputs.push(`$ ${commandOf(check)}\n${output}`);
  }
  return {
    results: await withFiles(root, results, { languages, checks, hanging, files }),
    commands: checks.map(commandOf),
    seconds: (performance.now() - start) / 1_000,
    hung: hanging.size > 0,
    output: boundText(outputs.join("\n\n"), MOST_REPORTED),
  };
}

/** A check's command as a person would type it, with the folder where that is not the project's. */
export function commandOf({ command, folder }: Check): string {
  return `${command.join(" ").replaceAll(PLACE, "…")}${folder === "" ? "" : ` (in ${folder})`}`;
}

/** A result before it is known which files it is about. */
interface RawResult extends CheckResult {
  /** Folder of its check. */
  readonly folder: string;
}

/** Files with names of tests and of sources that are looked into. */
const MOST_BARE = 200;

/** Adds to each failing result the files that it is about: those it names, and where those are tests alone, what these are about. */
async function withFiles(
  root: string,
  results: readonly RawResult[],
  { languages, checks, hanging, files: walk }: {
    readonly languages: Languages;
    readonly checks: readonly Check[];
    readonly hanging: ReadonlySet<string>;
    readonly files: () => Promise<readonly string[]>;
  },
): Promise<CheckResult[]> {
  const files = results.every(({ passed }) => passed) ? [] : await walk();
  const known = new Set(files);
  const mentions = new NamedFiles(files);
  const read = (path: string) => Deno.readTextFile(join(root, path)).catch(() => null);
  // What says what a check does stands for tests, whatever its name.
  const judging = new Set(checks.flatMap(({ files, tests }) => [...files, ...tests]));
  const bare = new Set<string>();
  for (const path of files.filter((path) => bareTestsOf(path, languages) !== undefined).slice(0, MOST_BARE)) {
    if (isBareTest(path, await read(path) ?? "", languages, true)) bare.add(path);
  }
  const isTest = (path: string) => judging.has(path) || bare.has(path) || isTestPath(path, languages);
  const named: CheckResult[] = [];
  for (const { folder, ...result } of results) {
    const holding = result.files.map((path) => join(folder, path)).filter((path) => known.has(path));
    const said = result.passed ? [] : [...mentions.in(`${result.name}\n${result.evidence}`, folder), ...holding];
    // A check that hangs without a word may be about any test.
    const own = said.length === 0 && hanging.has(result.name) ? files.filter(isTest).slice(0, 2) : said;
    const subjects: string[] = [];
    // A failed assertion names the test alone: what the test is about stands in its imports.
    for (const test of own.every(isTest) ? [...new Set(own)].slice(0, 2) : []) {
      subjects.push(...(await subjectsOf(test, files, read, languages)).filter((path) => !isTest(path)));
    }
    // The first that is no test by its name counts as what is to be worked on.
    const all = [...new Set([...own, ...subjects])];
    named.push({
      ...result,
      files: [...all.filter((path) => !bare.has(path)), ...all.filter((path) => bare.has(path))],
    });
  }
  return named;
}

/** What an execution of a check needs beside it. */
interface Executing {
  readonly signal: AbortSignal;
  readonly pace: CheckPace;
  readonly timer?: Timer;
  readonly enclosure?: Enclosure;
  readonly languages: Languages;
  /** Files of the project. */
  readonly files: () => Promise<readonly string[]>;
}

/** Executes one check; files are filled in later. */
async function runCheck(
  root: string,
  check: Check,
  using: Executing,
): Promise<{ own: RawResult[]; output: string; hung: boolean }> {
  const { pace, enclosure, signal } = using;
  const bounds = pace.bounds(check);
  const { folder } = check;
  const reports = await CheckReports.open(check, enclosure);
  try {
    const ended = await execute(root, check, reports, using);
    signal.throwIfAborted();
    const relative = (text: string) => relativePaths(enclosure?.project ?? root, relativePaths(root, text));
    const said = relative(stripVTControlCharacters(ended.output).replaceAll("\r\n", "\n"));
    const written = (await reports.read(join(root, folder))).map(({ path, text }) => ({ path, text: relative(text) }));
    const whole = await using.files();
    const files = folder === ""
      ? whole
      : whole.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
    const reading = readOutput(check.runner, said, { reports: written, files });
    const paths = new NamedFiles(whole);
    const output = check.runner?.plain?.(said) ?? said;
    const evidence = paths.written(faultOf(bounds, ended, reading, output), folder);
    pace.note(check.name, ended.seconds * 1_000, ended.timedOut ? "hung" : evidence === "" ? "worked" : "broke");
    const own: RawResult = {
      name: check.name,
      passed: evidence === "",
      evidence: boundText(evidence, MOST_EVIDENCE),
      files: [],
      folder,
    };
    const cases = reading.cases.map((one) => (
      { ...one, name: paths.written(one.name, folder), evidence: paths.written(one.evidence, folder) }
    ));
    return { own: [own, ...named(check, cases)], output, hung: ended.timedOut };
  } catch (error) {
    if (!(error instanceof CommandNotStarted)) throw error;
    return {
      own: [{ name: check.name, passed: false, evidence: error.message, files: [], folder }],
      output: error.message,
      hung: false,
    };
  } finally {
    await reports.close();
  }
}

/** Runs the command of a check in its folder. */
function execute(
  root: string,
  check: Check,
  reports: CheckReports,
  { signal, pace, timer, enclosure, languages }: Executing,
): Promise<Supervised> {
  return supervise({
    command: reports.command,
    folder: join(root, check.folder),
    within: check.folder,
    ...pace.bounds(check),
    timer,
    signal,
    environment: { ...cacheEnvironment(languages, enclosure), ...reports.environment },
    mostOutput: MOST_READ,
    enclosure,
  });
}

/** Why the check itself did not work, empty when it did. */
function faultOf(
  bounds: CheckBounds,
  ended: Supervised,
  { cases, broken, stuck }: Reading,
  output: string,
): string {
  if (ended.timedOut) {
    const why = ended.ranOut === "silence"
      ? `said nothing for ${bounds.silentMs / 1_000} s and was ended`
      : `did not end within ${bounds.timeoutMs / 1_000} s`;
    const cure = 'If it needs longer, give it "seconds" in the configuration.';
    return stuck === undefined
      ? `${why}. ${cure}\n${lastOf(output)}`
      : `${why}: a test never ends. It was here, innermost first:\n${stuck}\n${cure}`;
  }
  // Its output ends with the reason.
  if (ended.ranOut !== null) return `used too much.\n${lastOf(output)}`;
  if (broken.length > 0) {
    const share = Math.max(300, Math.floor(MOST_EVIDENCE / broken.length));
    return broken.map((text) => boundText(text, share)).join("\n\n");
  }
  if (ended.code === 0 || cases.some((result) => !result.passed)) return "";
  const how = ended.code === null ? `was ended by ${ended.signal}` : `ended with exit code ${ended.code}`;
  return `${how}\n${lastOf(output)}`;
}

/** The end of an output, which mostly holds the cause. */
function lastOf(output: string): string {
  const text = output.trim();
  return text === "" ? "and printed nothing" : boundText(text, MOST_EVIDENCE - 100);
}

/**
 * Gives the cases names that no other case of the check has. Of those with the same name all fail where one does: code under test can print a
 * line that looks like a result, and must not change places with the true one.
 */
function named(check: Check, cases: readonly CaseResult[]): RawResult[] {
  const count = new Map<string, number>();
  const failing = new Map(cases.filter((one) => !one.passed).map((one) => [one.name, one.evidence]));
  return cases.map((one) => {
    const { name } = one;
    const passed = !failing.has(name);
    const evidence = one.passed ? failing.get(name) ?? "" : one.evidence;
    const same = (count.get(name) ?? 0) + 1;
    count.set(name, same);
    const whole = `${check.name}: ${name}${same === 1 ? "" : ` (${same})`}`;
    const { files = [] } = one;
    return { name: whole, passed, evidence: boundText(evidence, MOST_EVIDENCE), files, folder: check.folder };
  });
}

/** Writes paths of the project relative: shorter, and the same wherever the project lies. */
function relativePaths(root: string, text: string): string {
  // In an address what is no plain letter is written otherwise.
  const addresses = [`${pathToFileURL(root).href}/`, `file://${root}/`];
  return [...addresses, `${root}/`].reduce((left, written) => left.replaceAll(written, ""), text);
}
