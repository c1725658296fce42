import { facts } from "../kernel/owed.ts";
import { labelled } from "../kernel/say.ts";
import { checkFor } from "../features/checks/check_for.ts";
import { judgeRun } from "../features/checks/judge_run.ts";
import { closed } from "../features/decisions/closed.ts";
import { RULED } from "../features/decisions/rule_decision.ts";
import { dueEvidence } from "../features/evidence/due_evidence.ts";
import type { Fact } from "../features/fact.ts";
import { isPending } from "../features/messages/message.ts";
import type { DecisionKind } from "../features/registry.ts";
import { hasAnyWork } from "../features/tasks/next_task.ts";
import { openTasks } from "../features/tasks/task.ts";
import { dueLaunch } from "../features/setup/due_launch.ts";
import { say } from "../sentences/say.ts";

/** Proposes the end of the run; executed checks decide. */
export const finish: DecisionKind = {
  name: RULED.end,
  declare: (registry) => [{
    name: RULED.end,
    describes: say(registry, "decisions.finish"),
    parameters: {
      type: "object",
      properties: {
        summary: { type: "string", description: say(registry, "decisions.finish_summary"), maxLength: 600 },
      },
      required: ["summary"],
    },
  }],
  refusal(state, registry) {
    if (state.arbiter.words.length > 0) return say(registry, "decisions.unread_words");
    const open = openTasks(state).length;
    if (open > 0) {
      return open === 1 ? say(registry, "decisions.open_one") : say(registry, "decisions.open_many", { count: open });
    }
    return state.tasks.list.length > 0 && !hasAnyWork(state, registry)
      ? null
      : say(registry, "decisions.something_left");
  },
  says: (name, { summary = "" }) => name === RULED.end ? labelled("finish", String(summary), 60) : null,
  due(state, registry, decision) {
    // What was judged in copies is judged once more as it stands in the project, with nothing that was built meanwhile.
    const isApart = state.workspaces.proof?.holds === true && state.files.kept > 0;
    if ((state.checks.stale || isApart) && !decision.checked) return checkFor(state, decision.id, isApart);
    const owed = dueLaunch(state, decision) ?? dueEvidence(state, decision);
    if (owed !== null) return owed;
    const judgement = judgeRun(state);
    const outcome = say(registry, "decisions.finished", { ending: judgement.kind, cause: judgement.cause });
    const expired = state.messages.list.filter(isPending)
      .map(({ id }): Fact => ({ type: "message_expired", id }));
    return facts<Fact>(
      ...expired,
      closed(decision, outcome, judgement.kind === "accepted"),
      { type: "run_ended", ...judgement },
    );
  },
};
