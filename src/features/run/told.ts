import type { Limits } from "../../kernel/limits.ts";
import { oneLine, plainName } from "../../kernel/say.ts";
import { counted } from "../../kernel/text.ts";
import { pick } from "../../kernel/told.ts";
import type { TellOf } from "../known.ts";
import type { runFacts } from "./facts.ts";
import type { Talk } from "./talk.ts";

/** Files that are named of those that were changed before a run. */
const NAMED_FILES = 8;

/** How the facts of the run as a whole are told. */
export const runTold: TellOf<keyof typeof runFacts> = {
  run_started: {
    json: (fact) => ({
      ...pick(fact, "run", "project", "goal", "mode", "label", "headless", "trusted"),
      limits: toldLimits(fact.limits),
      dirty: fact.dirty,
      program: fact.version,
      ...(fact.talk === undefined ? {} : { talk: fact.talk }),
      ...(fact.before === undefined ? {} : { before: fact.before.run }),
    }),
    lines: ({ label, run, project, goal, dirty, talk, before }) => [
      `${label === "" ? "" : `${label} `}run ${run} in ${project}`,
      `goal: ${oneLine(goal, 300)}`,
      ...(before === undefined ? [] : [`follows run ${before.run}, which ended ${before.ending}`]),
      ...(dirty.length === 0 ? [] : [`changed before the run and not committed: ${namesOf(dirty)}`]),
      ...toldTalk(talk),
    ],
  },
  run_resumed: {
    json: ({ headless, talk }) => ({ headless, ...(talk === undefined ? {} : { talk }) }),
    lines: ({ talk }) => ["the run goes on", ...toldTalk(talk)],
  },
  crew_assembled: {
    json: ({ roles, tools, reason, changes }) => ({
      roles: roles.map((role) => pick(role, "role", "models", "window", "temperature")),
      tools,
      reason,
      ...(changes === undefined ? {} : { changes }),
    }),
    lines: ({ changes = [] }) => changes.map((text) => oneLine(text, 300)),
  },
  run_paused: { json: [], lines: () => ["paused"] },
  run_unpaused: { json: [], lines: () => ["going on"] },
  run_ended: { json: ["kind", "cause"], lines: ({ kind, cause }) => [`${plainName(kind)}: ${oneLine(cause, 300)}`] },
  // The decision before it says why.
  phase_changed: { json: ["phase", "reason", "by"], lines: ({ phase }) => [`phase: ${phase}`] },
  prompts_changed: {
    json: ["files", "faults"],
    lines: ({ files, faults }) =>
      faults.length === 0
        ? [`prompts changed: ${files.join(", ")}`]
        : faults.map(({ place, text }) => `a changed prompt is not used: ${oneLine(`${place}: ${text}`, 300)}`),
  },
  configuration_changed: {
    json: ["added", "removed", "changed", "faults"],
    lines: ({ added, removed, changed, faults }) => [
      ...added.map((host) => `the host ${oneLine(host)} was added`),
      ...removed.map((host) => `the host ${oneLine(host)} was removed: what is asked there comes to its end`),
      ...changed.map((host) => `the host ${oneLine(host)} is another now`),
      ...faults.map(({ place, text }) => `a changed configuration is not used: ${oneLine(`${place}: ${text}`, 300)}`),
    ],
  },
  memory_failed: { json: ["text"], lines: ({ text }) => [oneLine(text, 300)] },
};

function toldTalk(talk: Talk | undefined): readonly string[] {
  switch (talk) {
    case "on":
      return ["the arbiter reviews answers to its questions"];
    case "off":
      return ["specialists do not talk to each other"];
    case undefined:
      return [];
  }
}

/** Limits as a line of JSON holds them: time in seconds. */
export function toldLimits({ tokens, turns, wallMs }: Limits) {
  return { tokens, turns, seconds: wallMs === null ? null : wallMs / 1000 };
}

function namesOf(files: readonly string[]): string {
  const rest = files.length - NAMED_FILES;
  return `${oneLine(files.slice(0, NAMED_FILES).join(", "))}${rest > 0 ? ` and ${counted(rest, "more file")}` : ""}`;
}
