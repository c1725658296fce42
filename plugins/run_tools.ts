import * as z from "zod";
import {
  type CheckReport,
  type CommandResult,
  definePlugin,
  defineTool,
  ToolError,
  wordsOf,
} from "../src/plugin/mod.ts";

/** Most characters of a result. */
const MOST_CHARACTERS = 16_000;
/** Seconds that a command has where the call does not say. */
const USUAL_SECONDS = 120;
const MOST_SECONDS = 600;

const runCommand = defineTool({
  name: "run_command",
  describes:
    "Runs one program in the project and shows its output. There is no shell: no pipes, no &&, no redirection.",
  input: z.object({
    command: z.union([z.array(z.string()).min(1), z.string().trim().min(1)])
      .describe('The program and its arguments, such as ["npm", "test"].')
      .superRefine((command, context) => {
        const message = commandFault(command);
        if (message !== null) context.addIssue({ code: "custom", message });
      })
      .transform(wordsOf),
    timeout_seconds: z.int().min(1).max(MOST_SECONDS).optional().describe(
      `Time it has; ${USUAL_SECONDS} if not given.`,
    ),
  }),
  access: "runs",
  traits: { byWorkspace: true },
  async run({ command, timeout_seconds }, { workspace, signal, report }) {
    const seconds = timeout_seconds ?? USUAL_SECONDS;
    report(`running ${command.join(" ")}`);
    const result = await workspace.run(command, { timeoutMs: seconds * 1000, signal });
    return `${endingOf(result, seconds)}\n${outputOf(result)}`;
  },
});

const runChecks = defineTool({
  name: "run_checks",
  describes: "Runs the project's tests and other checks and shows what fails.",
  input: z.object({ reason: z.string().describe("Why the checks are wanted now, in a few words.") }),
  access: "runs",
  traits: { checks: true },
  async run(_input, { workspace, signal, report }) {
    report("running the checks");
    return checksText(await workspace.check(signal));
  },
});

/** What a shell would do with a command and nobody does here, as a sentence; null where there is nothing. */
function commandFault(command: string | readonly string[]): string | null {
  const [program = ""] = wordsOf(command);
  if (program.trim() === "") return "the first item must be the name of a program";
  const line = typeof command === "string" ? command : command.length === 1 ? command[0] ?? "" : "";
  const outside = line.replaceAll(/\\.|"(?:[^"\\]|\\.)*"|'[^']*'/g, "");
  const operator = /[|&;<>`]/.exec(outside)?.[0];
  if (operator !== undefined) {
    return `"${operator}" needs a shell, and there is none; give one program with its arguments, and one call for each program`;
  }
  const quote = /["']/.exec(outside)?.[0];
  return quote === undefined ? null : `the quotation mark ${quote} is not closed`;
}

function endingOf(result: CommandResult, bound: number): string {
  if (result.timedOut) {
    return `Stopped after ${bound} s, because it had not ended. Give it more timeout_seconds or do less.`;
  }
  const took = `${result.seconds.toFixed(1)} s`;
  return result.signal === null
    ? `Exit code ${result.code ?? "unknown"} after ${took}.`
    : `Ended by ${result.signal} after ${took}.`;
}

function outputOf(result: CommandResult): string {
  if (result.output.trim() === "") return "(no output)";
  const { text, cut } = bounded(result.output);
  const missing = result.cut + cut;
  return missing === 0
    ? text
    : `${text}\n(${missing} characters of the output were cut from its middle; run less to see all.)`;
}

function checksText(report: CheckReport): string {
  if (report.results.length === 0) {
    if (report.commands.length > 0) throw new ToolError(`The checks gave no result.\n${bounded(report.output).text}`);
    return "The project has no checks.";
  }
  const failing = report.results.filter(({ passed }) => !passed);
  const head = `${report.results.length - failing.length} of ${report.results.length} checks pass (${
    report.commands.join("; ")
  }).`;
  if (failing.length === 0) return head;
  const details = failing.map(({ name, evidence }) => `FAILS ${name}${evidence === "" ? "" : `\n${evidence}`}`).join(
    "\n\n",
  );
  const { text, cut } = bounded(details);
  const note = cut === 0
    ? ""
    : `\n(${cut} characters about failing checks were cut; run one check by run_command to see it whole.)`;
  return `${head}\n\n${text}${note}`;
}

/** Two thirds from the beginning of a text, one third from its end. */
function bounded(text: string): { readonly text: string; readonly cut: number } {
  if (text.length <= MOST_CHARACTERS) return { text, cut: 0 };
  const head = Math.ceil(MOST_CHARACTERS * 2 / 3);
  const tail = MOST_CHARACTERS - head;
  return { text: `${text.slice(0, head)}\n…\n${text.slice(-tail)}`, cut: text.length - MOST_CHARACTERS };
}

/** Tools that start processes. */
export default definePlugin({ name: "run_tools", tools: [runCommand, runChecks] });
