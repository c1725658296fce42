import * as z from "zod";
import { type JsonSchema, WAYS } from "../kernel/call.ts";
import { type Bounds, DEFAULT_BOUNDS } from "../features/bounds.ts";
import { BUILT_IN_HOSTS } from "../fleet/host_kinds.ts";
import { command, headersFrom, variable, words } from "../plugin/field_shapes.ts";
import { NamedServerShape } from "../plugin/named_server.ts";
import { NAME } from "../plugin/shape.ts";
import { TIERS } from "../work/sandbox/tier.ts";
import { MODES } from "./mode.ts";

// The descriptions are what editors show beside a key: `autonomy config --schema` prints them.

const count = z.int().min(1);
/** null lifts a limit that another place sets. */
const limit = count.nullable().optional();

const LimitsFile = z.strictObject({
  tokens: limit.describe("Tokens of prompts and answers together; null: no limit."),
  turns: limit.describe("Asks of models; null: no limit."),
  seconds: limit.describe("Wall time in seconds; null: no limit."),
});

const HostFile = z.strictObject({
  url: words.describe("Address of the server, such as http://127.0.0.1:11434 or https://lab.example/v1."),
  kind: z.string().regex(NAME, "must be lower case letters, digits and _, beginning with a letter").optional().describe(
    `What the server speaks: ${BUILT_IN_HOSTS.join(", ")}, or a kind of a plugin; found by asking it where absent.`,
  ),
  slots: count.max(64).optional().describe(
    "Requests that it serves at the same time; asked of the server where absent, else 1.",
  ),
  memory: z.number().positive().max(100_000).optional().describe(
    "Gigabytes that it has for models; absent: as much as it was seen to hold at once.",
  ),
  key_variable: variable.optional().describe(
    "Environment variable that holds the server's key. The key itself stands in no file.",
  ),
  headers_from: headersFrom.optional().describe(
    "Headers of each request, such as X-Api-Key, by the environment variables that hold their values.",
  ),
  ca: words.optional().describe(
    "File with certificates (PEM) that the server's own may be signed by, absolute or as seen from this file: for self-signed ones.",
  ),
  include: z.array(words).min(1).optional().describe(
    "Models of the server that are used, as patterns in which * stands for any text, such as qwen*; absent: all.",
  ),
  exclude: z.array(words).min(1).optional().describe(
    "Models of the server that are not used, as patterns in which * stands for any text.",
  ),
});

const RoleFile = z.strictObject({
  models: z.array(words).min(1).optional().describe(
    "Models in order of preference, NAME or NAME@HOST. The first that a host has is taken.",
  ),
  host: words.optional().describe("Name of the host that the role prefers."),
  window: z.int().min(512).max(16_777_216).optional().describe("Context window in tokens."),
  temperature: z.number().min(0).max(2).optional().describe("Temperature of its asks."),
  way: z.enum(WAYS).optional().describe(
    "How its model calls tools: constrained (a schema holds the reply), native (the server's own tool calling) or prompted " +
      "(text that is read). Where absent, what is remembered of the model and known of its family decides.",
  ),
  tools: z.array(words).optional().describe(
    "Tools that it has beside its own, by name, such as one of a plugin. A project's file is asked for these once it is trusted.",
  ),
  limits: LimitsFile.optional().describe("Limits of this role alone; what is absent has no limit."),
});

const CheckFile = z.strictObject({
  name: words.describe("Name of the check, as it is shown."),
  command: command.describe("Command as one line or as a list of its words; no shell reads it."),
  seconds: count.optional().describe("Longest time of one run of it, in seconds."),
  folder: z.string().regex(/^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))./, "must be a folder of the project, such as frontend")
    .optional()
    .describe("Folder of the project that it is run in; the project's own where absent."),
});

const SandboxFile = z.strictObject({
  tier: z.enum(["auto", ...TIERS]).optional().meta({
    description:
      "auto: the strongest that works here; else that one, and the next weaker one where it does not work; none: commands and " +
      "checks run with all your rights. `autonomy doctor` says what works and what it holds.",
    default: "auto",
  }),
  network: z.boolean().optional().meta({
    description: "Whether commands and checks reach the network; without it they have a loopback of their own.",
    default: false,
  }),
  write: z.array(z.string().regex(/^(?:~?\/)/, "must be an absolute path, or one that begins with ~/")).optional()
    .describe(
      "Further folders and files that commands and checks may write, each absolute or from ~/.",
    ),
  copies: z.boolean().optional().meta({
    description:
      "Whether attempts work in copies of the project, enclosed; false: in the project itself, with all your rights.",
    default: true,
  }),
});

const GitFile = z.strictObject({
  commit: z.boolean().optional().meta({
    description:
      "Whether accepted work is committed at the end of a run, a commit for each task, on a branch of its own; never on yours.",
    default: false,
  }),
  branch: words.optional().describe(
    "Name of that branch; {goal} stands for words of the goal, {run} for the end of the run's id. Absent: autonomy/{goal}-{run}.",
  ),
});

const called = (description: string) => z.boolean().optional().meta({ description, default: true });

