import { linesOf } from "../prompt/marks.ts";
import { harmlessCall, HONEST, offers, type WantedCall } from "./understudy_call.ts";
import { type Asks, faultyLine, type Repair, repaired, repairFor } from "./understudy_repairs.ts";
import { type Scene, type ShownFile, textOf, type WantedText } from "./understudy_scene.ts";
import { ASKED_BACK } from "./understudy_verdict.ts";

/** Replies after which a turn is given up, so that nothing goes round in circles. */
const MOST_REPLIES = 12;
/** Seeds that the asks of one attempt have at most: the next attempt's are further on. */
const SEEDS_OF_ATTEMPT = 101;
/** Tools that write, the order in which they are taken. */
const WRITES = ["rewrite_file", "edit_file", "rewrite_lines", "rewrite_function"];

/**
 * Decides the next call of an attempt at a task: looks at the file, repairs the statement that it recognises, and says so
 * where it recognises none.
 * @param scene the request
 * @returns the call, null where no tool is offered
 */
export function workCall(scene: Scene): WantedCall | null {
  if (scene.replies.length >= MOST_REPLIES) return finish(scene, `It did not work in ${MOST_REPLIES} replies.`);
  if (scene.results.some(({ name, ok }) => ok && WRITES.includes(name))) {
    return finish(scene, "The faulty statement is replaced.");
  }
  const target = targetOf(scene);
  if (target !== null && !scene.files.has(target) && offers(scene, "read_file") && !called(scene, `"${target}"`)) {
    return { name: "read_file", arguments: { path: target }, reason: `I need to see ${target} first.` };
  }
  const file = target === null ? undefined : scene.files.get(target);
  const repair = file === undefined ? null : repairFor(file.text);
  if (file === undefined || repair === null) return giveUp(scene, file);
  const before = isFirst(scene) ? preparation(scene, file, repair) : null;
  return before ?? writing(scene, file, repair);
}

/**
 * Writes the text that was asked for after a call: in a fence with some words around it.
 * @param scene the request
 * @param wanted what is wanted
 * @returns the reply
 */
export function workText(scene: Scene, wanted: WantedText): string {
  const file = wanted.path === null ? undefined : scene.files.get(wanted.path);
  const repair = file === undefined ? null : repairFor(file.text);
  if (file === undefined) return fenced("", HONEST, "");
  if (repair === null) return fenced(file.path, file.text, "The text stays as it is.");
  const first = isFirst(scene);
  const idea = first ? 0 : laterIdea(scene);
  const { line } = faultyLine(file.text, repair);
  if (wanted.kind === "piece" || wanted.kind === "lines") {
    return fenced(file.path, repaired(line, repair, idea), "");
  }
  const text = repaired(file.text, repair, idea);
  if (wanted.kind === "function" || wanted.kind === "wrong" || wanted.kind === "anew") {
    return fenced(file.path, functionAt(text, faultyLine(file.text, repair).index).text, "Only one statement changed.");
  }
  const elides = first && repair.habit === "elides" && !scene.replies.some((reply) => reply.includes("```"));
  return elides
    ? fenced(file.path, elided(text, faultyLine(file.text, repair).index), "The rest stays as it was.")
    : fenced(file.path, `${text}\n`, "Only one statement changed.");
}

/** The file that the task names, or the first shown one that it recognises. */
function targetOf(scene: Scene): string | null {
  const named = linesOf(scene.marks.within.target, textOf(scene.sections, "task", "question"))[0]?.path;
  if (named !== undefined) return named;
  return [...scene.files.values()].find(({ text }) => repairFor(text) !== null)?.path ?? null;
}

/** Whether nothing was tried before, as far as the brief says. */
function isFirst(scene: Scene): boolean {
  return !scene.sections.some(({ name }) => name === "tried");
}

/**
 * Which idea an attempt writes after one that failed. As of a real model that depends on the seed: of two that race one is wrong again, and
 * the other, which begins later, is right. Who is asked for the text alone,
 * as small models are, is soon asked for another piece and has to be right.
 */
function laterIdea({ replies, seed }: Scene): number {
  return replies.length > 0 && Math.floor((seed ?? 0) / SEEDS_OF_ATTEMPT) % 2 === 0 ? 1 : 2;
}

