import type { Models } from "../effects/ask/models.ts";
import type { RunRegistry } from "../effects/effect_kind.ts";
import type { Fact, Stamped } from "../features/fact.ts";
import type { Intent } from "../features/intent.ts";
import type { EndingKind } from "../features/run/endings.ts";
import type { State } from "../features/state.ts";
import type { Fleet } from "../fleet/fleet.ts";
import type { Way } from "../kernel/call.ts";
import type { AnyIntent } from "../kernel/granted.ts";
import type { Signal } from "../ports/host_status.ts";
import type { RunnableTool } from "../ports/tool.ts";
import type { ProjectWorkspace } from "../work/workspace.ts";
import type { Copies } from "../work/workspaces/copies.ts";
import type { CrewWatch } from "./crew_watch.ts";
import type { Journal } from "./journal.ts";
import type { Memory } from "./memory.ts";
import type { PromptChange, PromptWatch } from "./watch_prompts.ts";

/** What a run is made of. */
export interface RunParts {
  readonly journal: Journal<Fact>;
  readonly workspace: ProjectWorkspace;
  /** Copies of the project for attempts and verdicts; null or absent: all work is done in the project. */
  readonly copies?: Copies | null;
  readonly fleet: Fleet;
  readonly registry: RunRegistry;
  readonly tools: ReadonlyMap<string, RunnableTool>;
  /** Way of calling that configuration wants for a role. */
  readonly ways: Readonly<Record<string, Way>>;
  /** Roles whose model the user named: no other one is taken for them. */
  readonly named: ReadonlySet<string>;
  /** What is remembered of models from run to run; null or absent: nothing is. */
  readonly memory?: Memory | null;
  /** Reads replies in place of the ladder of mediation; absent in every real run. */
  readonly reader?: Models["reader"];
  /** Watches the prompt files while the run is at work; absent: they stay as they were read. */
  readonly watchPrompts?: (tell: (change: PromptChange) => void) => PromptWatch;
  /** Watches what the crew is made of while the run is at work; absent: it stays as it is here. `wake` says that there is something to take up. */
  readonly watchCrew?: (wake: () => void) => CrewWatch;
  readonly now: () => number;
}

/** A run at work. */
export interface Run {
  state(): State;
  /** What its crew offers now. */
  registry(): RunRegistry;
  /** Tells after every commit. */
  subscribe(listener: (facts: readonly Stamped[]) => void): () => void;
  /** What streams in for open effects, by key. */
  signals(): ReadonlyMap<string, Signal>;
  /** Carries out a person's wish, or one of a feature that does not come with Autonomy; the sentence says why it was refused. */
  send<Own extends AnyIntent = never>(intent: Intent | NoInfer<Own>): string | null;
  /** Stops working without ending the run: it can be continued. Resolves when nothing is open any more. */
  stop(reason: string): Promise<void>;
  /** Resolves when the run has ended, or was stopped. Rejects only for faults of the journal or of our own. */
  readonly done: Promise<{ readonly kind: EndingKind; readonly cause: string } | null>;
}
