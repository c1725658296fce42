import type { ToolDeclaration } from "../kernel/call.ts";
import type { Registry } from "../features/registry.ts";
import type { State, Turn } from "../features/state.ts";
import { complexityOf, LONG_FILE } from "./complexity.ts";

/** Complexity from which a small model is told of its colleagues, too. */
const TALKS_FROM = 6;
/** Complexity from which a turn looks beyond the files it was shown. */
const SEARCHES_FROM = 3;

/** Words of a task that ask for a command. */
const COMMANDS =
  /`[^`]+`|\b(?:run|install|build|compile|format|lint|generate|migrate|upgrade|command|script|dependenc\w+|package)\b/i;
/** Words of a task that ask for a new file. */
const CREATES = /\b(?:create|add|new|missing|implement|introduce|extract|split|move|write)\b/i;

/**
 * Chooses the tools that a turn is told of, out of those that its role may use: what cannot help with this task costs tokens and
 * attention. The choice stands in the turn's pinned head, so it depends only on what stays the same for the whole turn; what is legal
 * at one ask narrows the schema of that ask alone. Tools that the program does not know stay.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param turn the turn, prepared
 * @param variant form that the model's size asks for
 * @returns declarations in the turn's order, never none where it has some
 */
export function relevantTools(
  state: State,
  registry: Registry,
  turn: Turn,
  variant: "small" | "large",
): ToolDeclaration[] {
  const all = turn.tools.flatMap((name) =>
    registry.tools[name] === undefined ? [] : [registry.tools[name].declaration]
  );
  const needs = needsOf(state, turn, variant);
  const chosen = all.filter(({ name }) => needs[name] ?? true);
  return chosen.length === 0 ? all : chosen;
}

/** What of the known tools a turn needs. */
function needsOf(state: State, turn: Turn, variant: "small" | "large"): Readonly<Record<string, boolean>> {
  const complexity = complexityOf(state, turn);
  const task = turn.attempt === null ? null : state.tasks.find((one) => one.id === state.attempt?.task) ?? null;
  const message = state.messages.find((one) => one.id === turn.message)?.text ?? "";
  const said = `${message}\n${state.run?.goal ?? ""}`;
  const prepared = turn.prepared;
  const target = task?.target ?? null;
  const shown = prepared?.texts.find((file) => file.path === target);
  const whole = shown !== undefined && shown.from === 1 && shown.to >= shown.lines;
  const exists = target === null || prepared === null || prepared.files.includes(target);
  const attempt = turn.attempt !== null && target !== null;
  const wide = !attempt || complexity >= SEARCHES_FROM;
  const talks = complexity >= TALKS_FROM || variant === "large" && turn.purpose === "work";
  return {
    send_message: talks && complexity >= TALKS_FROM,
    ask_specialist: talks,
    // The checks are executed after each write of an attempt, without being asked.
    run_checks: !(attempt && (task?.checks.length ?? 0) > 0),
    run_command: !attempt || COMMANDS.test(said),
    search_code: wide || !exists,
    list_directory: wide && (turn.purpose === "plan" || (prepared?.files.length ?? 0) > 80 || complexity > TALKS_FROM),
    create_file: !attempt || !exists || CREATES.test(task?.description ?? ""),
    rewrite_file: exists && (!attempt || whole && (shown?.lines ?? 0) <= LONG_FILE),
    edit_file: exists,
    rewrite_function: attempt && Object.keys(prepared?.definitions ?? {}).length > 0,
    rewrite_lines: exists && attempt && !(whole && (shown?.lines ?? 0) <= LONG_FILE),
  };
}
