import { counted } from "../kernel/text.ts";
import type { Stamped } from "../features/fact.ts";
import { auditText } from "../fleet/audit.ts";
import { oneLine } from "./table.ts";

/**
 * Says a fact as a calm line of progress; most facts say nothing.
 *
 * @param fact what happened
 * @returns lines without closing line breaks; none for facts that only the journal needs
 */
export function progressOf(fact: Stamped): readonly string[] {
  switch (fact.type) {
    case "run_started": {
      const label = fact.label === "" ? "" : `${fact.label} `;
      const dirty = fact.dirty.length === 0 ? [] : [
        `changed before the run and not committed: ${oneLine(fact.dirty.slice(0, 8).join(", "))}${
          fact.dirty.length > 8 ? ` and ${fact.dirty.length - 8} more` : ""
        }`,
      ];
      return [`${label}run ${fact.run} in ${fact.project}`, `goal: ${oneLine(fact.goal, 300)}`, ...dirty];
    }
    case "run_resumed":
      return ["the run goes on"];
    case "run_paused":
      return ["paused"];
    case "run_unpaused":
      return ["going on"];
    case "phase_changed":
      return [`phase: ${fact.phase} (${oneLine(fact.reason)})`];
    case "decision_made":
      return [`decision ${fact.id} by ${fact.by}: ${fact.name}${valuesOf(fact.arguments)}: ${oneLine(fact.reason)}`];
    case "decision_refused":
      return [`decision refused: ${fact.name}: ${oneLine(fact.reason)}`];
    case "decision_closed":
      return [`decision ${fact.id} ${sayOutcome(fact)}`];
    case "tasks_planned":
      return [
        ...fact.tasks.map((task) => `task ${task.id}: ${oneLine(task.description)}`),
        ...fact.refused.map(({ description, reason }) =>
          `task refused: ${oneLine(description, 80)}: ${oneLine(reason)}`
        ),
      ];
    case "task_changed":
      return [
        `task ${fact.id} ${fact.status.replace("_", " ")}${fact.reason === "" ? "" : `: ${oneLine(fact.reason)}`}`,
      ];
    case "attempt_opened":
      return [`attempt ${fact.number} at ${fact.task} by ${fact.role}`];
    case "attempt_closed": {
      const broke = fact.broke.length === 0 ? "" : `, ${fact.broke.length} broken`;
      return [
        `attempt ${fact.number} at ${fact.task} ${fact.verdict}: ${
          counted(fact.passed.length, "result")
        } passed${broke}`,
      ];
    }
    case "effect_finished":
      if (fact.result.kind === "check") {
        const failing = fact.result.results.filter((one) => !one.passed);
        const all = fact.result.results.length;
        return [
          all === 0
            ? "checks: the project has none"
            : `checks: ${all - failing.length} of ${all} pass${
              failing.length === 0 ? "" : `; failing: ${oneLine(failing.map(({ name }) => name).join(", "))}`
            }`,
        ];
      }
      return [];
    case "prompts_changed":
      return fact.faults.length === 0
        ? [`prompts changed: ${fact.files.join(", ")}`]
        : fact.faults.map((fault) => `a changed prompt is not used: ${oneLine(`${fault.place}: ${fault.text}`, 300)}`);
    case "way_refused":
      return [`${fact.key}: ${fact.way} failed, ${fact.other} is tried: ${oneLine(fact.text, 300)}`];
    case "prompt_doubted":
      return [`${fact.key}: ${oneLine(fact.text, 300)}`];
    case "effect_failed":
      return fact.failure === "tool_error" ? [] : [`${fact.key} failed: ${fact.failure}: ${oneLine(fact.text, 300)}`];
    case "effect_unknown":
      return [`${fact.key}: ${oneLine(fact.text)}`];
    case "model_audited":
      return [`${fact.model} on ${fact.host}: ${auditText(fact.finding)}`];
    case "model_probed":
      return [`probed ${fact.model} on ${fact.host}: ${fact.tried.join(", ")}`];
    case "memory_failed":
      return [oneLine(fact.text, 300)];
    case "write_closed":
      return fact.done ? [`${fact.write.after === null ? "deleted" : "wrote"} ${oneLine(fact.write.path)}`] : [];
    case "command_opened":
      return fact.command.join(" ") === "checks" ? [] : [`runs ${oneLine(fact.command.join(" "))}`];
    case "message_sent": {
      const { from, to, kind, text } = fact.message;
      return kind === "assignment" ? [] : [`${kind} from ${from} to ${to}: ${oneLine(text)}`];
    }
    case "message_edited":
      return [`message ${fact.id} edited by ${fact.by}`];
    case "message_redirected":
      return [`message ${fact.id} redirected to ${fact.to} by ${fact.by}`];
    case "message_dropped":
      return [`message ${fact.id} dropped by ${fact.by}: ${oneLine(fact.reason)}`];
    case "question_asked":
      return [`question: ${oneLine(fact.text, 300)}`];
    case "person_told":
      return [oneLine(fact.text, 600)];
    case "run_ended":
      return [`${fact.kind}: ${oneLine(fact.cause, 300)}`];
    default:
      return [];
  }
}

/**
 * Says what became of a decision.
 *
 * @param closed whether it succeeded, and its outcome; the one that ends a run names the kind of the end itself
 * @param most most characters of the outcome
 * @returns such as `succeeded: The phase is coding now.`
 */
export function sayOutcome(closed: { readonly ok: boolean; readonly outcome: string }, most = 160): string {
  const verdict = closed.ok ? "succeeded" : "failed";
  const outcome = oneLine(closed.outcome, most);
  return outcome.startsWith(`${verdict}: `) ? outcome : `${verdict}: ${outcome}`;
}

function valuesOf(values: Readonly<Record<string, unknown>>): string {
  const said = Object.values(values).map((value) => oneLine(String(value), 60)).join(", ");
  return said === "" ? "" : ` (${said})`;
}
