import { say } from "../../sentences/say.ts";
import type { Attempt } from "../attempts/slice.ts";
import { judge, type Judgement } from "../checks/judge.ts";
import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { Task } from "../tasks/task.ts";
import { testJudgement } from "./test_judgement.ts";

/** What executed checks say of an attempt, and what they do not say themselves. */
export interface AttemptJudgement extends Judgement {
  /** Why it is refuted, where no check says so, or what a new test shows; empty for nothing. */
  readonly why: string;
}

/** Judges an attempt: work by what the checks say, a test that comes before the work by how it fails. */
export function judgeAttempt(
  state: State,
  registry: Pick<Registry, "languages" | "prompts">,
  attempt: Attempt,
  task: Task,
): AttemptJudgement {
  if (task.kind === "test") {
    const { red, fault } = testJudgement(state, registry, attempt, task);
    const why = fault ?? say(registry, "criteria.red", { checks: red.join("; ") });
    return { passed: [], broke: [], left: [], refuted: fault !== null, why };
  }
  const judgement = judge(attempt.before, attempt.after ?? [], task);
  const changed = Object.values(state.criteria.tests).find((test) =>
    attempt.writes.some(({ path, after }) => path === test.path && after !== test.hash)
  );
  return changed === undefined
    ? { ...judgement, why: "" }
    : { ...judgement, refuted: true, why: say(registry, "criteria.changed_test", { path: changed.path }) };
}
