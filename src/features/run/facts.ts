import * as z from "zod";
import { TALK } from "./talk.ts";
import { Limits } from "../../kernel/limits.ts";
import { ENDINGS } from "./endings.ts";

/** A specialist or the arbiter as the run knows it. */
export const RoleFact = z.object({
  role: z.string(),
  describes: z.string(),
  /** Models in order of preference, `name` or `name@host`. */
  models: z.array(z.string()),
  /** Context window in tokens. */
  window: z.int(),
  temperature: z.number(),
  /** The model that was to play it when the crew came together, where, and its billions of parameters where its host says them. */
  plays: z.object({ model: z.string(), host: z.string().optional(), billions: z.number().nullable() }).optional(),
});

/** A specialist or the arbiter as the run knows it. */
export type RoleFact = z.infer<typeof RoleFact>;

const Talk = z.enum(TALK);

/** The run that a person saw when they said the goal of this one: what it was for, how it ended, what it changed. */
const RunBefore = z.object({
  run: z.string(),
  goal: z.string(),
  ending: z.string(),
  cause: z.string(),
  files: z.array(z.string()),
});

/** The run that a person saw when they said the goal of this one. */
export type RunBefore = z.infer<typeof RunBefore>;

/** What happens to a run as a whole. */
export const runFacts = {
  run_started: z.object({
    run: z.string(),
    project: z.string(),
    goal: z.string(),
    mode: z.enum(["driver", "observer", "off"]),
    headless: z.boolean(),
    /** Word for the title bar; empty for ordinary runs. */
    label: z.string(),
    trusted: z.boolean(),
    /** What of an untrusted project waits for a yes, in sentences for the person. */
    waits: z.string().optional(),
    limits: Limits,
    roleLimits: z.record(z.string(), Limits),
    version: z.string(),
    /** Files that were changed against version control before the run began. */
    dirty: z.array(z.string()),
    /** Criteria that the person gave beside the goal, a sentence each; absent where they gave none. */
    criteria: z.array(z.string()).optional(),
    talk: Talk.optional(),
    /** The run that this one follows in the same session; absent where it follows none. */
    before: RunBefore.optional(),
  }),
  run_resumed: z.object({
    headless: z.boolean(),
    talk: Talk.optional(),
    /** Why the project is not trusted any more, in sentences for the person; absent where the trust is as it was. */
    waits: z.string().optional(),
  }),
  crew_assembled: z.object({
    roles: z.array(RoleFact),
    tools: z.array(z.string()),
    reason: z.string(),
    /** Who is played otherwise than before, in sentences for the person; absent where nobody is. */
    changes: z.array(z.string()).optional(),
  }),
  run_paused: z.object({}),
  run_unpaused: z.object({}),
  run_ended: z.object({
    kind: z.enum(ENDINGS),
    cause: z.string(),
    /** True where time, tokens, turns or hosts were at an end: what was open may go on when the run is resumed with more. */
    spent: z.boolean().optional(),
  }),
  phase_changed: z.object({ phase: z.string(), reason: z.string(), by: z.string() }),
  /** Prompt files changed while the run was at work: they are in use, or, with faults, those from before are. */
  prompts_changed: z.object({
    files: z.array(z.string()),
    faults: z.array(z.object({ place: z.string(), text: z.string() })),
  }),
  /** Configuration files changed while the run was at work: hosts of them are in use, or, with faults, what was before stays. */
  configuration_changed: z.object({
    /** Hosts that came, that went, and that became others. */
    added: z.array(z.string()),
    removed: z.array(z.string()),
    changed: z.array(z.string()),
    faults: z.array(z.object({ place: z.string(), text: z.string() })),
  }),
  /** What is remembered of models could not be written: the run goes on without it. */
  memory_failed: z.object({ text: z.string() }),
};
