import { mayRunProofs, type NamedProof, proofsOf } from "../../features/criteria/proofs.ts";
import { holdsProof } from "../../features/criteria/commands_in.ts";
import { shellLine } from "../../features/words_of.ts";
import { bound } from "../../kernel/text.ts";
import { ToolError } from "../../ports/tool.ts";
import type { CommandResult, RunWorkspace } from "../../ports/workspace.ts";
import { say } from "../../sentences/say.ts";
import type { World } from "../effect_kind.ts";
import type { CheckFact } from "./check_effect.ts";

/** Bound of one command, ms: it may have to be built first. */
const PROOF_MS = 60_000;
/** Characters of what it printed that its evidence quotes. */
const MOST_SHOWN = 600;

/**
 * Runs the commands by which criteria are shown, in a copy of the project, one after the other.
 *
 * @param copy a fresh copy, in which nothing else is looked at afterwards
 * @returns a result each; none where no command may run
 */
export async function runProofs(
  { state, registry }: Pick<World, "state" | "registry">,
  copy: RunWorkspace,
  signal: AbortSignal,
): Promise<readonly CheckFact[]> {
  if (!mayRunProofs(state)) return [];
  const results: CheckFact[] = [];
  for (const proof of proofsOf(state)) {
    const ended = await copy.run(proof.words, { timeoutMs: PROOF_MS, signal }).catch((error: unknown) => {
      if (error instanceof ToolError) return error;
      throw error;
    });
    const evidence = evidenceOf(registry, proof, ended);
    results.push({ name: proof.name, passed: evidence === "", evidence, files: [] });
  }
  return results;
}

/** What is held against a command; empty where it printed what it shall. */
function evidenceOf(registry: World["registry"], proof: NamedProof, ended: CommandResult | ToolError): string {
  const values = { command: shellLine(proof.words), prints: proof.prints };
  if (ended instanceof ToolError) return say(registry, "criteria.proof_unstarted", { ...values, why: ended.message });
  const { code, output, timedOut, signal } = ended;
  if (holdsProof(proof, output, timedOut ? null : code)) return "";
  const how = timedOut ? "no end in its time" : code === null ? `the signal ${signal}` : `exit code ${code}`;
  return say(registry, "criteria.proof_failed", { ...values, code: how, output: bound(output.trim(), MOST_SHOWN) });
}
