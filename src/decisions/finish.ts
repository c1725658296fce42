import { facts } from "../kernel/owed.ts";
import { labelled } from "../kernel/say.ts";
import { checkFor } from "../features/checks/check_for.ts";
import { judgeRun } from "../features/checks/judge_run.ts";
import { closed } from "../features/decisions/closed.ts";
import { RULED } from "../features/decisions/rule_decision.ts";
import type { Fact } from "../features/fact.ts";
import { isPending } from "../features/messages/message.ts";
import type { DecisionKind } from "../features/registry.ts";
import { hasAnyWork } from "../features/tasks/next_task.ts";
import { openTasks } from "../features/tasks/task.ts";

/** Proposes the end of the run; executed checks decide. */
export const finish: DecisionKind = {
  name: RULED.end,
  declare: () => [{
    name: RULED.end,
    describes: "Proposes that the run is finished; the executed checks decide.",
    parameters: {
      type: "object",
      properties: { summary: { type: "string", description: "What was done.", maxLength: 600 } },
      required: ["summary"],
    },
  }],
  refusal(state, registry) {
    if (state.arbiter.words.length > 0) return "The person said something that you have not read yet.";
    const open = openTasks(state).length;
    if (open > 0) return open === 1 ? "1 task is open." : `${open} tasks are open.`;
    return state.tasks.list.length > 0 && !hasAnyWork(state, registry)
      ? null
      : "There is still something to plan or to do.";
  },
  says: (name, { summary = "" }) => name === RULED.end ? labelled("finish", String(summary), 60) : null,
  due(state, _registry, decision) {
    if (state.checks.stale && !decision.checked) return checkFor(state, decision.id);
    const judgement = judgeRun(state);
    const expired = state.messages.list.filter(isPending)
      .map(({ id }): Fact => ({ type: "message_expired", id }));
    return facts<Fact>(
      ...expired,
      closed(decision, `${judgement.kind}: ${judgement.cause}`, judgement.kind === "accepted"),
      { type: "run_ended", ...judgement },
    );
  },
};
