import { type Application, buildApplication, buildCommand, buildRouteMap } from "@stricli/core";
import { appText } from "./app_text.ts";
import { exitOfError } from "./command_error.ts";
import type { CliContext } from "./context.ts";
import { MCP_ROUTES } from "./mcp_routes.ts";
import { PLUGIN_ROUTES } from "./plugin_routes.ts";
import { QUEUE_ROUTES } from "./queue_routes.ts";
import { proposeRuns, STORED_RUN_ROUTES } from "./stored_run_routes.ts";
import {
  BOUND_FLAGS,
  CREW_FLAGS,
  END_FLAGS,
  GIT_FLAGS,
  JSON_FLAG,
  LOOK_FLAGS,
  MESSAGE_FLAGS,
  onFlag,
  parseModelSize,
  parsePace,
  SHOW_FLAGS,
  textFlag,
} from "./run_flags.ts";
import { loadLater } from "./load_later.ts";

const RESUME_FLAGS = {
  continue: onFlag("Go on with the newest run of the project"),
  resume: { ...textFlag("RUN", "Go on with this run; `last` is the newest"), proposeCompletions: proposeRuns },
} as const;
const ALIASES = { C: "project", m: "model" } as const;

// Each command is loaded when it is called: asking for help must not load a screen.
const open = buildCommand({
  loader: () => loadLater<typeof import("./commands/open.ts")>(import.meta.resolve("./commands/open.ts")),
  parameters: {
    flags: {
      ...CREW_FLAGS,
      ...BOUND_FLAGS,
      ...MESSAGE_FLAGS,
      ...END_FLAGS,
      color: SHOW_FLAGS.color,
      theme: SHOW_FLAGS.theme,
      screenReader: SHOW_FLAGS.screenReader,
    },
    aliases: ALIASES,
  },
  docs: { brief: "Open the screen and ask for the goal; the same as no command" },
});

const run = buildCommand({
  loader: () => loadLater<typeof import("./commands/run.ts")>(import.meta.resolve("./commands/run.ts")),
  parameters: {
    flags: {
      ...CREW_FLAGS,
      ...BOUND_FLAGS,
      ...MESSAGE_FLAGS,
      ...END_FLAGS,
      ...SHOW_FLAGS,
      ...RESUME_FLAGS,
      criteria: textFlag("FILE", "What shall be true in the end, a line each; a list in the goal says it as well"),
    },
    aliases: { ...ALIASES, c: "continue", r: "resume" },
    positional: {
      kind: "array",
      parameter: {
        brief: "What is to be done; read from standard input where it is piped",
        parse: String,
        placeholder: "GOAL",
      },
    },
  },
  docs: {
    brief: "Work on a goal",
    fullDescription:
      "Works on a goal in a project until executed checks accept the work; in an empty folder a project is set up first. Without a terminal it runs headless.\n" +
      "Exit codes: 0 accepted, 1 failed, 2 usage, 3 partial, 4 blocked, 5 budget, 6 no host or model, 7 configuration or plugin, 8 stored run, 130 and 143 cancelled.",
  },
});

const rehearse = buildCommand({
  loader: () => loadLater<typeof import("./commands/rehearse.ts")>(import.meta.resolve("./commands/rehearse.ts")),
  parameters: {
    flags: {
      ...MESSAGE_FLAGS,
      ...SHOW_FLAGS,
      serve: onFlag("Only start the two servers and print their addresses"),
      pace: {
        kind: "parsed",
        parse: parsePace,
        default: "1",
        placeholder: "N",
        brief: "Multiplies the delays of the played models; 0 is none",
      },
      keep: textFlag("DIR", "New folder that the sample project is copied to"),
      wish: onFlag("Play a wish that no test stands for: a new test shows it, and you say yes to it"),
      ...END_FLAGS,
      continue: onFlag("Go on with the newest rehearsal"),
      resume: RESUME_FLAGS.resume,
    },
    aliases: { c: "continue", r: "resume" },
  },
  docs: { brief: "Try it without models: two built-in servers, a sample project, real tools" },
});

const doctor = buildCommand({
  loader: () => loadLater<typeof import("./commands/doctor.ts")>(import.meta.resolve("./commands/doctor.ts")),
  parameters: { flags: { ...LOOK_FLAGS, json: JSON_FLAG }, aliases: ALIASES },
  docs: { brief: "Look at hosts, models, checks, configuration and this terminal" },
});

const hosts = buildCommand({
  loader: () => loadLater<typeof import("./commands/hosts.ts")>(import.meta.resolve("./commands/hosts.ts")),
  parameters: { flags: { ...LOOK_FLAGS, json: JSON_FLAG }, aliases: ALIASES },
  docs: { brief: "List the model servers and what they hold" },
});

const models = buildCommand({
  loader: () => loadLater<typeof import("./commands/models.ts")>(import.meta.resolve("./commands/models.ts")),
  parameters: {
    flags: {
      ...LOOK_FLAGS,
      json: JSON_FLAG,
      probe: onFlag("Ask each model a few short questions to find how it calls best, and remember it"),
    },
    aliases: ALIASES,
    positional: {
      kind: "tuple",
      parameters: [{ brief: "Only this model", parse: String, placeholder: "MODEL", optional: true }],
    },
  },
  docs: { brief: "List the models of all hosts, the roles that use them, how they are called and why" },
});

