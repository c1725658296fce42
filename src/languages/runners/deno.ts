import { fieldsIn, fieldsOf } from "../fields.ts";
import { namedScripts } from "../named_scripts.ts";
import type { CaseResult, ConfiguredCheck, Reading, Runner } from "../runner.ts";

/** Files that say what Deno does in a project. */
export const CONFIGURATIONS = ["deno.json", "deno.jsonc"];

const RESULT = /^( *)(\S.*) \.\.\. (ok|FAILED|ignored|cancelled)(?: \((?:\d|due to ).*\))?$/;
const OPENED = /^( *)(\S.*) \.\.\.$/;
/** Deepest steps that are told apart. */
const DEEPEST = 30;

/**
 * Deno: its output as `deno test` prints it (seen with Deno 2.9). A test with steps is shown by them, named `test > step`; it is a
 * result of its own only when it failed by itself.
 */
export const deno: Runner = {
  name: "deno",
  runs: /\bdeno (test|task)\b/,
  async checks(project) {
    const file = CONFIGURATIONS.find(project.has);
    if (file === undefined) return [];
    const tasks = fieldsOf(fieldsIn(await project.text(file)).tasks);
    const found: ConfiguredCheck[] = [];
    const written = Object.entries(tasks).filter(([name]) => /test|check/.test(name)).map(([, task]) =>
      commandOf(task)
    );
    const files = await namedScripts(written.join("\n"), project.text);
    if (tasks.test !== undefined) found.push({ name: "deno task test", command: ["deno", "task", "test"], files });
    else if (project.files.some((path) => /(^|[/._])test\.(ts|tsx|js|jsx|mts|mjs)$/.test(path))) {
      found.push({ name: "deno test", command: ["deno", "test", "-A"] });
    }
    if (tasks.check !== undefined) {
      found.push({ name: "deno task check", command: ["deno", "task", "check"], runner: null, files });
    }
    return found;
  },
  read,
};

function read(output: string): Reading {
  const [listing = "", errors = ""] = output.split(/^ ERRORS ?$/m);
  const evidence = evidences(errors);
  const cases: CaseResult[] = [];
  const broken = [...evidence].filter(([name]) => name.endsWith("(uncaught error)"))
    .map(([name, text]) => `${name}\n${text}`);
  const path: string[] = [];
  /** What the path is called down to each of its names. */
  const wholes: string[] = [];
  const withSteps = new Set<string>();
  let printed = false;
  for (const line of listing.split("\n")) {
    // What a test prints stands between two rulers.
    if (/^-{7} .*output -{7}$/.test(line)) printed = true;
    else if (/^-{5} .*output end -{5}$/.test(line)) printed = false;
    if (printed) continue;
    const result = RESULT.exec(line);
    const opened = result === null ? OPENED.exec(line) : null;
    const [, indent = "", name = ""] = result ?? opened ?? [];
    if (name === "") continue;
    const depth = Math.min(indent.length / 2, path.length, DEEPEST);
    const above = depth === 0 ? undefined : wholes[depth - 1];
    if (above !== undefined) withSteps.add(above);
    const whole = above === undefined ? name : `${above} > ${name}`;
    path.splice(depth, Infinity, name);
    wholes.splice(depth, Infinity, whole);
    const verdict = result?.[3];
    if (verdict !== "ok" && verdict !== "FAILED") continue;
    if (withSteps.has(whole) && (verdict === "ok" || line.includes("(due to "))) continue;
    cases.push({
      name: whole,
      passed: verdict === "ok",
      evidence: verdict === "ok" ? "" : evidence.get(path.join(" ... ")) ?? "",
    });
  }
  return { cases, broken };
}

/** What a task runs, with a description beside it or not. */
function commandOf(task: unknown): string {
  return typeof task === "string" ? task : String(fieldsOf(task).command ?? "");
}

/** The text of each failure by its name: `test ... step` for a step. */
function evidences(errors: string): Map<string, string> {
  const found = new Map<string, string[]>();
  let lines: string[] | undefined;
  for (const line of (errors.split(/^ FAILURES ?$/m)[0] ?? "").split("\n")) {
    const header = /^(.+) => \S+:\d+:\d+$/.exec(line)?.[1] ??
      (/^\S+ \(uncaught error\)$/.test(line) ? line : undefined);
    if (header !== undefined) {
      lines = [];
      found.set(header, lines);
    } else if (!/^ {4}at .*\(?(ext:|node:)/.test(line)) lines?.push(line);
  }
  return new Map([...found].map(([name, text]) => [name, text.join("\n").trim()]));
}
