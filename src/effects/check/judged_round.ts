import type { ArrangedReport, CheckResult, RunWorkspace } from "../../ports/workspace.ts";
import { NEW_TESTS } from "../../features/checks/judge.ts";
import { withSteadyNames } from "../../features/checks/changing_names.ts";
import { say, type Wording } from "../../sentences/say.ts";
import { arrangedCheck } from "./arranged_check.ts";
import type { Standing } from "./protect.ts";
import type { CheckFact } from "./check_effect.ts";

/** A verdict: what the checks say without the tests that the run made, and what those add. */
export interface JudgedRound {
  readonly results: readonly CheckFact[];
  readonly report: ArrangedReport;
  /** Protected files that the checks changed; they were put back. */
  readonly touched: readonly string[];
  /** Protected files that are not what they were and too large to be put back. */
  readonly lost: readonly string[];
  /** Protected files that changed while the checks ran, once and not again: somebody may have saved them, and they stand as they became. */
  readonly unsure: readonly string[];
}

/** What a verdict is given by. */
export interface Judging {
  readonly workspace: RunWorkspace;
  readonly standing: Standing;
  /** Protected files that the checks change also where nothing is wrong; null where that is what is found out. */
  readonly habits: ReadonlySet<string> | null;
  /** What results have in common whose names differ each time. */
  readonly changing: readonly string[];
  /** Whether a file that the checks made judges the work. */
  readonly isProtected: (path: string) => boolean;
  /** Whether it is given in a copy, in which nobody else can have changed anything. */
  readonly isApart: boolean;
  readonly signal: AbortSignal;
}

/** Executes the checks for a verdict: once with what judges the work as it was, then, where the run made tests, once more with those. */
export async function judgedRound(from: Wording, judging: Judging): Promise<JudgedRound> {
  const { standing, habits } = judging;
  const first = await round(judging, standing.arranged);
  const why = whyUntrue(from, judging, first);
  const results = trusted(first.report.results, why);
  const stuck = habits === null ? [] : standing.stuck;
  const lost = [...first.lost, ...stuck].sort();
  if (standing.arranged.length === 0 || why !== null || first.unsure.length > 0) {
    return { results, report: first.report, touched: first.touched, lost, unsure: first.unsure };
  }
  const second = await round(judging, []);
  const withNew = trusted(second.report.results, whyUntrue(from, judging, second));
  return {
    results: [...results, ...addedBy(from, results, withNew)],
    report: joined(first.report, second.report),
    touched: [...new Set([...first.touched, ...second.touched])].sort(),
    lost: second.lost,
    unsure: second.unsure,
  };
}

/** Files that the checks changed, and that they do not change anyway. */
function harmed(touched: readonly string[], habits: ReadonlySet<string> | null): readonly string[] {
  return habits === null ? [] : touched.filter((path) => !habits.has(path));
}

/** Says why no result of a round counts: what judges was changed; null where it was not, or nothing is held against it yet. */
function whyUntrue(from: Wording, { standing, habits }: Judging, { touched, left, lost }: Once): string | null {
  const harm = [...harmed(touched, habits), ...left];
  const gone = habits === null ? [] : [...lost, ...standing.stuck];
  const parts = [
    ...(harm.length === 0 ? [] : [say(from, "turn.checks_touched", { files: harm.join(", ") })]),
    ...(gone.length === 0 ? [] : [say(from, "turn.checks_lost", { files: gone.join(", ") })]),
  ];
  return parts.length === 0 ? null : parts.join("\n");
}

/** Results of a round; none counts where there is a reason. */
function trusted(results: readonly CheckResult[], why: string | null): readonly CheckFact[] {
  return results.map((result) => why === null ? fact(result) : untrue(result, why));
}

/** What one execution of the checks gave. */
interface Once {
  readonly report: ArrangedReport;
  readonly left: readonly string[];
  readonly touched: readonly string[];
  /** Protected files that are not what they were, and of which there is no copy, or there would be none of what they became. */
  readonly lost: readonly string[];
  /** What the touched files had become. */
  readonly became: ReadonlyMap<string, ReturnType<RunWorkspace["stateOf"]>>;
}

