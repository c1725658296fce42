import { ASKS } from "../asks/asks.ts";
import { DECISIONS } from "../decisions/decisions.ts";
import { effectsFeature } from "../kernel/effects_feature.ts";
import { folding } from "../kernel/fold.ts";
import { PHASES } from "../phases/phases.ts";
import { arbiter } from "./arbiter/arbiter.ts";
import { attempts } from "./attempts/attempts.ts";
import { broughtBy } from "./brought_by.ts";
import { checks } from "./checks/checks.ts";
import { commits } from "./commits/commits.ts";
import { criteria } from "./criteria/criteria.ts";
import { decisions } from "./decisions/decisions.ts";
import { evidence } from "./evidence/evidence.ts";
import { failures } from "./failures/failures.ts";
import { slips } from "./failures/slips.ts";
import { files } from "./files/files.ts";
import { later } from "./later/later.ts";
import { ledger } from "./ledger/ledger.ts";
import { messages } from "./messages/messages.ts";
import { models } from "./models/models.ts";
import { people } from "./people/people.ts";
import { protection } from "./protection/protection.ts";
import { plugins } from "./plugins/plugins.ts";
import type { RunFeature } from "./registry.ts";
import { clock } from "./run/clock.ts";
import { run } from "./run/run.ts";
import { seats } from "./seats/seats.ts";
import { setup } from "./setup/setup.ts";
import { spending } from "./spending/spending.ts";
import type { SlicesOfAsks, State } from "./state.ts";
import { statistics } from "./statistics/statistics.ts";
import { tasks } from "./tasks/tasks.ts";
import { placements } from "./threads/placements.ts";
import { threads } from "./threads/threads.ts";
import { turns } from "./turns/turns.ts";
import { workspaces } from "./workspaces/workspaces.ts";

/** The features of no kind alone, in the order in which they are asked what they owe: what has to wait for another stands after it. */
const TABLE = {
  run,
  effects: effectsFeature() as RunFeature,
  clock,
  people,
  setup,
  checks,
  workspaces,
  criteria,
  later,
  messages,
  turns,
  decisions,
  seats,
  arbiter,
  spending,
  tasks,
  attempts,
  files,
  protection,
  evidence,
  commits,
  threads,
  placements,
  models,
  ledger,
  plugins,
  failures,
  slips,
  statistics,
} satisfies Record<Exclude<keyof State, "seq" | "at" | keyof SlicesOfAsks>, RunFeature>;

/** The features that come with Autonomy, in their order; those that its kinds bring come last. */
export const FEATURES: readonly RunFeature[] = [
  ...Object.values(TABLE),
  ...broughtBy({ asks: ASKS, decisions: DECISIONS, phases: PHASES }),
];

/** The state before the first fact, and the fold, of the features that come with Autonomy. */
export const { empty: EMPTY, evolve, fold } = folding(FEATURES);
