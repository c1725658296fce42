import type { Fact } from "../features/fact.ts";
import type { Run } from "../run/run.ts";
import { CommandError } from "./command_error.ts";
import type { CliContext } from "./context.ts";
import { stateHome } from "./places.ts";
import type { Situation } from "./situation.ts";
import { type Standing, trustProject } from "./trust.ts";
import { waitsText } from "./trust_text.ts";

/** Trust that is given at the keyboard is asked for once, and holds for what stood there when it was asked for. */
export function rememberTrust(context: CliContext, standing: Standing, run: Run): void {
  // The run may have asked before anybody could listen.
  const questions = new Set(run.state().people.questions.filter(({ kind }) => kind === "trust").map(({ id }) => id));
  run.subscribe((facts) => {
    for (const fact of facts) {
      if (fact.type === "question_asked" && fact.kind === "trust") questions.add(fact.id);
      if (fact.type !== "question_answered" || !fact.approved || !questions.has(fact.id)) continue;
      try {
        trustProject(stateHome(context.environment), standing);
      } catch (error) {
        // The run has its answer; where it cannot be noted, the next run asks again.
        if (!(error instanceof CommandError)) throw error;
      }
    }
  });
}

/** Why the person is asked for trust, where there is more to it than a new project. */
export function waitsOf({ trusted, standing }: Situation): { waits?: string } {
  const waits = trusted || standing === null ? "" : waitsText(standing);
  return waits === "" ? {} : { waits };
}

/** Why a run that was trusted is not any more; nothing where nobody said a no since, and nothing of the project's own waits. */
export function noLongerTrusted(situation: Situation): { waits?: string } {
  const { trusted, standing } = situation;
  if (trusted || standing === null) return {};
  return { ...(standing.at === null ? {} : { waits: "The project is not trusted any more." }), ...waitsOf(situation) };
}

/**
 * Says in a run that goes on that its project is trusted by now.
 *
 * @param known whether the question is open; where it was never asked it is asked first
 */
export function trustGiven({ asked }: { readonly asked: boolean }): readonly Fact[] {
  const question = { type: "question_asked", id: "trust", kind: "trust", text: "Is this project trusted?" } as const;
  return [
    ...(asked ? [] : [{ ...question, context: "", turn: null }]),
    { type: "question_answered", id: "trust", approved: true, text: "" },
  ];
}