const AttentionFile = z.strictObject({
  bell: called("Whether the terminal's bell sounds."),
  notify: called(
    "Whether terminals that can (iTerm2, WezTerm, kitty, Ghostty and others) show a notification (OSC 9).",
  ),
  title: called(
    "Whether the title of the terminal says what the run waits for; at the end the terminal has its own again.",
  ),
});

const BOUNDS: Readonly<Record<keyof Bounds, string>> = {
  attempts: "Attempts at a task within one decision.",
  steps: "Asks of a model in one turn.",
  repeats: "Times that the same decision may be made while nothing has changed.",
  stale: "Turns of the arbiter without progress before the rules drive.",
  plans: "Plans of a run.",
  tasks: "Tasks of a run.",
  reviews: "Reviews of a run.",
  depth: "Depth to which specialists may ask each other.",
  tries: "Tries of an ask whose host or model failed.",
  seats: "Attempts at work at the same time, as far as hosts have slots.",
};
const boundNames = Object.keys(BOUNDS) as (keyof Bounds)[];
const bound = (name: keyof Bounds) =>
  [name, count.optional().meta({ description: BOUNDS[name], default: DEFAULT_BOUNDS[name] })] as const;

/** A configuration file, `config.jsonc`. */
export const ConfigFile = z.strictObject({
  $schema: z.string().optional().describe("Where an editor finds this schema; the program does not read it."),
  hosts: z.record(
    z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, "must be letters, digits, and - _ . inside"),
    HostFile.describe("A model server."),
  ).optional().describe(
    "Model servers by a name of your choice. Without any, OLLAMA_HOST or http://127.0.0.1:11434 is the one host.",
  ),
  roles: z.record(z.string(), RoleFile.describe("What goes before what the role's plugin says.")).optional().describe(
    "Roles by name: arbiter, coding, reasoning, analysis, interpreter, or one of a plugin.",
  ),
  checks: z.array(CheckFile.describe("A check.")).optional().describe(
    "Commands that judge the work, in place of those that are found in the project.",
  ),
  allow: z.array(command).optional().describe(
    "Commands that run without asking, each as one line or as a list of its words. A command is free when it begins with these words and none behind them brings code, settings or a program of its own.",
  ),
  limits: LimitsFile.optional().describe("Limits of a run, which ends when it reaches one."),
  bounds: z.strictObject(
    Object.fromEntries(boundNames.map(bound)) as Record<keyof Bounds, z.ZodOptional<z.ZodInt>>,
  ).optional().describe("Numbers that keep a run finite."),
  mode: z.enum(MODES).optional().describe(
    "What the arbiter does: driver decides every step; observer leaves them to the rules until you write to it or a step fails; off: rules only.",
  ),
  sandbox: SandboxFile.optional().describe("What encloses the commands of models and the project's checks."),
  git: GitFile.optional().describe("What becomes of accepted work in version control."),
  screen_reader: z.boolean().optional().meta({
    description:
      "Whether runs are told in lines of text and answered by lines that you type, in place of the screen, as by --screen-reader. Read from your own file alone.",
    default: false,
  }),
  theme: z.string().regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
    "must be terminal, light, dark, or the name of a file of themes/ beside this one, without .jsonc",
  ).optional().meta({
    description:
      "Colours of the screen: terminal (the terminal's own, for light and dark grounds), light, dark, or the name of a file of themes/ beside this one. Read from your own file alone; where it names one when the screen opens, again when it or the theme's file is saved.",
    default: "terminal",
  }),
  attention: AttentionFile.optional().describe(
    "How you are called while you look elsewhere: when you are needed, when the run ends, and when no host answers. On the screen alone, and once for each cause.",
  ),
  settings: z.record(
    z.string(),
    z.record(z.string(), z.unknown().describe("A setting.")).describe("Settings of the plugin, as it declares them."),
  ).optional().describe("Settings of plugins, each plugin's by its name."),
  mcp: z.record(
    z.string().regex(NAME, "must be lower case letters, digits and _, beginning with a letter"),
    NamedServerShape.describe("An MCP server."),
  ).optional().describe(
    "MCP servers by a name of your choice. A role has the tools of one where `mcp:NAME` stands among its tools.",
  ),
  plugins: z.array(words).optional().describe("Further folders with plugins, absolute or as seen from this file."),
}).meta({
  title: "Configuration of Autonomy",
  description: "A config.jsonc of Autonomy: JSON with comments and trailing commas.",
});

/** A configuration file, `config.jsonc`. */
export type ConfigFile = z.infer<typeof ConfigFile>;
/** A host as a configuration file names it. */
export type HostFile = z.infer<typeof HostFile>;
/** Limits as a configuration file names them. */
export type LimitsFile = z.infer<typeof LimitsFile>;

/**
 * Gives the form of a configuration file as editors read it.
 *
 * @param settings schemas of the settings of plugins that are known, by name; those of others may be anything
 * @returns JSON Schema, draft 2020-12, with a description for every key
 */
export function configJsonSchema(settings: Readonly<Record<string, JsonSchema>> = {}): z.core.JSONSchema.BaseSchema {
  const schema = z.toJSONSchema(ConfigFile, { io: "input" });
  const own = schema.properties?.settings;
  if (typeof own !== "object" || Object.keys(settings).length === 0) return schema;
  return { ...schema, properties: { ...schema.properties, settings: { ...own, properties: settings } } };
}
