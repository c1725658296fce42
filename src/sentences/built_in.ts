import arbiter from "../../prompts/sentences/arbiter.md" with { type: "text" };
import calls from "../../prompts/sentences/calls.md" with { type: "text" };
import criteria from "../../prompts/sentences/criteria.md" with { type: "text" };
import decisions from "../../prompts/sentences/decisions.md" with { type: "text" };
import exchange from "../../prompts/sentences/exchange.md" with { type: "text" };
import interpreter from "../../prompts/sentences/interpreter.md" with { type: "text" };
import messages from "../../prompts/sentences/messages.md" with { type: "text" };
import phases from "../../prompts/sentences/phases.md" with { type: "text" };
import reply from "../../prompts/sentences/reply.md" with { type: "text" };
import rules from "../../prompts/sentences/rules.md" with { type: "text" };
import setup from "../../prompts/sentences/setup.md" with { type: "text" };
import standards from "../../prompts/sentences/standards.md" with { type: "text" };
import summary from "../../prompts/sentences/summary.md" with { type: "text" };
import tasks from "../../prompts/sentences/tasks.md" with { type: "text" };
import text from "../../prompts/sentences/text.md" with { type: "text" };
import turn from "../../prompts/sentences/turn.md" with { type: "text" };
import { sectionsOf } from "./sections.ts";

const FILES = {
  arbiter,
  calls,
  criteria,
  decisions,
  exchange,
  interpreter,
  messages,
  phases,
  reply,
  rules,
  setup,
  standards,
  summary,
  tasks,
  text,
  turn,
};

/** Files in `prompts/sentences/`, without `.md`. */
export type SentenceFile = keyof typeof FILES;

/** Sentences of each file, by name, as they come with Autonomy: parts that know no registry, and a person's file that says only some. */
export const BUILT_IN = Object.fromEntries(
  Object.entries(FILES).map(([file, content]) => [
    file,
    Object.fromEntries(sectionsOf(content).map((section) => [section.name, section.text])),
  ]),
) as Readonly<Record<SentenceFile, Readonly<Record<string, string>>>>;
