import { oneLine } from "../../kernel/say.ts";
import { ARBITER } from "../registry.ts";
import type { Fact } from "../fact.ts";
import type { TellOf } from "../known.ts";
import type { decisionFacts } from "./facts.ts";

type Made = Pick<Extract<Fact, { type: "decision_made" }>, "reason" | "arguments">;

/** How decisions are told. */
export const decisionsTold: TellOf<keyof typeof decisionFacts> = {
  decision_made: {
    json: ["id", "name", "arguments", "reason", "by"],
    lines: (fact, known) => [
      `decision ${fact.id} by ${fact.by}: ${known.decision(fact.name, fact.arguments)}${because(fact, 160)}`,
    ],
    entries: ({ id, name, by, reason }) => [
      // Rules say of themselves only that they decided.
      { role: ARBITER, kind: "decision", of: id, title: name, text: by === "rules" ? "" : reason },
    ],
    row: (fact, known) => ({
      section: "Decisions",
      id: fact.id,
      cells: [fact.id, fact.by, `${known.decision(fact.name, fact.arguments)}${because(fact, 200)}`],
      below: "open",
    }),
    parts: ({ id, by, name, arguments: args, reason }) => [{
      of: [id],
      text: `── decided by ${by}: ${name} ${JSON.stringify(args)}\n${reason}`,
    }],
  },
  decision_refused: {
    json: ["name", "reason", "by"],
    lines: ({ name, reason }, known) => [`decision refused: ${known.decision(name, {})}: ${oneLine(reason)}`],
    row: ({ name, reason, by }, known) => ({
      section: "Decisions",
      cells: ["–", by, `refused: ${known.decision(name, {})}: ${oneLine(reason, 200)}`],
    }),
  },
  decision_closed: {
    json: ["id", "ok", "outcome"],
    lines: ({ id, ok, outcome }) => [`decision ${id} ${outcomeOf(ok, outcome, 160)}`],
    entries: ({ id, outcome }) => [{ role: ARBITER, kind: "outcome", of: id, title: "", text: outcome }],
    row: ({ id, ok, outcome }) => ({ section: "Decisions", id, cells: [], below: outcomeOf(ok, outcome, 240) }),
    parts: ({ id, ok, outcome }) => [{ of: [id], text: `── ${ok ? "succeeded" : "failed"}\n${outcome}` }],
  },
};

/** Why it was decided, unless what was decided says it. */
function because({ reason, arguments: { reason: _, ...args } }: Made, most: number): string {
  return reason === "" || Object.values(args).includes(reason) ? "" : ` (${oneLine(reason, most)})`;
}

/** What became of a decision; the one that ends a run says by itself how it ended. */
function outcomeOf(ok: boolean, outcome: string, most: number): string {
  const verdict = ok ? "succeeded" : "failed";
  const line = oneLine(outcome, most);
  return line.startsWith(`${verdict}: `) ? line : `${verdict}: ${line}`;
}
