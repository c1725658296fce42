import type { Effect } from "../effects/effect.ts";
import type { Fact, Stamped } from "../features/fact.ts";
import type { Hold } from "../features/messages/message.ts";
import { plugins } from "../features/plugins/plugins.ts";
import type { PluginsSlice } from "../features/plugins/slice.ts";
import type { Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import { folding } from "../kernel/fold.ts";
import type { Limits } from "../kernel/limits.ts";

/** What of a run's facts a resume has to know. */
export interface KnownRun {
  readonly goal: string;
  readonly trusted: boolean;
  /** Whether the question for trust is open. */
  readonly asked: boolean;
  /** Whether it was offered copies of the project. */
  readonly apart: boolean;
  readonly limits: Limits | null;
  /** Whether each message waits for a person to pass it. */
  readonly gated: boolean;
  /** Ids of all orders that hold messages. */
  readonly holds: readonly string[];
  readonly paused: boolean;
  /** Branch that its accepted work is committed on; null where none is wanted. */
  readonly branch: string | null;
  /** Plugins that it had when it was left. */
  readonly plugins: PluginsSlice;
}

/** Only what this feature keeps is folded. */
const PLUGINS = folding<State, Registry, Fact, Effect>([plugins]);

/** What a run knows of plugins before its first fact. */
export const NO_PLUGINS: PluginsSlice = PLUGINS.empty.plugins;

/** Reads what a resume has to know, from the first fact on. */
export function knownRun(facts: Iterable<Stamped>): KnownRun {
  let [trusted, asked, apart, paused]: boolean[] = [false, false, false, false];
  let limits: Limits | null = null;
  let holds: readonly Hold[] = [];
  let branch: string | null = null;
  let goal = "";
  let state = PLUGINS.empty;
  for (const fact of facts) {
    state = PLUGINS.evolve(state, fact);
    if (fact.type === "run_started") [trusted, limits, goal] = [fact.trusted, fact.limits, fact.goal];
    else if (fact.type === "run_resumed") {
      [trusted, paused] = [trusted && fact.waits === undefined, paused && !fact.headless];
      if (fact.headless) holds = [];
    } else if (fact.type === "hold_placed") holds = [...holds, fact.hold];
    else if (fact.type === "hold_lifted") holds = holds.filter(({ id }) => id !== fact.id);
    else if (fact.type === "message_released") {
      holds = holds.filter(({ scope, of }) => scope !== "message" || of !== fact.id);
    } else if (fact.type === "run_paused" || fact.type === "run_unpaused") paused = fact.type === "run_paused";
    else if (fact.type === "limits_raised") limits = fact.limits;
    else if (fact.type === "branch_wanted") branch = fact.branch;
    else if (fact.type === "workspaces_offered") apart = true;
    else if (fact.type === "question_asked" && fact.kind === "trust") asked = true;
    else if (fact.type === "question_answered" && fact.id === "trust") [asked, trusted] = [false, fact.approved];
  }
  return {
    goal,
    trusted: trusted === true,
    asked: asked === true,
    apart: apart === true,
    limits,
    gated: holds.some(({ scope }) => scope === "all"),
    holds: holds.map(({ id }) => id),
    paused: paused === true,
    branch,
    plugins: state.plugins,
  };
}
