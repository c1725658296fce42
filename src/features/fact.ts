import type * as z from "zod";
import type { interpreterFacts } from "../asks/interpret/facts.ts";
import type { Effect, Result } from "../effects/effect.ts";
import type { effectFacts } from "../kernel/effects.ts";
import type * as kernel from "../kernel/fact.ts";
import type { attemptFacts } from "./attempts/facts.ts";
import type { commitFacts } from "./commits/facts.ts";
import type { criteriaFacts } from "./criteria/facts.ts";
import type { decisionFacts } from "./decisions/facts.ts";
import type { evidenceFacts } from "./evidence/facts.ts";
import type { fileFacts } from "./files/facts.ts";
import type { laterFacts } from "./later/facts.ts";
import type { ledgerFacts } from "./ledger/facts.ts";
import type { messageFacts } from "./messages/facts.ts";
import type { modelFacts } from "./models/facts.ts";
import type { peopleFacts } from "./people/facts.ts";
import type { pluginFacts } from "./plugins/facts.ts";
import type { protectionFacts } from "./protection/facts.ts";
import type { runFacts } from "./run/facts.ts";
import type { seatFacts } from "./seats/facts.ts";
import type { setupFacts } from "./setup/facts.ts";
import type { spendingFacts } from "./spending/facts.ts";
import type { taskFacts } from "./tasks/facts.ts";
import type { threadFacts } from "./threads/facts.ts";
import type { turnFacts } from "./turns/facts.ts";
import type { workspaceFacts } from "./workspaces/facts.ts";

/** What a fact holds beside its type; zod's word for nothing would forbid the type, too. */
type MembersOf<Members> = Members extends Record<string, never> ? unknown : Members;

/** The facts of a table of schemas. */
type FactsOf<Table extends Readonly<Record<string, z.ZodType>>> = {
  [Type in keyof Table & string]: { readonly type: Type } & MembersOf<z.infer<Table[Type]>>;
}[keyof Table & string];

/** Everything that can have happened in a run, of what comes with Autonomy. */
export type Fact =
  | { readonly type: "effect_opened"; readonly effect: Effect }
  | { readonly type: "effect_finished"; readonly key: string; readonly result: Result }
  | FactsOf<Omit<typeof effectFacts, "effect_opened" | "effect_finished">>
  | FactsOf<
    & typeof attemptFacts
    & typeof commitFacts
    & typeof criteriaFacts
    & typeof decisionFacts
    & typeof evidenceFacts
    & typeof fileFacts
    & typeof interpreterFacts
    & typeof laterFacts
    & typeof ledgerFacts
    & typeof messageFacts
    & typeof modelFacts
    & typeof peopleFacts
    & typeof pluginFacts
    & typeof protectionFacts
    & typeof runFacts
    & typeof seatFacts
    & typeof setupFacts
    & typeof spendingFacts
    & typeof taskFacts
    & typeof threadFacts
    & typeof turnFacts
    & typeof workspaceFacts
  >;

/** A fact with its place and time. */
export type Stamped = kernel.Stamped<Fact>;
