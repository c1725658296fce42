import type { State } from "../features/state.ts";
import { bound } from "../kernel/text.ts";
import { say, type Wording } from "../sentences/say.ts";
import { fenced } from "./fence.ts";
import type { Section } from "./section.ts";

/** Characters of its goal and of its cause, and files that are named. */
const [GOAL, CAUSE, FILES] = [300, 300, 12];

/**
 * What the run before this one was for and what it changed: a goal may mean that ("now the same for the other one").
 *
 * @param from the words of the section
 * @returns one part; none where this run follows none
 */
export function runBeforeSections({ run }: State, from: Wording): Section[] {
  const before = run.info?.before;
  if (before === undefined) return [];
  const { ending, files } = before;
  const flat = (text: string, most: number) => bound(text.replace(/\s+/g, " ").trim(), most);
  const head = say(from, "turn.before", { goal: flat(before.goal, GOAL), ending });
  const more = files.length > FILES ? [say(from, "turn.and_more", { count: files.length - FILES })] : [];
  const named = [...files.slice(0, FILES), ...more].join(", ");
  const changed = files.length === 0
    ? say(from, "turn.before_unchanged")
    : say(from, "turn.before_changed", { files: named });
  // A cause may repeat what a program or a model said. Its fence stands in pieces of its own, which no shortening of the others opens.
  const cause = fenced("", flat(before.cause, CAUSE));
  return [{ name: "the run before", priority: 7, pieces: [head, ...cause, `\n${changed}`], least: 60 }];
}