/**
 * Executes the checks, and once more where a protected file changed meanwhile: what the code under test does it does again, what a person saved
 * does not come again and is given back to them. Before any work was done nothing is held against it: then what does not come again stays as it
 * became, and only what does is a habit of the checks.
 */
async function round(
  judging: Judging,
  arranged: Standing["arranged"],
): Promise<Once & { readonly unsure: readonly string[] }> {
  const { workspace, habits } = judging;
  const first = await once(judging, arranged);
  const changed = habits === null ? first.touched : harmed(first.touched, habits);
  if (changed.length === 0) return { ...first, unsure: [] };
  const again = await once(judging, arranged);
  if (judging.isApart) return { ...again, unsure: [] };
  const unsure = changed.filter((path) => !again.touched.includes(path));
  for (const path of unsure) workspace.putBack(path, first.became.get(path) ?? null);
  return { ...again, unsure };
}

async function once(
  { workspace, standing, habits, changing, isProtected, signal }: Judging,
  arranged: Standing["arranged"],
): Promise<Once> {
  const { report: said, left } = await arrangedCheck(workspace, arranged, habits, signal);
  const report = { ...said, results: withSteadyNames(said.results, changing) };
  const newTests = new Set(standing.newTests.map(({ path }) => path));
  // Also what git would ignore: that is in no list of changes.
  const changed = Object.values(standing.files)
    .filter((file) => file.as !== "inside" && !sameAs(workspace.stateOf(file.path), file)).map(({ path }) => path);
  const made = report.changed.filter((path) =>
    standing.files[path] === undefined && !newTests.has(path) && isProtected(path) && isBesideJudges(path, standing)
  );
  const became = new Map([...changed, ...made].sort().map((path) => [path, workspace.stateOf(path)]));
  const isLost = (path: string) => standing.files[path]?.uncopied === true || became.get(path)?.uncopied === true;
  const lost = [...became.keys()].filter(isLost);
  const touched = [...became.keys()].filter((path) => !isLost(path));
  for (const path of touched) workspace.putBack(path, standing.files[path] ?? null);
  return { report, left, touched, lost, became };
}

function sameAs(
  now: { readonly hash: string; readonly mode: number } | null,
  file: { readonly hash: string; readonly mode: number },
) {
  return now?.hash === file.hash && now.mode === file.mode;
}

/** Whether a runner that loads what judges would come by a file: in the project's own folder, or in one that such files stand in or below. */
function isBesideJudges(path: string, { files }: Standing): boolean {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return folder === "" || Object.keys(files).some((one) => one.startsWith(folder));
}

/** What new tests add: results of names of their own, and one that says so where they make another fail. */
function addedBy(from: Wording, results: readonly CheckFact[], withNew: readonly CheckFact[]): CheckFact[] {
  const passes = new Map(results.map(({ name, passed }) => [name, passed]));
  const own = withNew.filter(({ name }) => !passes.has(name)).map((result) => ({ ...result, added: true }));
  const harmed = withNew.filter(({ name, passed }) => !passed && passes.get(name) === true);
  const [first] = harmed;
  if (first === undefined) return own;
  const values = { count: harmed.length, name: first.name, evidence: first.evidence };
  const evidence = say(from, "turn.new_tests_harm", values);
  return [...own, { name: NEW_TESTS, passed: false, evidence, files: [...first.files], added: true }];
}

/** A result of a round in which what judges was changed: it says nothing. */
function untrue(result: CheckResult, why: string): CheckFact {
  return { ...fact(result), passed: false, evidence: result.passed ? why : `${why}\n${result.evidence}` };
}

function fact({ name, passed, evidence, files }: CheckResult): CheckFact {
  return { name, passed, evidence, files: [...files] };
}

function joined(first: ArrangedReport, second: ArrangedReport): ArrangedReport {
  return {
    ...first,
    commands: [...new Set([...first.commands, ...second.commands])],
    seconds: first.seconds + second.seconds,
    hung: first.hung || second.hung,
    output: [first.output, second.output].filter((text) => text !== "").join("\n\n"),
  };
}
