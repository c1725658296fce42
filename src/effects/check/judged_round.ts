import type { ArrangedReport, CheckResult, RunWorkspace } from "../../ports/workspace.ts";
import { say, type Wording } from "../../sentences/say.ts";
import type { Standing } from "./protect.ts";
import type { CheckFact } from "./check_effect.ts";

/** A verdict: what the checks say without the tests that the run made, and what those add. */
export interface JudgedRound {
  readonly results: readonly CheckFact[];
  readonly report: ArrangedReport;
  /** Protected files that the checks changed; they were put back. */
  readonly touched: readonly string[];
}

/** Name of the result that says that new tests harm the others. */
const NEW_TESTS = "new tests";

/**
 * Executes the checks for a verdict: once with what judges the work as it was, then, where the run made tests, once more with those.
 *
 * @param habits protected files that the checks change also where nothing is wrong; null where that is what is found out
 * @param isProtected whether a file that the checks made judges the work
 */
export async function judgedRound(
  from: Wording,
  workspace: RunWorkspace,
  standing: Standing,
  habits: ReadonlySet<string> | null,
  isProtected: (path: string) => boolean,
  signal: AbortSignal,
): Promise<JudgedRound> {
  const first = await round(workspace, standing, [...standing.arranged], signal, isProtected);
  const harm = harmed(first.touched, habits);
  const results = trusted(from, first.report.results, harm);
  if (standing.arranged.length === 0 || harm.length > 0) {
    return { results, report: first.report, touched: first.touched };
  }
  const second = await round(workspace, standing, [], signal, isProtected);
  const touched = [...new Set([...first.touched, ...second.touched])].sort();
  return {
    results: [
      ...results,
      ...addedBy(from, results, trusted(from, second.report.results, harmed(second.touched, habits))),
    ],
    report: joined(first.report, second.report),
    touched,
  };
}

/** Files that the checks changed, and that they do not change anyway. */
function harmed(touched: readonly string[], habits: ReadonlySet<string> | null): readonly string[] {
  return habits === null ? [] : touched.filter((path) => !habits.has(path));
}

/** Results of a round; none counts where what judges was changed meanwhile. */
function trusted(from: Wording, results: readonly CheckResult[], harm: readonly string[]): readonly CheckFact[] {
  return results.map((result) => harm.length === 0 ? fact(result) : untrue(from, result, harm));
}

async function round(
  workspace: RunWorkspace,
  standing: Standing,
  arranged: Standing["arranged"],
  signal: AbortSignal,
  isProtected: (path: string) => boolean,
): Promise<{ readonly report: ArrangedReport; readonly touched: readonly string[] }> {
  const report = await workspace.check(signal, arranged);
  const news = new Set(standing.news.map(({ path }) => path));
  const touched = report.changed.filter((path) => {
    const file = standing.files[path];
    return file === undefined ? !news.has(path) && isProtected(path) : file.as !== "inside";
  });
  for (const path of touched) workspace.putBack(path, standing.files[path] ?? null);
  return { report, touched };
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
function untrue(from: Wording, result: CheckResult, touched: readonly string[]): CheckFact {
  const why = say(from, "turn.checks_touched", { files: touched.join(", ") });
  return { ...fact(result), passed: false, evidence: result.passed ? why : `${why}\n${result.evidence}` };
}

function fact({ name, passed, evidence, files }: CheckResult): CheckFact {
  return { name, passed, evidence, files: [...files] };
}

function joined(first: ArrangedReport, second: ArrangedReport): ArrangedReport {
  return {
    ...first,
    seconds: first.seconds + second.seconds,
    hung: first.hung || second.hung,
    output: [first.output, second.output].filter((text) => text !== "").join("\n\n"),
  };
}
