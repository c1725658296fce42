import { LATER_MS } from "../../effects/later/later_effect.ts";
import { effects, facts, NOTHING, WAITING } from "../../kernel/owed.ts";
import { counted } from "../../kernel/text.ts";
import { visible } from "../../kernel/visible.ts";
import { checkFor } from "../checks/check_for.ts";
import type { Due } from "../registry.ts";
import type { State } from "../state.ts";
import { quoteWords } from "../words_of.ts";
import type { WaitingCommands } from "./slice.ts";

/** Begins the id of the question whether commands may run in the project. */
export const LATER = "later.";

/**
 * Says what is owed of commands that kept attempts want run in the project: the person's yes, the next of them, and checks once they ran. All
 * that comes later waits for that, as the next attempt begins with what they left. Without a person they are only named.
 */
export function dueLater(state: State): Due {
  const { later, run, people, checks } = state;
  const [next] = later.waiting;
  if (next?.isApproved === true) return runNext(state, next);
  if (later.isUnchecked && checks.stale) return { ...checkFor(state, "later"), waits: true };
  if (next === undefined || run.info?.headless === true) return NOTHING;
  const id = `${LATER}${next.attempt}`;
  return people.questions.some((question) => question.id === id) ? WAITING : ask(state, id, next);
}

function runNext(state: State, { attempt, role, commands: [command] }: WaitingCommands): Due {
  if (command === undefined || Object.values(state.effects.open).some(({ effect }) => effect.kind === "later")) {
    return WAITING;
  }
  const { command: words, changes } = command;
  const key = `${attempt}.later${state.effects.count}`;
  return { ...effects({ kind: "later", key, attempt, role, command: [...words], changes }), waits: true };
}

function ask(state: State, id: string, { attempt, role, commands }: WaitingCommands): Due {
  const project = state.run.info?.project ?? "";
  const shows = [
    ...commands.map(({ command }) => `runs     ${quoteWords(command)}`),
    `in       ${visible(project)}`,
    `at most  ${LATER_MS / 1_000} s each`,
  ].join("\n");
  const [one, many] = ["It runs", "They run one after the other, until one fails,"];
  return facts({
    type: "question_asked",
    id,
    kind: "call",
    text: `The work of ${attempt.split(".")[0]} stands in the project. May ${
      counted(commands.length, "command")
    } that ${role} wanted run there now?`,
    context: `${
      commands.length === 1 ? one : many
    } with all your rights. Undo takes back the files that they change, but nothing in ignored folders, such as installed packages, and nothing of the repository. With no, the end names them.`,
    turn: null,
    shows: { text: shows, chars: shows.length },
  });
}
