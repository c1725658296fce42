import type * as z from "zod";
import type { Answer, Read } from "../asks/answer.ts";
import type { AskEffect } from "../effects/ask/ask_effect.ts";
import type { Effect } from "../effects/effect.ts";
import type { RuleEffect } from "../effects/rule/rule_effect.ts";
import type { OverBudget } from "../kernel/budget.ts";
import type { Call, JsonSchema, ToolDeclaration } from "../kernel/call.ts";
import type { AnyFeature } from "../kernel/feature.ts";
import type { Limits } from "../kernel/limits.ts";
import type { Languages } from "../languages/language.ts";
import type * as owed from "../kernel/owed.ts";
import type { KernelEffectKind } from "../kernel/registry.ts";
import type * as kernel from "../kernel/rule.ts";
import type { ToldEffect } from "../kernel/told.ts";
import type { Prompt, PromptFrame } from "../prompt/prompt.ts";
import type { Attempt, PastAttempt } from "./attempts/slice.ts";
import type { Ability } from "./ability.ts";
import type { Bounds } from "./bounds.ts";
import type { Decision, OpenDecision } from "./decisions/slice.ts";
import type { Fact } from "./fact.ts";
import type { Known, OpenedEffect } from "./known.ts";
import type { Skills } from "./skills.ts";
import type { RegisteredTool } from "./registered_tool.ts";
import type { State } from "./state.ts";
import type { Task } from "./tasks/task.ts";
import type { Turn } from "./turns/slice.ts";
import { type Wording } from "../sentences/say.ts";

/** Name of the arbiter among the roles. */
export const ARBITER = "arbiter";
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
  /** Its system prompt, where its plugin brings it: it stands in the place of that file. */
  readonly ownPrompt?: PromptFile;
  /** Tools it may be offered, in order. */
  readonly tools: readonly string[];
  /** Phases it acts in. */
  readonly phases: readonly string[];
  /** Roles it may ask and write to. */
  readonly mayAsk: readonly string[];
  /** JSON Schema of the fields of its answers to other models; absent where they are text. */
  readonly answers?: JsonSchema;
  /** Whether a person's own plugin brings it: then it comes before the usual one in the phases that it names. */
  readonly isOwn?: boolean;
  /** Short hash of the plugin version that brings it; absent for one that comes with Autonomy. */
  readonly version?: string;
}

/** A rule: pure, asked before an effect opens; null when it has nothing to say. */
export type Rule = kernel.Rule<State, Effect, Wording>;

/** Rules whose code runs apart: they are asked by an effect of their own, before a call runs. */
export interface Judge {
  /** Plugin that they are of. */
  readonly plugin: string;
  /** The strictest verdict of its rules. Rejects where they give none, and with the signal's reason. */
  judge(state: State, effect: RuleEffect, signal: AbortSignal): Promise<kernel.Verdict>;
}

/** What a part of a run owes. */
export type Due = owed.Due<Fact, Effect>;

/** A feature as the registry of a run holds it. */
export type RunFeature = AnyFeature<State, Registry, Fact, Effect>;

/** A kind of effect, as far as what is owed and what is stored depends on it. */
export interface EffectKind extends KernelEffectKind<State, Registry, Fact>, Remembers {
  /** Schema of the effect, as `effect_opened` holds it. */
  readonly schema: z.ZodType;
  /** Schema of what it gives, as `effect_finished` holds it. */
  readonly result: z.ZodType;
  /** How it is told; an effect without it is told by its kind alone. */
  readonly tell?: ToldEffect<never, never, OpenedEffect, Known>;
}

/** What a kind may bring beside itself. */
interface Remembers {
  /** What remembers what came of it, where no feature of the table does: it is a feature of every run that has the kind. */
  readonly feature?: RunFeature;
}

