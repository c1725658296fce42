import { oneLine } from "../../kernel/say.ts";
import { ARBITER } from "../registry.ts";
import type { TellOf } from "../known.ts";
import type { decisionFacts } from "./facts.ts";

/** How decisions are told. */
export const decisionsTold: TellOf<keyof typeof decisionFacts> = {
  decision_made: {
    json: ["id", "name", "arguments", "reason", "by"],
    lines: (fact, known) => [
      `decision ${fact.id} by ${fact.by}: ${known.decision(fact.name, fact.arguments)}${because(fact.reason)}`,
    ],
    entries: ({ id, name, reason }) => [{ role: ARBITER, kind: "decision", of: id, title: name, text: reason }],
    row: ({ id, name, arguments: args, by, reason }, known) => ({
      section: "Decisions",
      id,
      cells: [id, `${known.decision(name, args)}, by ${by}${because(reason, 200)}`],
      below: "open",
    }),
    parts: ({ id, by, name, arguments: args, reason }) => [{
      of: [id],
      say: () => `── decided by ${by}: ${name} ${JSON.stringify(args)}\n${reason}`,
    }],
  },
  decision_refused: {
    json: ["name", "reason", "by"],
    lines: ({ name, reason }, known) => [`decision refused: ${known.decision(name, {})}: ${oneLine(reason)}`],
    row: ({ seq, name, reason, by }, known) => ({
      section: "Decisions",
      id: String(seq),
      cells: ["–", `refused: ${known.decision(name, {})}, by ${by}: ${oneLine(reason, 200)}`],
    }),
  },
  decision_closed: {
    json: ["id", "ok", "outcome"],
    lines: ({ id, ok, outcome }) => [`decision ${id} ${outcomeOf(ok, outcome, 160)}`],
    entries: ({ id, outcome }) => [{ role: ARBITER, kind: "outcome", of: id, title: "", text: outcome }],
    row: ({ id, ok, outcome }) => ({ section: "Decisions", id, cells: [], below: outcomeOf(ok, outcome, 240) }),
    parts: ({ id, ok, outcome }) => [{ of: [id], say: () => `── ${ok ? "succeeded" : "failed"}\n${outcome}` }],
  },
};

function because(reason: string, most = 160): string {
  return reason === "" ? "" : `: ${oneLine(reason, most)}`;
}

/** What became of a decision; the one that ends a run says by itself how it ended. */
function outcomeOf(ok: boolean, outcome: string, most: number): string {
  const verdict = ok ? "succeeded" : "failed";
  const line = oneLine(outcome, most);
  return line.startsWith(`${verdict}: `) ? line : `${verdict}: ${line}`;
}
