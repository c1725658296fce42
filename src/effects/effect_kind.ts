import type { Fact } from "../features/fact.ts";
import type * as pure from "../features/registry.ts";
import type { State } from "../features/state.ts";
import type { AnyEffect, AnyResult } from "../kernel/effects.ts";
import type { BlobStore } from "../ports/blob_store.ts";
import type { RunnableTool } from "../ports/tool.ts";
import type { Apart, RunWorkspace } from "../ports/workspace.ts";
import type { Models } from "./ask/models.ts";

/** What an effect is carried out through. */
export interface World {
  /** What was so when it was opened. */
  readonly state: State;
  readonly registry: pure.Registry;
  readonly blobs: BlobStore;
  /** The project as this effect sees it, which may be a copy: what it writes is recorded under its key. */
  readonly workspace: RunWorkspace;
  /** The project itself. */
  readonly project: RunWorkspace;
  /** Copies of the project; null where all work is done in the project. */
  readonly apart: Apart | null;
  /** Waits until the workspace stands ready; absent where it does. */
  readonly arrive?: (signal: AbortSignal) => Promise<void>;
  readonly tools: ReadonlyMap<string, RunnableTool>;
  readonly models: Models;
  /** Commits a fact that closes nothing. */
  readonly note: (fact: Fact) => void;
  /** Shows what the effect is doing. */
  readonly show: (status: string) => void;
  readonly now: () => number;
  /** Time that a tool has after its signal before it is left alone, ms; 15 s where absent. */
  readonly graceMs?: number;
  /** Time that rules which run apart have for a verdict, ms; 5 s where absent. */
  readonly judgingMs?: number;
}

/** What an effect had written that was open when the program ended, as the disk says. */
export interface Remains {
  /** Files that it wrote. */
  readonly written: readonly string[];
  /** Words of the command that it ran; null where it ran none. */
  readonly command: readonly string[] | null;
}

/**
 * A kind of effect, whole in one place: what is stored of one, whether anybody waits for it still, how it is carried out. `E` is the effect,
 * `R` what it gives.
 */
export interface EffectKind<E extends AnyEffect = never, R extends AnyResult = AnyResult> extends pure.EffectKind {
  /** Says what it does, for the person who waits for it: `running npm test`. */
  says(effect: E): string;
  /**
   * Carries it out.
   *
   * @throws {Refusal} where it is not to be done; whatever else went wrong closes it as failed, or as cancelled once `signal` was aborted
   */
  perform(effect: E, world: World, signal: AbortSignal): Promise<R>;
  /** The fact that closes one that was open when the program ended; absent or null: it was interrupted, and is due again. */
  settle?(effect: E, remains: Remains, registry: pure.Registry): Fact | Finished<R> | null;
}

/** An effect finished, of whatever kind it is. */
interface Finished<R extends AnyResult> {
  readonly type: "effect_finished";
  readonly key: string;
  readonly result: R;
}

/** A registry whose effects can be carried out. */
export type RunRegistry = pure.Registry<EffectKind>;

/** An effect that is not to be done: it is closed as refused, with this reason. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** A failure after which the run cannot go on: facts that follow the one that closes its effect. */
export class FinalFailure extends Error {
  override readonly name = "FinalFailure";
  constructor(readonly failure: Error, readonly facts: readonly Fact[]) {
    super(failure.message, { cause: failure });
  }
}
