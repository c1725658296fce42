import type { Ability } from "../features/ability.ts";
import type { ToolDeclaration } from "../kernel/call.ts";
import type { EditForm } from "./model_record.ts";

/** A short question whose right answer is one call. */
export interface ProbeCase {
  readonly purpose: Ability;
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

/** A short edit whose right result is one text. */
export interface EditProbe {
  readonly form: EditForm;
  /** What is said after the file and the task. */
  readonly ask: string;
  /** Tool whose call holds the text, for the forms in JSON; null where the text is asked for alone. */
  readonly tool: ToolDeclaration | null;
}

/** The file that edits are tried on. */
export const EDIT_FILE = {
  path: "greet.js",
  text: 'export function greet(name) {\n  return "Hello, " + name;\n}\n',
  wanted: 'export function greet(name) {\n  return "Goodbye, " + name;\n}\n',
  /** The line that a part of it replaces. */
  old: '  return "Hello, " + name;',
  task: "Make greet say Goodbye in place of Hello. Change nothing else.",
};

const path = text("The file, relative to the project.");
const FENCED = "Answer with one fenced block (```) and nothing else.";

/** The same small edit in each form that a run may ask for; a function of its own file is the whole file. */
export const EDIT_PROBES: readonly EditProbe[] = [
  {
    form: "whole text",
    ask:
      `Now write the complete content of ${EDIT_FILE.path}, from its first line to its last, with nothing left out. ${FENCED}`,
    tool: null,
  },
  {
    form: "replace text",
    ask:
      `The old text is \`${EDIT_FILE.old}\`.\nNow write the text that replaces the old text of ${EDIT_FILE.path}. ${FENCED}`,
    tool: null,
  },
  {
    form: "whole json",
    ask: "Make the change with one call of rewrite_file.",
    tool: {
      name: "rewrite_file",
      describes: "Replaces the whole text of a file.",
      parameters: {
        type: "object",
        properties: { path, content: { type: "string", description: "The whole new text.", maxLength: 400 } },
        required: ["path", "content"],
      },
    },
  },
  {
    form: "replace json",
    ask: "Make the change with one call of edit_file.",
    tool: {
      name: "edit_file",
      describes: "Replaces one part of a file.",
      parameters: {
        type: "object",
        properties: {
          path,
          old_text: { type: "string", description: "Whole lines of the file as they are now.", maxLength: 400 },
          new_text: { type: "string", description: "The text that takes their place.", maxLength: 400 },
        },
        required: ["path", "old_text", "new_text"],
      },
    },
  },
];

/**
 * Tells whether an edit is the one that was wanted.
 *
 * @param form form that it was asked for in
 * @param written the text, or the arguments of the call
 * @returns whether the file would read as wanted; white space at its end is no difference
 */
export function isWantedEdit(form: EditForm, written: string | Readonly<Record<string, unknown>>): boolean {
  const same = (result: string) => result.trimEnd() === EDIT_FILE.wanted.trimEnd();
  if (typeof written === "string") {
    return same(form === "whole text" ? written : EDIT_FILE.text.replace(EDIT_FILE.old, () => written.trimEnd()));
  }
  if (form === "whole json") return same(String(written.content));
  const old = String(written.old_text);
  return old !== "" && EDIT_FILE.text.includes(old) &&
    same(EDIT_FILE.text.replace(old, () => String(written.new_text)));
}
