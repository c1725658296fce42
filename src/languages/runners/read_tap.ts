import type { CaseResult, Reading } from "../runner.ts";

const RESULT = /^( *)(not )?ok \d+(?:(?: -)? (?!# )(.*?))?(?<!\\)(?: # (SKIP|TODO)\b.*)?$/i;

/** Lines of a result's details that say nothing about the cause. */
const DULL =
  /^(duration_ms|type|failureType|code|exitCode|signal|location|generatedMessage|diff|column|line)\b|^(---|\.\.\.)$/;

/** Frames of the runtime itself. */
const RUNTIME_FRAME = /\(?(node:internal|node:async_hooks|internal\/)|new Promise \(<anonymous>\)|<anonymous>\)?$/;

/** A result with the results nested in it still apart. */
interface Nested {
  readonly name: string;
  readonly passed: boolean;
  readonly counts: boolean;
  readonly details: readonly string[];
  readonly comments: readonly string[];
  readonly children: readonly Nested[];
}

/**
 * Reads the Test Anything Protocol, version 13 and 14, as `node --test --test-reporter=tap` prints it (seen with Node 20,
 * 22 and 24). A suite is shown by its cases, named `suite > case`; it is a result of its own only when it failed by
 * itself.
 *
 * @param output the whole output
 * @returns its cases
 */
export function readTap(output: string): Reading {
  const open: Nested[][] = [];
  let comments: string[] = [];
  const broken: string[] = [];
  const lines = output.split("\n");
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const match = RESULT.exec(line);
    if (match === null) {
      const comment = /^ *# (?!Subtest: )(.*)$/.exec(line);
      if (comment?.[1] !== undefined) comments.push(unescape(comment[1]));
      // Code under test that prints half a line hides the runner's own result in it.
      if (/^ *# *not ok \d/.test(line)) broken.push(line.trim());
      continue;
    }
    const depth = Math.floor((match[1] ?? "").length / 4);
    const details = detailsAfter(lines, index, (match[1] ?? "").length);
    index += details.length;
    const children = open[depth + 1] ?? [];
    open.length = depth + 1;
    (open[depth] ??= []).push({
      name: unescape(match[3] ?? "unnamed"),
      passed: match[2] === undefined,
      counts: match[4] === undefined,
      details: withoutIndent(details),
      comments,
      children,
    });
    comments = [];
  }
  const cases: CaseResult[] = [];
  for (const result of open[0] ?? []) collect(result, "", cases, broken);
  return { cases, broken };
}

/** Takes the indented block between `---` and `...` after a result. */
function detailsAfter(lines: readonly string[], index: number, indent: number): string[] {
  const space = " ".repeat(indent + 2);
  if (lines[index + 1] !== `${space}---`) return [];
  for (let end = index + 2; end < lines.length; end += 1) {
    const line = lines[end] ?? "";
    if (line === `${space}...`) return lines.slice(index + 1, end + 1);
    // A block that nothing closes ends where its indent does: not all that follows is looked through for each of them.
    if (line !== "" && !line.startsWith(space)) break;
  }
  return [];
}

/** Takes away the indentation that all details have but for the marks around them: some runners indent what stands between these. */
function withoutIndent(details: readonly string[]): string[] {
  const widths = details.slice(1, -1).filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const least = widths.reduce((one, other) => Math.min(one, other), Infinity);
  return details.map((line, index) => index === 0 || index === details.length - 1 ? line.trim() : line.slice(least));
}

/** Turns a result and what is nested in it into cases. */
function collect(result: Nested, above: string, cases: CaseResult[], broken: string[]): void {
  const name = above === "" ? result.name : `${above} > ${result.name}`;
  for (const child of result.children) collect(child, name, cases, broken);
  if (!result.counts) return;
  const text = result.details.join("\n");
  if (result.children.length > 0 && (result.passed || /^failureType: '?subtestsFailed/m.test(text))) return;
  if (result.passed) cases.push({ name, passed: true, evidence: "" });
  // With an exit code it is a test file's process that failed, not a case in it.
  else if (/^exitCode: /m.test(text)) broken.push(withoutFrames([name, ...result.comments]).join("\n").trim());
  else cases.push({ name, passed: false, evidence: evidenceOf(result.details) });
}

/** Keeps what tells the cause: the error, what was expected and found, and the project's own frames. */
function evidenceOf(details: readonly string[]): string {
  const kept: string[] = [];
  let dull = false;
  for (const line of details) {
    if (/^\S/.test(line)) dull = DULL.test(line);
    if (!dull) kept.push(line);
  }
  return withoutFrames(kept).join("\n").replace(/\n *stack: \|-\n(?=$|\S)/, "\n").trim();
}

function withoutFrames(lines: readonly string[]): string[] {
  return lines.filter((line) => !RUNTIME_FRAME.test(line.trimEnd()));
}

function unescape(text: string): string {
  return text.replace(/\\([\\#])/g, "$1");
}
