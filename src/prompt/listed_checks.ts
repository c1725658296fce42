import { say, type Wording } from "../sentences/say.ts";
import { MARKS, type Marks, readLine } from "./marks.ts";

/** A failing check as a prompt lists it. */
export interface ListedCheck {
  readonly name: string;
  /** What it said, shortened; "" where nothing is shown. */
  readonly evidence: string;
}

const INDENT = "  ";

/**
 * Lists failing checks, each with what it said under it.
 *
 * @param checks the checks
 * @param more how many more there are
 * @param from whose words that is told in
 * @returns lines; {@link checksIn} reads them
 */
export function listChecks(checks: readonly ListedCheck[], more: number, from: Wording): string {
  return [
    ...checks.flatMap(({ name, evidence }) => [
      `- ${name}`,
      ...(evidence === "" ? [] : evidence.split("\n").map((line) => `${INDENT}${line}`)),
    ]),
    ...(more > 0 ? [`- ${say(from, "turn.and_more", { count: more })}`] : []),
  ].join("\n");
}

/**
 * Reads what {@link listChecks} wrote.
 *
 * @param text its lines
 * @param lines how they are written
 * @returns the checks that are listed
 */
export function checksIn(text: string, lines: Pick<Marks["within"], "check" | "moreChecks"> = MARKS.within) {
  const checks: { name: string; said: string[] }[] = [];
  for (const line of text.split("\n")) {
    const name = readLine(lines.check, line)?.check;
    if (name === undefined) checks.at(-1)?.said.push(line.slice(INDENT.length));
    else if (readLine(lines.moreChecks, line) === null) checks.push({ name, said: [] });
  }
  return checks.map(({ name, said }): ListedCheck => ({ name, evidence: said.join("\n") }));
}
