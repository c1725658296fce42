/** Phases of a run, in their natural order. */
export const PHASES = ["planning", "coding", "qa", "debugging", "documentation"] as const;

/** What a run is about at a time. */
export type Phase = typeof PHASES[number];

/** Role that acts in a phase where no plugin says otherwise. */
export const PHASE_ROLES: Readonly<Record<Phase, string>> = {
  planning: "reasoning",
  coding: "coding",
  qa: "reasoning",
  debugging: "coding",
  documentation: "analysis",
};