/** A kind of ask, whole in one place: what a model is shown for it, how its reply is read, and what that means. */
export interface AskKind extends Remembers {
  /** Word that effects name it by. */
  readonly purpose: string;
  /** What the model is shown. */
  prompt(state: State, registry: Registry, ask: AskEffect, frame: PromptFrame): Prompt;
  /** Characters that its prompt holds, so that tokens can be set aside without composing it; absent: a whole window is set aside. */
  chars?(state: State, registry: Registry, ask: AskEffect): number;
  /** What its reply says; the closing fact holds it beside the raw text. */
  read(answer: Answer): Read;
  /** What of a model it needs: its way of calling follows from the record of that. null where no call is made or shown. */
  readonly ability: Ability | null;
  /** Whether its reply is plain text, shown as it comes: that says nothing about how the model calls. */
  readonly isText?: boolean;
  /** Whether the run can do without it: it then neither ends for want of a host nor for want of tokens. */
  readonly isExtra?: boolean;
  /** Models that are asked, in place of those of the role; null where there are none of its own. */
  models?(state: State, registry: Registry, ask: AskEffect): readonly string[] | null;
  /** Whether nobody waits for the answer any more. */
  orphan?(state: State, ask: AskEffect): boolean;
  /** What it means for the run that no budget is left for it; absent: it waits until there is. */
  denied?(state: State, registry: Registry, ask: AskEffect, over: OverBudget): readonly Fact[];
}

/** A kind of decision that the arbiter, or the rules in its place, can make. */
export interface DecisionKind extends Remembers {
  readonly name: string;
  /** How it is declared to the arbiter: once, or as often as there are specialists; always in the same order. */
  declare(registry: Registry): readonly ToolDeclaration[];
  /** Why a call of it is not legal now; null where it is. */
  refusal(state: State, registry: Registry, call: Call): string | null;
  /** How it is declared now, where only a part of what it may say is legal; null where none is. */
  narrowed?(state: State, registry: Registry, declared: ToolDeclaration): ToolDeclaration | null;
  /** Whether it is made beside a decision that is at work, as often as there is cause, and over at once. */
  readonly beside?: boolean;
  /** What makes two of its name the same decision: a phase, a task. Absent: the name says it. */
  about?(state: State, args: Readonly<Record<string, unknown>>): string;
  /**
   * Says a decision of a name in a few words, in the imperative; null where the name is none of its own. Absent: the name itself says it.
   * `made` is where one was made, and what came of it: what was decided is said by that then.
   */
  says?(name: string, args: Readonly<Record<string, unknown>>, made?: MadeDecision): string | null;
  /** What it owes while it is at work. */
  due(state: State, registry: Registry, decision: OpenDecision): Due;
}

/** Where a decision was made, and whom it gave which task. */
export interface MadeDecision extends Pick<Decision, "assigned" | "races"> {
  /** What going on with the phase is, in the imperative. */
  readonly goOn: string;
}

/** A kind of phase: what a run can be about at a time. */
export interface PhaseKind extends Remembers {
  readonly phase: string;
  /** What going on with it is, in the imperative, such as `plan the work`. Absent: its name says it. */
  readonly goOn?: string;
  /** Role that usually acts in it. */
  readonly role: string;
  /** Whether there is something to do in it. */
  hasWork(state: State, registry: Registry): boolean;
  /** The task that it would work on next; absent where it works on none. */
  nextTask?(state: State, registry: Registry): Task | null;
  /** Whether a consult of a role that writes is an attempt at that task. */
  readonly consultsWork?: boolean;
  /** When the rules turn to it, the lowest first; null: never, a run may end without it. */
  rank(state: State): number | null;
  /** What its work owes, once it was decided to go on with it. */
  due(state: State, registry: Registry, decision: OpenDecision): Due;
}

/** How a crew of one model goes straight to work: no plan, no order and no review that rules and checks can do without, and no try too many. */
export interface Straight {
  /** Billions of parameters up to which it does. */
  readonly upTo: number;
  /** Texts of a repair that are asked for, since the last that was kept, after which its task is given up. */
  readonly texts: number;
  /** Writes that fail in a row and end an attempt at a repair. */
  readonly failedWrites: number;
}

