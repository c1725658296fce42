import type { ToolDeclaration } from "../kernel/call.ts";
import type { Effect } from "../effects/effect.ts";
import type { Limits } from "./fact.ts";
import type { Phase } from "../phases/phase.ts";
import type { State } from "./state.ts";

/** Name of the interpreter among the roles. */
export const INTERPRETER = "interpreter";
/** Name of the specialist among the roles that summarises what a window cannot hold any more. */
export const ANALYSIS = "analysis";

/** A role as the crew plays it: a specialist, or the arbiter. */
export interface Role {
  readonly role: string;
  /** What it is good at, in a sentence that the arbiter reads. */
  readonly describes: string;
  /** Models in order of preference, `name` or `name@host`. */
  readonly models: readonly string[];
  /** Context window in tokens. */
  readonly window: number;
  readonly temperature: number;
  /** File in `prompts/` with its system prompt. */
  readonly prompt: string;
  /** Tools it may be offered, in order. */
  readonly tools: readonly string[];
  /** Phases it acts in. */
  readonly phases: readonly Phase[];
  /** Roles it may ask and write to. */
  readonly mayAsk: readonly string[];
}

/** A tool as the core knows it: what models are told, and what it may do. */
export interface RegisteredTool {
  readonly declaration: ToolDeclaration;
  readonly access: "reads" | "writes" | "runs" | "concludes";
}

/** A rule's verdict on an effect that is about to open. */
export type Verdict =
  | { readonly verdict: "allow" }
  | { readonly verdict: "refuse"; readonly reason: string }
  | { readonly verdict: "confirm"; readonly question: string };

/** A rule: pure, asked before an effect opens; null when it has nothing to say. */
export type Rule = (state: State, effect: Effect) => Verdict | null;

/** A prompt file, read and checked. */
export interface PromptFile {
  readonly name: string;
  readonly text: string;
  /** Names of the placeholders that it uses. */
  readonly placeholders: readonly string[];
}

/** All that plugins, prompts and configuration offer a run. */
export interface Registry {
  /** Specialists by role, in the order the arbiter sees them. The arbiter itself is `arbiter`. */
  readonly roles: Readonly<Record<string, Role>>;
  readonly tools: Readonly<Record<string, RegisteredTool>>;
  readonly rules: readonly Rule[];
  readonly prompts: Readonly<Record<string, PromptFile>>;
  /** Bounds of the loop. */
  readonly bounds: Bounds;
  /** Limits of single roles. */
  readonly roleLimits: Readonly<Record<string, Limits>>;
}

/** Numbers that keep a run finite; one place, all in configuration. */
export interface Bounds {
  /** Attempts at a task within one decision. */
  readonly attempts: number;
  /** Asks of a model in one turn. */
  readonly steps: number;
  /** Times the same decision may be made under one fingerprint. */
  readonly repeats: number;
  /** Arbiter turns without a new fingerprint before the rules drive. */
  readonly stale: number;
  /** Plans of a run. */
  readonly plans: number;
  /** Tasks of a run. */
  readonly tasks: number;
  /** Reviews of a run. */
  readonly reviews: number;
  /** Depth to which specialists may ask each other. */
  readonly depth: number;
  /** Tries of an ask whose host or model failed. */
  readonly tries: number;
}

/** Bounds where configuration says nothing. */
export const DEFAULT_BOUNDS: Bounds = {
  attempts: 5,
  steps: 24,
  repeats: 2,
  stale: 6,
  plans: 3,
  tasks: 30,
  reviews: 3,
  depth: 2,
  tries: 3,
};
