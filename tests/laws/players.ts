import { attemptAtWork } from "../given/attempt_at_work.ts";
import { ruleDecision } from "../../src/features/decisions/rule_decision.ts";
import type { Turn } from "../../src/features/turns/slice.ts";
import { failing } from "../../src/features/checks/slice.ts";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import type { Call } from "../../src/kernel/call.ts";
import { FAILURE_CLASSES, type FailureClass } from "../../src/kernel/failure.ts";
import type { Registry } from "../../src/features/registry.ts";
import type { State } from "../../src/features/state.ts";
import type { Chance } from "./chance.ts";

/** What a model is asked, as a player sees it. */
export interface Asked {
  readonly state: State;
  readonly registry: Registry;
  readonly effect: AskEffect;
  readonly chance: Chance;
  /** Files of the project. */
  readonly files: readonly string[];
  /** A word that occurs nowhere else, to follow a text through prompts. */
  readonly mark: () => string;
}

/** How a model answers. `quality` is what a written text is worth. */
export type Reply =
  | { readonly calls: readonly Call[] }
  | { readonly prose: string }
  | { readonly quality: "fix" | "bad" | "worse" }
  | { readonly failure: FailureClass };

/** A model. */
export type Player = (asked: Asked) => Reply;

/** One call. */
export function call(name: string, args: Readonly<Record<string, unknown>>): Reply {
  return { calls: [{ name, arguments: args, reason: "because" }] };
}

function turnOf(asked: Asked): Turn | undefined {
  return asked.effect.turn === null ? undefined : asked.state.turns.open[asked.effect.turn];
}

/** An arbiter that does what has to be done. */
export const sensibleArbiter: Player = (asked) => {
  if (asked.effect.purpose === "review") return call("approve_message", { note: "fine" });
  if (!asked.effect.legal.includes("continue_current_phase") && asked.effect.legal.includes("answer_user")) {
    return call("answer_user", { text: `Yes. ${asked.mark()}` });
  }
  const { name, arguments: args } = ruleDecision(asked.state, asked.registry);
  return call(name, args);
};

/** Who summarises in a line whatever it is shown. */
export const shortSummariser: Player = ({ effect, mark }) => ({
  prose: `It read ${effect.summarises} entries. ${mark()}`,
});

/**
 * A crew that knows its work: plans one task a file, rewrites the file, approves.
 *
 * @param skill share of written texts that are right; half of the others do harm
 */
export function ableSpecialist(skill: number): Player {
  return (asked) => {
    const { effect, state, chance } = asked;
    if (effect.purpose === "text") {
      return { quality: chance.happens(skill) ? "fix" : chance.happens(0.5) ? "bad" : "worse" };
    }
    const turn = turnOf(asked);
    switch (turn?.purpose) {
      case "plan": {
        const tasks = failing(state.checks.latest).map((result) => ({
          description: `Repair ${result.name}`,
          target: result.files.at(-1),
          checks: [result.name],
        }));
        return call("create_task_plan", {
          tasks: tasks.length > 0 ? tasks : [{ description: `Do it ${asked.mark()}` }],
        });
      }
      case "work": {
        const attempt = attemptAtWork(state);
        const task = state.tasks.list.find((one) => one.id === attempt?.task);
        if (attempt !== null && attempt.writes.length === 0) {
          return call("rewrite_file", { path: task?.target ?? asked.files[0] });
        }
        return call("finish_task", { summary: `done ${asked.mark()}` });
      }
      case "document":
        return call("finish_task", { summary: "nothing is wrong in the documents" });
      case "review":
        return effect.legal.includes("approve_code")
          ? call("approve_code", { notes: "read it" })
          : call("report_issue", { description: `It is red ${asked.mark()}` });
      default:
        return call("answer", { text: `It is so. ${asked.mark()}` });
    }
  };
}

/** Arguments that a tool or decision may get from a model that guesses. */
function guess(name: string, asked: Asked): Readonly<Record<string, unknown>> {
  const { chance, files, mark } = asked;
  const path = chance.one([...files, "src/new.ts", "README.md", "tests/a_test.ts"]);
  const role = chance.one(["coding", "reasoning", "analysis", "interpreter", "arbiter", "nobody"]);
  switch (name) {
    case "change_phase":
      return { phase: chance.one(["planning", "coding", "qa", "debugging", "documentation", "holiday"]), reason: "so" };
    case "request_user_input":
      return { question: `Which? ${mark()}`, context: "none" };
    case "create_task_plan":
      return {
        tasks: Array.from({ length: 1 + chance.below(4) }, (_, index) => ({
          description: chance.happens(0.1) ? " " : `Do part ${index} ${mark()}`,
          target: chance.one([...files, "../outside", "tests/a_test.ts", ""]),
          checks: chance.happens(0.7)
            ? failing(asked.state.checks.latest).slice(0, 1 + chance.below(2)).map((one) => one.name)
            : [],
          after: index > 0 && chance.happens(0.4) ? [1 + chance.below(index)] : [],
        })),
      };
    case "ask_specialist":
      return { role, question: `What of this? ${mark()}` };
    case "send_message":
    case "redirect_message":
      return { to: role, text: `Note this. ${mark()}` };
    case "run_command":
      return { command: chance.one(["npm test", "rm -rf build", 'node -e "1 + 1"']) };
    case "report_issue":
      return {
        description: `A fault ${mark()}`,
        path: chance.happens(0.5) ? path : undefined,
        severity: chance.one(["low", "high"]),
      };
    default:
      return {
        path,
        query: `Look at ${path} ${mark()}`,
        text: `Text ${mark()}`,
        question: `Why? ${mark()}`,
        reason: "so",
        pattern: "x",
        summary: "so",
        notes: "so",
        note: "so",
        old_text: "x",
      };
  }
}

/** Something legal, with guessed arguments. */
export const guessing: Player = (asked) => {
  if (asked.effect.purpose === "text") return { quality: asked.chance.one(["fix", "bad", "worse"]) };
  const most = asked.chance.happens(0.15) ? 3 : 1;
  if (asked.effect.legal.length === 0) return { prose: "I have no tools." };
  return {
    calls: Array.from({ length: most }, () => {
      const name = asked.chance.one(asked.effect.legal);
      return { name, arguments: guess(name, asked) };
    }),
  };
};

/** Failures that a host gives; `interrupted` and `cancelled` are not a host's. */
const HOST_FAILURES = FAILURE_CLASSES.filter((one) => one !== "interrupted" && one !== "cancelled");

/**
 * A model that sometimes knows, sometimes guesses and sometimes fails in any of the ways that models and hosts fail.
 *
 * @param able what it does when it knows
 * @param sense share of replies in which it knows
 */
export function erratic(able: Player, sense: number): Player {
  return (asked) => {
    const { chance } = asked;
    if (chance.happens(sense)) return able(asked);
    const kind = chance.below(10);
    if (kind < 6) return guessing(asked);
    if (kind < 8) return { prose: "Let me think about that." };
    if (kind < 9) return call("no_such_tool", {});
    return { failure: chance.one(HOST_FAILURES) };
  };
}
