import type { Texts } from "../kernel/told.ts";
import { Earlier } from "./earlier.ts";
import type { ShownKinds, ShownRun } from "./shown_run.ts";
import { tellingOf } from "./telling.ts";

/**
 * Shows all that happened in a turn, to a decision, a message or an effect: prompts, raw replies, what became of it.
 *
 * @param facts all facts of the run
 * @param kinds what can have happened in it: how each is told
 * @param texts where the texts stand
 * @param wanted `t3`, `d2`, `m4`, or the key of one effect
 * @returns lines for people, with closing line breaks; null where nothing is called so
 */
export function partsOf(
  { facts }: Pick<ShownRun, "facts">,
  kinds: ShownKinds,
  texts: Texts,
  wanted: string,
): string | null {
  const telling = tellingOf(kinds);
  const earlier = new Earlier(kinds);
  const said: string[] = [];
  for (const fact of facts) {
    earlier.note(fact);
    for (const { of, text } of telling.parts(fact, earlier)) {
      if (of.includes(wanted)) said.push((typeof text === "string" ? text : text(texts)).trimEnd());
    }
  }
  return said.length === 0 ? null : `${said.join("\n\n")}\n`;
}
