import type { State } from "../state.ts";
import { nameOfProof } from "./commands_in.ts";
import type { CommandProof } from "./facts.ts";
import type { Criterion } from "./slice.ts";

/** Cause of the round of checks that runs the commands of criteria before any work. */
export const PROOFS_ROUND = "criteria";

/** A command that shows a criterion, and how its proof is named among the results of checks. */
export interface NamedProof extends Readonly<CommandProof> {
  readonly name: string;
}

/** The commands that rounds of checks run beside the checks of the project, each once. */
export function proofsOf({ criteria }: Pick<State, "criteria">): readonly NamedProof[] {
  const all = (criteria.list ?? []).filter(({ how }) => how === "command").flatMap(proofsOfCriterion);
  return all.filter(({ name }, index) => all.findIndex((one) => one.name === name) === index);
}

/** The commands that show one criterion. */
export function proofsOfCriterion({ commands = [] }: Pick<Criterion, "commands">): readonly NamedProof[] {
  return commands.map((proof) => ({ ...proof, name: nameOfProof(proof) }));
}

/**
 * Whether commands of criteria may run: in copies of the project alone, where a sandbox is around them or the person who wants them is there.
 */
export function mayRunProofs({ workspaces: { proof, offered }, run }: Pick<State, "workspaces" | "run">): boolean {
  return proof?.holds === true && (offered?.tier !== "none" || run.info?.headless !== true);
}

/** Whether commands show all that was wished for and a check can show: then no new test is needed, nor a yes to one. */
export function isShownByCommands(
  { criteria: { list, printed }, checks }: Pick<State, "criteria" | "checks">,
): boolean {
  const own = (list ?? []).filter(({ how }) => how === "command" || how === "test");
  const passes = new Set((checks.latest ?? []).filter(({ passed }) => passed).map(({ name }) => name));
  return own.length > 0 && own.every(({ how }) => how === "command") &&
    own.flatMap(proofsOfCriterion).every(({ name }) => printed?.[name] === false && passes.has(name));
}
