import { counted } from "../kernel/text.ts";
import { LANGUAGES } from "../languages/languages.ts";
import type { ListedCheck } from "../prompt/listed_checks.ts";
import { unfenced } from "../prompt/marks.ts";
import { SPREAD } from "./understudy_repairs.ts";
import { isTestPath, stemOf } from "../languages/test_path.ts";
import { offers, type WantedCall } from "./understudy_call.ts";
import { type Scene, textOf } from "./understudy_scene.ts";

/**
 * Decides the next call of a planning turn: one look around, then one task for each file that the failing checks are about.
 * @param scene the request
 * @returns the call
 */
export function planCall(scene: Scene): WantedCall {
  if (offers(scene, "list_directory") && !scene.replies.some((reply) => /["']list_directory["']/.test(reply))) {
    return { name: "list_directory", arguments: { path: "." }, reason: "I look at the folders before I plan." };
  }
  const groups = new Map<string, ListedCheck[]>();
  for (const check of scene.failing) {
    const target = suspectOf(check, scene);
    groups.set(target, [...groups.get(target) ?? [], check]);
  }
  const tasks = groups.size > 0
    ? [...groups].map(([target, checks]) => ({
      description: `Make ${target} do what ${
        checks.length === 1 ? "its failing check expects" : "its failing checks expect"
      }: ${checks.map(titleOf).join("; ")}.`,
      target_file: target,
      checks: checks.map(({ name }) => name),
    }))
    : [{ description: goalOf(scene), target_file: sources(scene)[0] ?? "README.md" }];
  return {
    name: "create_task_plan",
    arguments: { tasks },
    reason: "One task for each file that the failing checks are about.",
  };
}

/**
 * Decides the verdict of a review: approves the difference, or reports the check that still fails where approval is not legal, or a fault that no
 * check shows.
 * @param scene the request
 * @returns the call
 */
export function reviewCall(scene: Scene): WantedCall {
  const [failing] = scene.failing;
  if (!offers(scene, "approve_code")) {
    const description = failing === undefined
      ? "The checks of these tasks do not pass."
      : `The check "${failing.name}" fails still: ${failing.evidence.split("\n")[0] ?? ""}`;
    return { name: "report_issue", arguments: { severity: "high", description }, reason: "The checks do not pass." };
  }
  const diff = unfenced(textOf(scene.sections, "changes")).split("\n");
  const changed = diff.flatMap((line) => /^\+\+\+ (\S+)/.exec(line)?.[1] ?? []);
  const added = diff.filter((line) => /^\+(?!\+\+ )/.test(line)).length;
  const removed = diff.filter((line) => /^-(?!-- )/.test(line)).length;
  const spread = diff.some((line) => line.startsWith("+") && SPREAD.test(line));
  if (spread && offers(scene, "report_issue")) {
    const path = changed.find((file) => file.includes("table"))?.replace(/^b\//, "");
    return {
      name: "report_issue",
      arguments: {
        severity: "medium",
        description:
          "A table of very many rows ends with a RangeError: Math.max gets a length of each row as an argument of its own.",
        ...(path === undefined ? {} : { path }),
      },
      reason: "No test has so many rows.",
    };
  }
  const what = changed.length === 0 ? "the changes" : `the changes of ${changed.join(", ")}`;
  const lines = `${counted(added, "line")} new, ${counted(removed, "line")} gone`;
  const notes = `I read ${what}: ${lines}, and each fits the checks that it is for.`;
  return { name: "approve_code", arguments: { notes }, reason: "The changes are small and right." };
}

/**
 * Answers a question from what the request shows.
 * @param scene the request
 * @returns the call, after one look at the file that the question names and nobody showed
 */
export function answerCall(scene: Scene): WantedCall {
  const asked = textOf(scene.sections, "question", "task").split("\n")[0] ?? "";
  if (scene.role === "interpreter") {
    const sentences = asked.split(/(?<=[.?!])\s+/).filter((sentence) => sentence !== "");
    const text = `In plain words: ${sentences.at(-1) ?? "nothing is asked."}`;
    return { name: "answer", arguments: { text }, reason: "I say it in plain words." };
  }
  const named = /[\w./-]+\/[\w.-]+\.\w+/.exec(asked)?.[0];
  const unseen = named !== undefined && !scene.files.has(named) &&
    !scene.replies.some((reply) => reply.includes(named));
  if (unseen && offers(scene, "read_file")) {
    return { name: "read_file", arguments: { path: named }, reason: `The question is about ${named}.` };
  }
  return {
    name: "answer",
    arguments: { text: answerText(scene, asked, named) },
    reason: "The request shows all that is needed.",
  };
}

function answerText(scene: Scene, asked: string, named: string | undefined): string {
  const file = named === undefined ? undefined : scene.files.get(named);
  if (file !== undefined) {
    const lines = file.text.split("\n");
    const places = [...new Set(asked.match(/\b[a-z]\w{3,}\b/g) ?? [])].flatMap((word) => {
      const found = lines.flatMap((line, index) => new RegExp(`\\b${word}\\b`).test(line) ? [file.from + index] : []);
      return found.length === 0 || /^\s*\*/.test(lines[(found[0] ?? 1) - file.from] ?? "")
        ? []
        : [`${word} in ${found.join(", ")}`];
    });
    return places.length === 0
      ? `${file.path} has ${lines.length} lines; none has a word of the question.`
      : `In ${file.path}, by lines: ${places.join("; ")}.`;
  }
  if (scene.failing.length === 0) return "No check fails in what I was shown.";
  const targets = [...new Set(scene.failing.map((check) => suspectOf(check, scene)))];
  return scene.failing.length === 1
    ? `1 check fails. It is about ${targets.join(", ")}.`
    : `${scene.failing.length} checks fail. They are about ${targets.join(", ")}.`;
}

function titleOf({ name }: ListedCheck): string {
  return name.slice(name.indexOf(": ") + 1).trim();
}

function goalOf(scene: Scene): string {
  const goal = scene.sections.find(({ name }) => name === "goal")?.values.goal?.trim();
  return goal || textOf(scene.sections, "task") || "Reach the goal.";
}

function sources(scene: Scene): string[] {
  return scene.paths.filter((path) => !isTestPath(path, LANGUAGES) && !/\.(?:md|json|lock|toml|ya?ml)$/.test(path));
}

/** The file that a failing check is about: a source that its evidence names, or the one that its test file is named after. */
function suspectOf(check: ListedCheck, scene: Scene): string {
  const known = sources(scene);
  const named = known.find((path) => check.evidence.includes(path));
  if (named !== undefined) return named;
  const tests = scene.paths.filter((path) => isTestPath(path, LANGUAGES));
  const test = tests.find((path) => check.evidence.includes(path)) ??
    tests.find((path) => scene.files.get(path)?.text.includes(titleOf(check)) === true);
  const twin = test === undefined
    ? undefined
    : known.find((path) => stemOf(path).toLowerCase() === stemOf(test).toLowerCase());
  return twin ?? known[0] ?? test ?? "README.md";
}