const trust = buildCommand({
  loader: () => loadLater<typeof import("./commands/trust.ts")>(import.meta.resolve("./commands/trust.ts")),
  parameters: {
    flags: {
      project: LOOK_FLAGS.project,
      full: onFlag("Show all of each file that waits for a yes"),
      yes: onFlag("Say yes to what stands there now, without a question"),
      revoke: onFlag("Take the trust back; the next run asks"),
      json: JSON_FLAG,
    },
    aliases: { C: "project" },
  },
  docs: {
    brief: "Show what of this project is trusted and what changed, and say yes to it",
    fullDescription:
      "A project is trusted with the files of its .autonomy/ and .agents/ as they were looked at. What is new or changed there is not used until a yes.\n" +
      "Examples: autonomy trust; autonomy trust --full; autonomy trust --yes; autonomy trust --revoke.\n" +
      "Exit codes: 0 trusted as it stands, 2 no such project, 4 something waits for a yes, 8 the list of trusted projects cannot be read or written.",
  },
});

const prompt = buildCommand({
  loader: () => loadLater<typeof import("./commands/prompt.ts")>(import.meta.resolve("./commands/prompt.ts")),
  parameters: {
    flags: {
      project: LOOK_FLAGS.project,
      config: LOOK_FLAGS.config,
      way: LOOK_FLAGS.way,
      task: {
        kind: "parsed",
        parse: String,
        default: "Make the failing tests of this project pass.",
        placeholder: "TEXT",
        brief: "What is to be done; a file that it names is the task's own",
      },
      phase: {
        kind: "parsed",
        parse: String,
        optional: true,
        placeholder: "PHASE",
        brief: "Phase that the role acts in",
      },
      modelSize: {
        kind: "parsed",
        parse: parseModelSize,
        optional: true,
        placeholder: "SIZE",
        brief: "Parameters of the model, such as 7b; of the role's first model by default",
      },
      checks: onFlag("Execute the project's checks first"),
      trust: LOOK_FLAGS.trust,
      json: JSON_FLAG,
    },
    aliases: { C: "project" },
    positional: {
      kind: "tuple",
      parameters: [{ brief: "arbiter, coding, reasoning or another role", parse: String, placeholder: "ROLE" }],
    },
  },
  docs: { brief: "Print what a role would be sent, with the tokens of each part" },
});

const config = buildCommand({
  loader: () => loadLater<typeof import("./commands/config.ts")>(import.meta.resolve("./commands/config.ts")),
  parameters: {
    flags: {
      ...LOOK_FLAGS,
      ...BOUND_FLAGS,
      ...GIT_FLAGS,
      json: JSON_FLAG,
      schema: onFlag("Print the JSON Schema of config.jsonc, which editors check it by"),
    },
    aliases: ALIASES,
  },
  docs: { brief: "Print every configured value and where it comes from, or the schema of the file" },
});

const keys = buildCommand({
  loader: () => loadLater<typeof import("./commands/keys.ts")>(import.meta.resolve("./commands/keys.ts")),
  parameters: { flags: { json: JSON_FLAG } },
  docs: {
    brief: "List every action of the screen, its keys and where they come from; say what is wrong in keys.jsonc",
    fullDescription:
      "Lists what keys do, by the names under which keys.jsonc in the configuration folder binds others to it.\n" +
      "Exit codes: 0 as listed, 7 keys.jsonc is wrong, with each place.",
  },
});

const completions = buildCommand({
  loader: () => loadLater<typeof import("./commands/completions.ts")>(import.meta.resolve("./commands/completions.ts")),
  parameters: {
    positional: { kind: "tuple", parameters: [{ brief: "bash, zsh or fish", parse: String, placeholder: "SHELL" }] },
  },
  docs: { brief: "Print the completion script of a shell" },
});

const version = buildCommand({
  func(this: CliContext) {
    this.stdout.write(`${this.version}\n`);
  },
  parameters: {},
  docs: { brief: "Print the version" },
});

/** Called by the completion scripts: the words so far, the last one unfinished. */
const complete = buildCommand({
  async func(this: CliContext, _flags: Record<never, never>, ...words: string[]) {
    const { proposeCompletions } = await import("@stricli/core");
    for (const { completion } of await proposeCompletions(commandLine(this.version, false), words, this)) {
      this.stdout.write(`${completion}\n`);
    }
  },
  parameters: {
    positional: { kind: "array", parameter: { brief: "Words so far", parse: String, placeholder: "WORD" } },
  },
  docs: { brief: "Propose completions" },
});

/**
 * Builds the command line.
 *
 * @param current version of this program
 * @param debug whether errors are shown with their stack
 * @returns the application
 */
export function commandLine(current: string, debug: boolean): Application<CliContext> {
  const routes = buildRouteMap({
    routes: {
      open,
      run,
      rehearse,
      doctor,
      hosts,
      models,
      ...STORED_RUN_ROUTES,
      queue: QUEUE_ROUTES,
      plugins: PLUGIN_ROUTES,
      mcp: MCP_ROUTES,
      trust,
      prompt,
      config,
      keys,
      completions,
      version,
      complete,
    },
    docs: {
      brief: "Autonomy: mission control for a crew of local models",
      fullDescription:
        "Give it a project and a goal; an arbiter conducts specialists over your hosts; executed checks decide. Without a command it opens the screen.",
      hideRoute: { complete: true },
    },
  });
  return buildApplication(routes, {
    name: "autonomy",
    versionInfo: { currentVersion: current },
    scanner: { caseStyle: "allow-kebab-for-camel", allowArgumentEscapeSequence: true },
    documentation: { caseStyle: "convert-camel-to-kebab", disableAnsiColor: true, onlyRequiredInUsageLine: true },
    determineExitCode: exitOfError,
    localization: { text: appText(debug) },
  });
}
