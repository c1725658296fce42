import { type MarkedSection, type Marks, readLine, sectionsIn } from "../prompt/marks.ts";
import { type Scene, textOf } from "./understudy_scene.ts";

/** What is to be summarised, by its parts. */
type Part = readonly MarkedSection<keyof Marks["summary"]>[];

/** Characters of one line, and of a token at least. */
const LINE = 100;
const TOKEN = 3;

/**
 * Tells whether a request wants a part of another's work summarised.
 * @param scene the request
 * @returns what it shows, null where something else is wanted
 */
export function partToSummarise(scene: Scene): Part | null {
  const part = scene.role === "analysis" ? sectionsIn(scene.heard.at(-1) ?? "", scene.marks.summary) : [];
  return part.some(({ name }) => name === "wanted") ? part : null;
}

/**
 * Summarises a part in lines that stand in it: what was summarised before, each call with the first line of what came of it, and the
 * task that is still open. The oldest lines go where the answer has no room for them.
 * @param scene the request
 * @param part what it shows
 * @returns plain text
 */
export function summaryOf(scene: Scene, part: Part): string {
  const before = textOf(part, "soFar").split("\n").filter((line) => line.startsWith("- "));
  const shown = part.filter(({ name }) => name === "part" || name === "leftOut").map(({ text }) => text).join("\n\n");
  const lines = [...before, ...callsIn(shown, scene.marks.entry)];
  const task = part.find(({ name }) => name === "task")?.text.split("\n")[0];
  const open = task === undefined ? [] : [`- Still open: ${task.slice(0, LINE)}`];
  const room = (scene.answerLimit ?? 400) * TOKEN - open.join("\n").length;
  const kept = lines.filter((line) => !line.startsWith("- Still open:"));
  while (kept.length > 0 && kept.join("\n").length > room) kept.shift();
  return [...kept, ...open].join("\n");
}

function callsIn(part: string, { called, talked, gave, failed }: Marks["entry"]): string[] {
  const lines = part.split("\n");
  const found: string[] = [];
  for (const [index, line] of lines.entries()) {
    const call = readLine(called, line) ?? readLine(talked, line);
    if (call !== null) found.push(`- ${call.tool} ${call.arguments ?? ""}`.trim().slice(0, LINE));
    const came = readLine(gave, line) !== null ? "gave" : readLine(failed, line) !== null ? "failed" : null;
    if (came === null || found.length === 0) continue;
    const first = lines.slice(index + 1).find((one) => one.trim() !== "") ?? "nothing";
    found[found.length - 1] += `: ${came} ${first.trim().slice(0, LINE)}`;
  }
  return found;
}
