import type { Outcome } from "../../src/features/turns/outcome.ts";

export function outcomeOf(
  call: { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> },
): Outcome | null {
  const args = call.arguments as Readonly<Record<string, string>>;
  switch (call.name) {
    case "create_task_plan":
      return { kind: "planned", tasks: call.arguments.tasks as Extract<Outcome, { kind: "planned" }>["tasks"] };
    case "report_issue":
      return { kind: "issue_reported", description: args.description ?? "", path: args.path, severity: "medium" };
    case "approve_code":
      return { kind: "approved", notes: args.notes ?? "" };
    case "send_message":
      return { kind: "message_sent", to: args.to ?? "", text: args.text ?? "" };
    case "ask_specialist":
      return { kind: "specialist_asked", role: args.role ?? "", question: args.question ?? "" };
    case "answer":
      return { kind: "answered", text: args.text ?? "" };
    case "finish_task":
      return { kind: "task_finished", summary: args.summary ?? "" };
    default:
      return null;
  }
}
