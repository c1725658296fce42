import { oneLine } from "../../kernel/say.ts";
import { counted } from "../../kernel/text.ts";
import type { Fact } from "../fact.ts";
import type { TellOf } from "../known.ts";
import { sayAssigned } from "../decisions/say_assigned.ts";
import type { attemptFacts } from "./facts.ts";

type Closed = Pick<Extract<Fact, { type: "attempt_closed" }>, "verdict" | "passed" | "broke" | "scope">;

/** How attempts at tasks are told. */
export const attemptsTold: TellOf<keyof typeof attemptFacts> = {
  attempt_opened: {
    json: ["task", "number", "role", "temperature", "seed"],
    lines: ({ task, number, role }) => [`assigned ${task} to ${role}${number === 1 ? "" : `, try ${number}`}`],
    row: ({ task, role, decision }) =>
      decision === undefined ? null : {
        section: "Decisions",
        id: decision,
        cells: ["", "", sayAssigned({ assigned: { task, role }, races: false }) ?? ""],
      },
  },
  attempt_conflicted: {
    json: ({ task, number, theirs }) => ({ task, number, files: Object.keys(theirs) }),
    lines: (
      { task, theirs },
    ) => [`${task}: ${oneLine(Object.keys(theirs).join(", "))} was changed in the same lines by somebody else`],
  },
  attempt_closed: {
    json: ["task", "number", "verdict", "passed", "broke", "summary", "scope"],
    lines: (
      fact,
    ) => [
      `${fact.task}, try ${fact.number}: ${
        [verdictOf(fact), resultsOf(fact), ...scopeOf(fact)].filter(Boolean).join(", ")
      }`,
    ],
    row: (fact) => ({
      section: "Attempts",
      cells: [
        `${fact.task} try ${fact.number}`,
        verdictOf(fact),
        [resultsOf(fact), ...scopeOf(fact)].filter(Boolean).join(", "),
        oneLine(fact.summary, 120),
      ],
    }),
  },
};

/** Says how an attempt ended. */
export function verdictOf({ verdict, broke, scope }: Closed): string {
  switch (verdict) {
    case "kept":
      return "kept";
    case "refuted":
      return broke.length > 0 || scope !== undefined && scope.missing.length + scope.beyond.length > 0
        ? "taken back"
        : "still failing";
    case "empty":
      return "nothing changed";
    case "failed":
      return "failed";
    case "cancelled":
      return "ended, another try was first";
  }
}

function resultsOf({ passed, broke }: Closed): string {
  if (broke.length > 0) return `broke ${counted(broke.length, "result")}`;
  return passed.length === 0
    ? ""
    : `${counted(passed.length, "result")} ${passed.length === 1 ? "passes" : "pass"} now`;
}

/** What it did to definitions beside its task, for the person. */
function scopeOf({ scope }: Closed): string[] {
  if (scope === undefined) return [];
  const { missing, beyond, unexported, signatures, shrunk } = scope;
  const told: Readonly<Record<string, readonly string[]>> = {
    "not there": missing,
    "changed unasked": beyond,
    "not exported any more": unexported,
    "other parameters": signatures,
    "much shorter": shrunk,
  };
  return Object.entries(told).flatMap(([what, names]) =>
    names.length === 0 ? [] : [`${what}: ${oneLine(names.join(", "), 160)}`]
  );
}
