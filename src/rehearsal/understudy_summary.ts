import { type Scene, section } from "./understudy_scene.ts";

/** The end of what a summary is asked for with. */
const ASKED = /\n\nWrite down now what must be known to go on\b[^\n]*$/;
/** A call of the part, with its arguments where they are shown. */
const CALLED = /^It called (\w+)(?: (.*))?$/;
/** What came of a call. */
const CAME = /^(\w+) (gave|failed):$/;
/** Characters of one line, and of a token at least. */
const LINE = 100;
const TOKEN = 3;

/**
 * Tells whether a request wants a part of another's work summarised.
 * @param scene the request
 * @returns what it shows, null where something else is wanted
 */
export function partToSummarise(scene: Scene): string | null {
  const said = scene.heard.at(-1) ?? "";
  return scene.role === "analysis" && ASKED.test(said) ? said.replace(ASKED, "") : null;
}

/**
 * Summarises a part in lines that stand in it: what was summarised before, each call with the first line of what came of it, and the
 * task that is still open. The oldest lines go where the answer has no room for them.
 * @param scene the request
 * @param part what it shows
 * @returns plain text
 */
export function summaryOf(scene: Scene, part: string): string {
  const before = section(part, "Summary so far").split("\n").filter((line) => line.startsWith("- "));
  const lines = [...before, ...callsIn(part.slice(Math.max(0, part.indexOf("# The part\n"))))];
  const task = /\n# Task of \w+\n(.*)/.exec(part)?.[1];
  const open = task === undefined ? [] : [`- Still open: ${task.slice(0, LINE)}`];
  const room = (scene.answerLimit ?? 400) * TOKEN - open.join("\n").length;
  const kept = lines.filter((line) => !line.startsWith("- Still open:"));
  while (kept.length > 0 && kept.join("\n").length > room) kept.shift();
  return [...kept, ...open].join("\n");
}

function callsIn(part: string): string[] {
  const lines = part.split("\n");
  const found: string[] = [];
  for (const [index, line] of lines.entries()) {
    const [, name, args = ""] = CALLED.exec(line) ?? [];
    if (name !== undefined) found.push(`- ${name} ${args}`.trim().slice(0, LINE));
    const came = CAME.exec(line);
    if (came === null || found.length === 0) continue;
    const first = lines.slice(index + 1).find((one) => one.trim() !== "") ?? "nothing";
    found[found.length - 1] += `: ${came[2]} ${first.trim().slice(0, LINE)}`;
  }
  return found;
}
