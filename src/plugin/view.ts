import type { State } from "../features/state.ts";
import type { Statistics } from "../features/statistics/slice.ts";
import type { Thread } from "../features/threads/slice.ts";
import type { Verdict } from "../kernel/rule.ts";
import type { ToolAccess } from "../kernel/call.ts";

/** What is so in a run, as plugins see it: a part of the state that stays the same from version to version. */
export interface RunView {
  /** Number of the last fact. */
  readonly seq: number;
  /** Time of the last fact, in milliseconds since 1970. */
  readonly at: number;
  /** True while a person holds the run. */
  readonly paused: boolean;
  /** Whether the project's own code may run. */
  readonly trusted: boolean;
  /** What the run is about now. */
  readonly phase: string;
  /** All pieces of work, in the order of the plan. */
  readonly tasks: readonly TaskView[];
  /** Messages between models and person that are not forgotten yet, oldest first. */
  readonly messages: readonly MessageView[];
  /** Roles that were asked something, each with what its models did, in the order of their first ask. */
  readonly threads: readonly ThreadView[];
}

/** A role's part in the run, as plugins see it. */
export interface ThreadView {
  /** Who is asked. */
  readonly role: string;
  /** Model that its last ask went to; null before it was placed. */
  readonly model: string | null;
  /** Host that it runs on. */
  readonly host: string | null;
  /** Asks that its models were sent. */
  readonly asks: number;
  /** Replies without a legal call, and asks that failed. */
  readonly failures: number;
  /** Tokens of its prompts, all its models together. */
  readonly promptTokens: number;
  /** Tokens of the answers. */
  readonly answerTokens: number;
  /** Tokens that its model writes per second, the time in which it reads the prompt included; null where nothing was answered yet. */
  readonly tokensPerSecond: number | null;
}

/** What panes and commands of a plugin see: the run, and the plugin's own part of the configuration. */
export interface PluginView extends RunView {
  /** `settings.NAME` of the configuration as the plugin's schema says, with defaults filled in; empty for a plugin without settings. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A piece of work, as plugins see it. */
export interface TaskView {
  /** Unique in the run. */
  readonly id: string;
  /** What is to be done. */
  readonly description: string;
  /** File of the project it is about, null where none is known. */
  readonly target: string | null;
  /** How far it is, such as `ready`, `in_progress` or `done`. */
  readonly status: string;
}

/** A message, as plugins see it. */
export interface MessageView {
  /** Unique in the run. */
  readonly id: string;
  /** Role that wrote it. */
  readonly from: string;
  /** Role that it is for. */
  readonly to: string;
  /** Its words. */
  readonly text: string;
}

/** A call of a tool, as rules see it. */
export interface CallView {
  /** Name of the tool. */
  readonly name: string;
  /** The arguments, checked with the tool's schema; text that is asked for apart may be absent. */
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** An effect that is about to open, as rules see it. */
export interface EffectView {
  /** Its kind, such as `ask` where a model is asked, `tool` where a call runs, `check` where the checks run. */
  readonly kind: string;
  /** Unique in the run. */
  readonly key: string;
  /** Role that it is for, where it is for one. */
  readonly role?: string;
  /** What a tool may do; only for `tool`. */
  readonly access?: ToolAccess;
  /** The call; only for `tool`. */
  readonly call?: CallView;
}

/** A rule: pure, asked before an effect opens; null when it has nothing to say. */
export type PluginRule = (state: RunView, effect: EffectView) => Verdict | null;

/** What a command of a plugin may wish; the application decides which facts the wish warrants. */
export type CommandIntent =
  | { readonly kind: "say"; readonly to: string; readonly text: string }
  | { readonly kind: "pause" }
  | { readonly kind: "unpause" }
  | { readonly kind: "release"; readonly message: string }
  | { readonly kind: "edit"; readonly message: string; readonly text: string }
  | { readonly kind: "redirect"; readonly message: string; readonly to: string }
  /** Sends it to somebody else, too. */
  | { readonly kind: "duplicate"; readonly message: string; readonly to: string }
  | { readonly kind: "drop"; readonly message: string }
  /** Undoes what was done to a message last, while it is on its way. */
  | { readonly kind: "take_back"; readonly message: string }
  | { readonly kind: "interrupt"; readonly role: string }
  | { readonly kind: "park"; readonly task: string }
  /** Brings the version of a plugin back that was in use before. */
  | { readonly kind: "rollback"; readonly plugin: string };

/** What of a state plugins see. */
export function runView(state: State): RunView {
  const { seq, at, run, people, tasks, messages, threads } = state;
  return {
    seq,
    at,
    paused: run.paused,
    trusted: people.trusted,
    phase: run.phase,
    tasks: tasks.list,
    messages: messages.list,
    threads: Object.values(threads).map((thread) => threadView(thread, state.statistics)),
  };
}

function threadView({ role, model, host, asks }: Thread, { asks: counted }: Statistics): ThreadView {
  const own = Object.keys(counted).filter((key) => key.startsWith(`${role} `)).map((key) => counted[key]!);
  const now = counted[`${role} ${model}`];
  return {
    role,
    model,
    host,
    asks,
    failures: own.reduce((sum, { failed }) => sum + failed, 0),
    promptTokens: own.reduce((sum, { promptTokens }) => sum + promptTokens, 0),
    answerTokens: own.reduce((sum, { answerTokens }) => sum + answerTokens, 0),
    tokensPerSecond: now === undefined || now.answerTokens === 0 || now.ms === 0
      ? null
      : now.answerTokens * 1000 / now.ms,
  };
}