/** What a first attempt does before it writes. */
function preparation(scene: Scene, file: ShownFile, repair: Repair): WantedCall | null {
  if (repair.habit === "wrong_path" && scene.replies.length === 0 && offers(scene, "read_file")) {
    const path = `lib/${file.path.slice(file.path.lastIndexOf("/") + 1)}`;
    return { name: "read_file", arguments: { path }, reason: "I look at the file once more." };
  }
  const asked = repair.asks === undefined || !offers(scene, "ask_specialist") ? null : questionOf(scene, repair.asks);
  return asked === null ? null : {
    name: "ask_specialist",
    arguments: { role: asked.role, question: `${asked.question} I want to change ${file.path}.` },
    reason: "I want to be sure of the cause.",
  };
}

/** What is asked now: a vague question first where there is one, and the clear one where that came back. */
function questionOf(
  scene: Scene,
  { role, vaguely, question }: Asks,
): { readonly role: string; readonly question: string } | null {
  if (!called(scene, "ask_specialist")) return { role, question: vaguely ?? question };
  return vaguely !== undefined && scene.heard.at(-1)?.includes(ASKED_BACK) === true ? { role, question } : null;
}

function writing(scene: Scene, file: ShownFile, repair: Repair): WantedCall | null {
  const reason = `In ${file.path} ${repair.because}.`;
  const { path } = file;
  const { index, line } = faultyLine(file.text, repair);
  // A small piece first where the first idea is a guess, the whole file otherwise, and where its habit is to leave out lines of that.
  const guesses = repair.plausible !== undefined && repair.habit !== "elides" && isFirst(scene);
  const order = guesses || !file.whole ? ["edit_file", "rewrite_lines", "rewrite_file", "rewrite_function"] : WRITES;
  switch (order.find((name) => offers(scene, name) && (file.whole || name !== "rewrite_file"))) {
    case "rewrite_file":
      return { name: "rewrite_file", arguments: { path }, reason };
    case "edit_file":
      return { name: "edit_file", arguments: { path, old_text: line }, reason };
    case "rewrite_function":
      return { name: "rewrite_function", arguments: { path, function: functionAt(file.text, index).name }, reason };
    case "rewrite_lines": {
      const number = file.from + index;
      return { name: "rewrite_lines", arguments: { path, from_line: number, to_line: number }, reason };
    }
    default:
      return finish(scene, reason);
  }
}

/** Ends the turn honestly; where only writing is legal, by an edit that finds nothing to replace. */
function giveUp(scene: Scene, file: ShownFile | undefined): WantedCall | null {
  if (!offers(scene, "finish_task") && offers(scene, "edit_file") && file !== undefined) {
    return { name: "edit_file", arguments: { path: file.path, old_text: HONEST }, reason: HONEST };
  }
  return finish(scene, HONEST);
}

function finish(scene: Scene, summary: string): WantedCall | null {
  if (offers(scene, "finish_task")) return { name: "finish_task", arguments: { summary }, reason: summary };
  return harmlessCall(scene, summary);
}

function called(scene: Scene, what: string): boolean {
  return scene.replies.some((reply) => reply.includes(what));
}

/** The function that a line stands in: its name, and its lines from the first to the closing brace. */
function functionAt(text: string, index: number): { readonly name: string; readonly text: string } {
  const lines = text.split("\n");
  const from = lines.slice(0, index + 1).findLastIndex((line) => /^(?:export )?function \w+/.test(line));
  const to = lines.findIndex((line, at) => at > index && line === "}");
  const name = /function (\w+)/.exec(lines[from] ?? "")?.[1] ?? "";
  return { name, text: lines.slice(Math.max(0, from), to < 0 ? lines.length : to + 1).join("\n") };
}

/** The lines up to a little after the changed one; the others are left out, as hurried models do. */
function elided(text: string, index: number): string {
  return `${text.split("\n").slice(0, index + 2).join("\n")}\n\n// ... rest of the file stays the same\n`;
}

function fenced(path: string, text: string, after: string): string {
  const label = path.includes(".") ? path.slice(path.lastIndexOf(".") + 1) : "";
  return `Here it is:\n\n\`\`\`${label}\n${text.replace(/\n$/, "")}\n\`\`\`${after === "" ? "" : `\n\n${after}`}`;
}