/** How a task is tried. The first strategy that fits is asked. */
export interface Strategy {
  readonly name: string;
  /** How a crew of one such model goes straight to work; absent: it does not. */
  readonly straight?: Straight;
  /** Whether it is for this situation. */
  fits(situation: Situation): boolean;
  /** Who makes the next attempt at a task, and how; null where nobody can. */
  next(past: readonly PastAttempt[], situation: Situation): Try | null;
  /** What is possible at the next ask of a turn that works. */
  step(situation: Situation, turn: Turn): Step;
}

/** What a strategy is chosen for. */
export interface Situation {
  readonly state: State;
  readonly registry: Registry;
  /** Task that is worked on; null for turns that work on none. */
  readonly task: Task | null;
  /** The attempt at it that is open; null before it. */
  readonly attempt: Attempt | null;
  /** Role that was consulted for the task; null where none was. */
  readonly wished: string | null;
  /** Attempts since the last that helped, within the decision at work. */
  readonly tries: number;
  /** Attempts at the task that are at work already. */
  readonly beside: number;
  /** Billions of parameters of the model that works; null where nobody knows. */
  readonly billions: number | null;
}

/** An attempt as it is to be made. */
export interface Try {
  readonly role: string;
  readonly temperature: number;
  readonly seed: number;
  /** Whether the fault is looked for in what the task's file uses. */
  readonly elsewhere: boolean;
}

/** What a turn may do next. */
export interface Step {
  /** Names of tools that are legal, some of the turn's. */
  readonly legal: readonly string[];
  /** A call that leaves no choice, made without asking; null where there is one. */
  readonly given: Call | null;
  /** How the text of the call at hand is asked for, where it is asked for by itself; null where the exchange leads up to it. */
  readonly form: TextForm | null;
  /** Functions that may be written anew, by file. */
  readonly pieces: Readonly<Record<string, readonly string[]>>;
  /** Sampling of the next ask. */
  readonly temperature: number;
}

/**
 * How a text is asked for by itself: `repair` shows the piece as it stands, `anew` its head and description alone; `test` is a new test before
 * its work, `wish` what the owner wishes for and no check of theirs stands for.
 */
export type TextForm = "repair" | "anew" | "test" | "wish";

/** A prompt file, read and checked. */
export interface PromptFile {
  readonly name: string;
  readonly text: string;
  /** Names of the placeholders that it uses. */
  readonly placeholders: readonly string[];
  /** Tools, or decisions, of which a small model is shown the call as an example: the first that it has. Verdicts get none: it would be one. */
  readonly examples?: readonly string[];
  /** Sentences by name, where it is a file of sentences. */
  readonly sentences?: Readonly<Record<string, string>>;
}

/** What can happen in a run: values in tables, each whole in one place. `Effects`: what of kinds of effects is known. */
export interface Kinds<Effects extends EffectKind = EffectKind> {
  /** In the order in which they are asked what they owe. */
  readonly features: readonly RunFeature[];
  readonly effects: Readonly<Record<string, Effects>>;
  readonly asks: Readonly<Record<string, AskKind>>;
  /** In the order in which they are declared. */
  readonly decisions: readonly DecisionKind[];
  /** In their natural order. */
  readonly phases: readonly PhaseKind[];
  /** In the order in which they are asked whether they fit. */
  readonly strategies: readonly Strategy[];
  /** By which the project's files are read, its checks found and their output understood. */
  readonly languages: Languages;
}

/** All that plugins, prompts and configuration offer a run. */
export interface Registry<Effects extends EffectKind = EffectKind> extends Kinds<Effects> {
  /** Specialists by role, in the order the arbiter sees them. The arbiter itself is `arbiter`. */
  readonly roles: Readonly<Record<string, Role>>;
  readonly tools: Readonly<Record<string, RegisteredTool>>;
  readonly rules: readonly Rule[];
  /** Rules of plugins that run apart; absent: there are none. */
  readonly judges?: readonly Judge[];
  readonly prompts: Readonly<Record<string, PromptFile>>;
  /** Bounds of the loop. */
  readonly bounds: Bounds;
  /** Limits of single roles. */
  readonly roleLimits: Readonly<Record<string, Limits>>;
  /** What is written down of how things are done; absent where nothing is. */
  readonly skills?: Skills;
}
