import type { ToolDeclaration } from "../core/call.ts";
import type { CallPurpose } from "./model_record.ts";

/** A short question whose right answer is one call. */
export interface ProbeCase {
  readonly purpose: CallPurpose;
  readonly system: string;
  readonly tools: readonly ToolDeclaration[];
  readonly message: string;
  /** The call that a person would expect. */
  readonly wanted: { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> };
}

/** Most tokens of the answer to a probe. */
export const PROBE_TOKENS = 120;

const text = (description: string) => ({ type: "string", description, maxLength: 200 });

/**
 * One decision and one step of work, like the ones that runs ask for but shorter: what is to be found out is how a model writes a call,
 * not how well it thinks (the kind of requests of wire/real-model/cases.json).
 */
export const PROBE_CASES: readonly ProbeCase[] = [
  {
    purpose: "decision",
    system:
      "You conduct a crew through the phases planning, coding and qa. Decide the next step with exactly one tool call.",
    tools: [
      {
        name: "change_phase",
        describes: "Changes the phase of the run.",
        parameters: {
          type: "object",
          properties: {
            phase: { type: "string", enum: ["planning", "coding", "qa"], description: "The phase to go to." },
            reason: text("Why, in one sentence."),
          },
          required: ["phase", "reason"],
        },
      },
      {
        name: "continue_current_phase",
        describes: "Does the work of the present phase.",
        parameters: { type: "object", properties: { reason: text("Why, in one sentence.") }, required: ["reason"] },
      },
    ],
    message:
      "Phase: planning. The plan is made, planning has no work left. Phases with work: coding. What is the next step?",
    wanted: { name: "change_phase", arguments: { phase: "coding" } },
  },
  {
    purpose: "work",
    system: "You are the coding specialist of a crew. Act through the tools, one step at a time.",
    tools: [
      {
        name: "read_file",
        describes: "Reads a text file of the project.",
        parameters: {
          type: "object",
          properties: { path: text("The file, relative to the project.") },
          required: ["path"],
        },
      },
      {
        name: "search_code",
        describes: "Searches the project's files for a text.",
        parameters: { type: "object", properties: { pattern: text("What is searched for.") }, required: ["pattern"] },
      },
      {
        name: "finish_task",
        describes: "Ends the task when it is done.",
        parameters: { type: "object", properties: { summary: text("What was done.") }, required: ["summary"] },
      },
    ],
    message: "Begin by reading the file src/duration.js.",
    wanted: { name: "read_file", arguments: { path: "src/duration.js" } },
  },
];
