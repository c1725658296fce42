import type { RegisteredTool } from "../features/registered_tool.ts";
import type { ToolTraits } from "../kernel/tool_traits.ts";
import { missingNames } from "../features/scope/missing_names.ts";
import { taskOf } from "../features/attempts/strategy_of.ts";
import { declarationIn } from "../features/turns/answers_of.ts";
import type { Turn } from "../features/turns/slice.ts";
import type { ToolDeclaration } from "../kernel/call.ts";
import type { Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import { casesPlaceOf } from "../features/criteria/cases_place.ts";
import { complexityOf, LONG_FILE } from "./complexity.ts";

/** Complexity from which a small model is told of its colleagues, too. */
const TALKS_FROM = 6;
/** Complexity from which a turn looks beyond the files it was shown. */
const SEARCHES_FROM = 3;

/** Files from which a project is too large to name all of them. */
const MANY_FILES = 80;

/** Words of a task that ask for a command. */
const COMMANDS =
  /`[^`]+`|\b(?:run|install|build|compile|format|lint|generate|migrate|upgrade|command|script|commit|dependenc\w+|package)\b/i;
/** Words of a task that gives names to what has others. */
const RENAMES = /\brenam/i;
/** Words of a task that ask for a new file. */
const CREATES = /\b(?:create|add|new|missing|implement|introduce|extract|split|move|write)\b/i;

/**
 * Chooses the tools that a turn is told of, out of those that its role may use: what cannot help with this task costs tokens and
 * attention. The choice stands in the turn's pinned head, so it depends only on what stays the same for the whole turn; what is legal
 * at one ask narrows the schema of that ask alone. Tools that the program does not know stay.
 *
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
  const known = turn.tools.flatMap((name) => registry.tools[name] ?? []);
  const needed = known.filter(isNeeded(state, registry, turn, variant));
  return (needed.length === 0 ? known : needed).flatMap(({ declaration: { name } }) =>
    declarationIn(state, registry, turn, name) ?? []
  );
}

/** Whether a turn needs a tool. */
function isNeeded(
  state: State,
  registry: Registry,
  turn: Turn,
  variant: "small" | "large",
): (tool: RegisteredTool) => boolean {
  const complexity = complexityOf(state, turn);
  const task = taskOf(state, turn);
  const { prepared, purpose } = turn;
  const target = task?.target ?? null;
  const shown = prepared?.texts.find((file) => file.path === target);
  const isWhole = shown !== undefined && shown.from === 1 && shown.to >= shown.lines && shown.lines <= LONG_FILE;
  const exists = target === null || prepared === null || prepared.files.includes(target);
  const isAttempt = turn.attempt !== null && target !== null;
  const wide = !isAttempt || complexity >= SEARCHES_FROM;
  const talks = complexity >= TALKS_FROM || variant === "large" && purpose === "work";
  const isLarge = (prepared?.files.length ?? 0) > MANY_FILES;
  const edits: Readonly<Record<NonNullable<ToolTraits["edits"]>, boolean>> = {
    // What no check stands for wants a new test.
    new: !isAttempt || !exists || purpose === "work" && task?.checks.length === 0 ||
      CREATES.test(task?.description ?? ""),
    file: exists && (!isAttempt || isWhole),
    piece: exists,
    function: isAttempt && Object.keys(prepared?.definitions ?? {}).length > 0,
    addition: exists && isAttempt && missingNames(state, registry, turn).length > 0,
    cases: task !== null && casesPlaceOf(state, registry, task) !== null,
    lines: exists && isAttempt && !isWhole,
    names: RENAMES.test(saidOf(state, turn)),
  };
  return ({ access, traits = {} }) => {
    if (traits.edits !== undefined) return edits[traits.edits];
    if (traits.talks !== undefined) return talks && (traits.awaits === true || complexity >= TALKS_FROM);
    // The checks are executed after each write of an attempt, without being asked.
    if (traits.checks === true) return !(isAttempt && (task?.checks.length ?? 0) > 0);
    // What a role was given of a server is for what it is told to do.
    if (traits.freeIf !== undefined) return true;
    if (access === "runs") return !isAttempt || COMMANDS.test(saidOf(state, turn));
    if (traits.looksFor === "texts") return wide || !exists;
    if (traits.looksFor === "names") return wide && (purpose === "plan" || isLarge || complexity > TALKS_FROM);
    return true;
  };
}

/** The message of a turn and the goal of the run. */
function saidOf(state: State, turn: Turn): string {
  const message = state.messages.list.find((one) => one.id === turn.message)?.text ?? "";
  return `${message}\n${state.run.info?.goal ?? ""}`;
}
