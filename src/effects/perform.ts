import type { Fact } from "../features/fact.ts";
import type { AnyEffect } from "../kernel/effects.ts";
import { bound, INLINE_CHARS } from "../kernel/text.ts";
import { HostFailure } from "../ports/model_host.ts";
import { FileChanged } from "../ports/tool.ts";
import { JournalError } from "../run/journal_error.ts";
import { diskFault } from "../work/disk_fault.ts";
import type { Result } from "./effect.ts";
import { type EffectKind, FinalFailure, Refusal, type World } from "./effect_kind.ts";

/** The fact that closes an effect. */
export type ClosingFact = Extract<
  Fact,
  { type: "effect_finished" | "effect_failed" | "effect_refused" | "effect_cancelled" | "effect_unknown" }
>;

/** Characters of what an error says, and of one that says what a file holds now. */
const ERROR_CHARS = { usual: 1200, file: 6000 };

/**
 * Performs an effect: whatever happens is exactly one closing fact, and what follows from it. A disk of the project that takes nothing any
 * more ends the run, since no other try changes that.
 *
 * @param effect the effect, opened and stored
 * @throws {JournalError} where the journal cannot be written: then nothing can be closed
 */
export async function perform(
  effect: AnyEffect,
  kind: EffectKind | undefined,
  world: World,
  signal: AbortSignal,
): Promise<readonly [ClosingFact, ...Fact[]]> {
  const { key } = effect;
  if (kind === undefined) {
    return [{ type: "effect_refused", key, reason: `There is no kind of effect "${effect.kind}" any more.` }];
  }
  const began = world.now();
  try {
    world.show(kind.says(effect as never));
    // Not awaited where there is nothing to wait for: an ask takes its place in the queue at once.
    if (world.arrive !== undefined) await world.arrive(signal);
    // What a kind gives fits its own schema, which the journal checks before it is written.
    const result = await kind.perform(effect as never, world, signal) as Result;
    return [{ type: "effect_finished", key, result }];
  } catch (error) {
    if (error instanceof JournalError) throw error;
    const ms = world.now() - began;
    const fault = diskFault(error);
    if (fault !== null) {
      const cause = `${fault} ${error instanceof Error ? error.message : ""}`.trim();
      return [closingOf(key, error, signal, ms), { type: "run_ended", kind: "failed", cause }];
    }
    if (!(error instanceof FinalFailure)) return [closingOf(key, error, signal, ms)];
    return [closingOf(key, error.failure, signal, ms), ...error.facts];
  }
}

/**
 * Sorts an error into the fact that closes an effect with it.
 *
 * @param ms how long it took
 */
function closingOf(key: string, error: unknown, signal: AbortSignal, ms: number): ClosingFact {
  if (signal.aborted) return { type: "effect_cancelled", key, by: String(signal.reason ?? "the run"), ms };
  if (error instanceof Refusal) return { type: "effect_refused", key, reason: error.message };
  const most = error instanceof FileChanged ? ERROR_CHARS.file : ERROR_CHARS.usual;
  const text = bound(error instanceof Error ? error.message : String(error), most);
  if (!(error instanceof HostFailure)) return { type: "effect_failed", key, failure: "tool_error", text, ms };
  const { partial = "", promptTokens = null, answerTokens = null, host, model } = error.details;
  return {
    type: "effect_failed",
    key,
    failure: error.failure,
    text,
    ms,
    promptTokens,
    answerTokens,
    ...(partial === "" ? {} : { partial: { text: bound(partial, INLINE_CHARS), chars: partial.length } }),
    ...(host === undefined ? {} : { host }),
    ...(model === undefined ? {} : { model }),
    ...(error.isAway ? { away: true } : {}),
  };
}
