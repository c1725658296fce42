import { ARBITER } from "../features/registry.ts";
import { plainName } from "../kernel/say.ts";
import type { WhyDecision } from "./decisions.ts";
import type { WhyAsk } from "./why_ask.ts";

/** A part of what is said of a decision. */
export interface WhyPart {
  readonly title: string;
  readonly text: string;
  /** Whether it says what went wrong. */
  readonly bad: boolean;
}

/** Who decides, as people are told. */
const DECIDERS: Readonly<Record<string, string>> = {
  [ARBITER]: "the arbiter",
  rules: "the rules, without a model",
  person: "you",
};

/**
 * Says why a decision was made, part by part: what it was and what came of it, what could have been decided, what the model was told and what
 * it said.
 *
 * @param why what is known of it
 * @param time when it was made, as it is to be written
 */
export function whyParts(why: WhyDecision, time: string): readonly WhyPart[] {
  const { refused, asks } = why;
  const last = asks.at(-1);
  const before = asks.slice(0, -1);
  const part = (title: string, text: string, bad = false): WhyPart => ({ title, text, bad });
  return [
    part(`${why.decision.id}: ${why.words}`, headOf(why, time, last)),
    ...refused.map(({ words, reason }) => part(`refused before: ${words}`, reason, true)),
    ...before.map((ask, index) => part(`asked before, ${index + 1} of ${before.length}`, beforeOf(ask), true)),
    ...(last === undefined ? [] : askedOf(last, why)),
  ];
}

function headOf({ decision, came, tries }: WhyDecision, time: string, last: WhyAsk | undefined): string {
  const { by, phase, reason, outcome, ok } = decision;
  const where = by === ARBITER && last?.where ? ` (${last.where})` : "";
  const sign = outcome === null ? "● at work" : ok === true ? "✓" : "✗";
  return [
    `decided at ${time} in the phase ${plainName(phase)} by ${DECIDERS[by] ?? by}${where}`,
    ...(reason === "" ? [] : [`because: ${reason}`]),
    `${sign} ${outcome === null ? "" : came || "done"}`.trimEnd(),
    ...tries.map(({ attempt, role, verdict }) => `  ${attempt} by ${role}: ${verdict ?? "at work"}`),
  ].join("\n");
}

/** What a question that led to nothing was answered with. */
function beforeOf({ key, reply, read }: WhyAsk): string {
  const faults = read.filter(({ bad }) => bad).map(({ text }) => text);
  return [key, reply ?? "no reply", ...faults].join("\n");
}

function askedOf(ask: WhyAsk, { decision }: WhyDecision): readonly WhyPart[] {
  const longest = Math.max(0, ...ask.legal.map(({ words }) => words.length));
  const legal = ask.legal.map(({ name, words }) =>
    `${name === decision.name ? "▸" : " "} ${words.padEnd(longest)}  ${name}`
  );
  return [
    { title: "it could decide", text: legal.join("\n"), bad: false },
    { title: "the brief", text: ask.brief ?? "is not in the journal", bad: ask.brief === null },
    { title: "the reply", text: ask.reply ?? "none came", bad: ask.reply === null },
    ...ask.read,
  ];
}
