import { attemptsAt } from "../attempts/attempts_at.ts";
import type { PrepareEffect } from "../../effects/prepare/prepare_effect.ts";
import { isOfTask } from "../checks/judge.ts";
import { taskOf } from "../attempts/strategy_of.ts";
import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { Turn } from "./slice.ts";

/** Window of a role that the registry does not know, in tokens. */
const WINDOW = 8192;

/** Files that a turn starts with: its task's target, what its checks name, what its message mentions. */
export function prepareTurn(state: State, registry: Registry, turn: Turn): PrepareEffect {
  const message = state.messages.list.find((one) => one.id === turn.message);
  const task = taskOf(state, turn);
  const wanted = (state.checks.latest ?? []).filter((result) =>
    !result.passed && (task === null || task.checks.length === 0 || isOfTask(result, task))
  );
  const paths = new Set([...(task?.target ? [task.target] : []), ...wanted.flatMap((result) => result.files)]);
  const { purpose } = turn;
  const past = task === null ? [] : attemptsAt(state, task.id);
  return {
    kind: "prepare",
    key: `${turn.id}.prepare${state.effects.count}`,
    turn: turn.id,
    paths: [...paths].slice(0, purpose === "plan" ? 4 : 6),
    // What is to be tested is shown as it stands, not the test that is not there yet.
    target: task === null || task.kind === "test" ? undefined : task.target ?? undefined,
    mentions: `${message?.text ?? ""}\n${state.run.info?.goal ?? ""}`.slice(0, 4000),
    changes: purpose === "review" || purpose === "document",
    ...(purpose === "consult" || purpose === "reply" ? { asked: true } : {}),
    tried: past.filter((one) => one.writes.length > 0).slice(-2).map((one) => ({
      number: one.number,
      writes: [...one.writes],
    })),
    // A part of the window for files, at three characters a token: the rest is for declarations, evidence and the answer.
    room: Math.floor((registry.roles[turn.role]?.window ?? WINDOW) * 3 * (purpose === "plan" ? 0.25 : 0.4)),
  };
}
