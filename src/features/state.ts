import type { InterpreterSlice } from "../asks/interpret/slice.ts";
import type { VerdictsSlice } from "../asks/review/slice.ts";
import type { SummariesSlice } from "../asks/summarise/slice.ts";
import type { Effect } from "../effects/effect.ts";
import type { KernelState } from "../kernel/state.ts";
import type { ArbiterSlice } from "./arbiter/slice.ts";
import type { AttemptsSlice } from "./attempts/slice.ts";
import type { ChecksSlice } from "./checks/slice.ts";
import type { CommitsSlice } from "./commits/slice.ts";
import type { CriteriaSlice } from "./criteria/slice.ts";
import type { DecisionsSlice } from "./decisions/slice.ts";
import type { Failure, SlipsSlice } from "./failures/slice.ts";
import type { EvidenceSlice } from "./evidence/slice.ts";
import type { FilesSlice } from "./files/slice.ts";
import type { LaterSlice } from "./later/slice.ts";
import type { LedgerSlice } from "./ledger/slice.ts";
import type { MessagesSlice } from "./messages/message.ts";
import type { ModelsSlice } from "./models/slice.ts";
import type { PeopleSlice } from "./people/slice.ts";
import type { PluginsSlice } from "./plugins/slice.ts";
import type { ProtectionSlice } from "./protection/slice.ts";
import type { ClockSlice, RunSlice } from "./run/slice.ts";
import type { SeatsSlice } from "./seats/slice.ts";
import type { SetupSlice } from "./setup/slice.ts";
import type { Statistics } from "./statistics/slice.ts";
import type { TasksSlice } from "./tasks/task.ts";
import type { PlacementsSlice, ThreadsSlice } from "./threads/slice.ts";
import type { TurnsSlice } from "./turns/slice.ts";
import type { WorkspacesSlice } from "./workspaces/slice.ts";

/** What kinds of asks remember by features that they bring themselves. */
export interface SlicesOfAsks {
  readonly interpreter: InterpreterSlice;
  readonly summaries: SummariesSlice;
  readonly verdicts: VerdictsSlice;
}

/** All that is so in a run: the fold of its facts, a slice for each feature. */
export interface State extends KernelState<Effect>, SlicesOfAsks {
  readonly run: RunSlice;
  readonly clock: ClockSlice;
  readonly people: PeopleSlice;
  readonly messages: MessagesSlice;
  readonly decisions: DecisionsSlice;
  readonly arbiter: ArbiterSlice;
  readonly tasks: TasksSlice;
  readonly attempts: AttemptsSlice;
  readonly seats: SeatsSlice;
  readonly turns: TurnsSlice;
  readonly setup: SetupSlice;
  readonly checks: ChecksSlice;
  readonly workspaces: WorkspacesSlice;
  readonly criteria: CriteriaSlice;
  readonly later: LaterSlice;
  readonly files: FilesSlice;
  readonly protection: ProtectionSlice;
  readonly evidence: EvidenceSlice;
  readonly commits: CommitsSlice;
  readonly threads: ThreadsSlice;
  readonly placements: PlacementsSlice;
  readonly models: ModelsSlice;
  readonly ledger: LedgerSlice;
  readonly plugins: PluginsSlice;
  readonly failures: readonly Failure[];
  readonly slips: SlipsSlice;
  readonly statistics: Statistics;
}
