import type { FlagParametersForType } from "@stricli/core";
import { type Way, WAYS } from "../kernel/call.ts";
import { TALK, type Talk } from "../features/run/talk.ts";
import { parametersIn } from "../features/threads/model_size.ts";
import type { Overrides } from "./config.ts";
import type { CliContext } from "./context.ts";
import { type Mode, MODES } from "./mode.ts";

/** A host as a flag names it. */
export interface HostFlag {
  /** null where only an address was given. */
  readonly name: string | null;
  readonly url: string;
}

/** A model as a flag names it; role null for every role. */
export interface ModelFlag {
  readonly role: string | null;
  readonly model: string;
}

/** A way of calling as a flag names it. */
export interface WayFlag {
  readonly role: string;
  readonly way: Way;
}

/** Flags that say where and with what a crew works. */
export interface CrewFlags {
  readonly project?: string;
  readonly host?: readonly HostFlag[];
  readonly model?: readonly ModelFlag[];
  readonly way?: readonly WayFlag[];
  readonly config?: string;
  readonly trust: boolean;
}

/** Flags that say how far a run may go. */
export interface BoundFlags {
  readonly mode?: Mode;
  readonly maxTurns?: number;
  readonly maxTokens?: number;
  readonly timeout?: number;
  readonly allow?: readonly string[];
}

/** Flags that say where accepted work is committed. */
export interface GitFlags {
  readonly commit?: boolean;
  readonly branch?: string;
}

/** Flags that say what becomes of accepted work. */
export interface EndFlags extends GitFlags {
  /** Whether the yes to new tests is given ahead. */
  readonly acceptTests: boolean;
}

/** Flags that say how a run is shown. */
export interface ShowFlags {
  readonly headless: boolean;
  readonly json: boolean;
  readonly color: boolean;
  /** Name of the screen's colours; absent: as configured. */
  readonly theme?: string;
  /** Whether lines of text are told and heard in place of the screen. */
  readonly screenReader: boolean;
}

/** Flags that say how messages between models go. */
export interface MessageFlags {
  /** Whether each message waits from the start until the person passes it. */
  readonly step: boolean;
  /** Whether models talk beside the work; absent: as what is remembered of the arbiter's model says. */
  readonly talk?: Talk;
}

const NAMED = /^([a-z][a-z0-9_]*)=(.+)$/s;

/** Reads `NAME=URL` or `URL`. */
export function parseHost(text: string): HostFlag {
  const [, name = null, url = text] = /^([A-Za-z0-9][A-Za-z0-9_.-]*)=(.+)$/s.exec(text) ?? [];
  // What stands before an equals sign and is neither a name nor part of an address was meant as a name.
  if (url.trim() === "" || name === null && /^[^:/]*=/.test(text)) {
    throw new Error("wanted NAME=URL or URL, such as fast=http://127.0.0.1:11434");
  }
  return { name, url };
}

/** Reads `ROLE=NAME[@HOST]` or `NAME[@HOST]`. */
export function parseModel(text: string): ModelFlag {
  if (text.trim() === "" || text.endsWith("=")) {
    throw new Error("wanted ROLE=NAME[@HOST] or NAME[@HOST], such as coding=qwen2.5-coder:7b@fast");
  }
  const [, role = null, model = text] = NAMED.exec(text) ?? [];
  return { role, model };
}

/** Reads `ROLE=WAY`. */
export function parseWay(text: string): WayFlag {
  const [, role, word] = NAMED.exec(text) ?? [];
  const way = WAYS.find((one) => one === word);
  if (role === undefined || way === undefined) {
    throw new Error(`wanted ROLE=WAY with one of the ways ${WAYS.join(", ")}, such as coding=prompted`);
  }
  return { role, way };
}

/** Reads a whole number from 1. */
export function parseCount(text: string): number {
  if (!/^[1-9][0-9_]*$/.test(text)) throw new Error("wanted a whole number of 1 or more");
  const count = Number(text.replaceAll("_", ""));
  if (!Number.isSafeInteger(count)) throw new Error("the number is too large");
  return count;
}

/** Reads a time such as `90`, `45s`, `30m` or `1h30m`; gives milliseconds. */
export function parseTime(text: string): number {
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(text.trim());
  const [hours, minutes, seconds] = [match?.[1], match?.[2], match?.[3]].map((part) => Number(part ?? 0));
  const total = ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1000;
  if (match === null || total === 0 || !Number.isSafeInteger(total)) {
    throw new Error("wanted a time such as 90 (seconds), 30m, 1h or 1h30m");
  }
  return total;
}

/** Reads a size such as `7b`, `0.5b`, `135m` or `32`; gives billions of parameters. */
export function parseModelSize(text: string): number {
  const size = parametersIn(/[bmk]$/i.test(text) ? text : `${text}b`);
  if (size === null) throw new Error("wanted the parameters of a model, such as 7b, 0.5b or 135m");
  return size;
}

/** Reads a factor of speed. */
export function parsePace(text: string): number {
  const pace = Number(text);
  if (text.trim() === "" || !Number.isFinite(pace) || pace < 0) throw new Error("wanted a number of 0 or more");
  return pace;
}

/**
 * Defines a flag that is on where it is given, and has no negation.
 *
 * @param brief what it does, for `--help`
 * @returns the definition
 */
export function onFlag(brief: string) {
  return { kind: "boolean", default: false, withNegated: false, brief } as const;
}

/**
 * Defines a flag with a text, which may be left out.
 *
 * @param placeholder what stands for the text in `--help`
 * @param brief what it does, for `--help`
 * @returns the definition
 */
export function textFlag(placeholder: string, brief: string) {
  return { kind: "parsed", parse: String, optional: true, placeholder, brief } as const;
}

/** Definition of the flag of commands whose output programs read. */
export const JSON_FLAG = onFlag("JSON lines");

/** Definition of {@link CrewFlags}. */
export const CREW_FLAGS: FlagParametersForType<CrewFlags, CliContext> = {
  project: textFlag("DIR", "Folder to work in; the current one by default"),
  host: {
    kind: "parsed",
    parse: parseHost,
    optional: true,
    variadic: true,
    placeholder: "NAME=URL",
    brief: "Model server as NAME=URL, repeatable; replaces the configured ones",
  },
  model: {
    kind: "parsed",
    parse: parseModel,
    optional: true,
    variadic: true,
    placeholder: "[ROLE=]NAME[@HOST]",
    brief: "Model as ROLE=MODEL[@HOST], or as MODEL[@HOST] for every role; repeatable",
  },
  way: {
    kind: "parsed",
    parse: parseWay,
    optional: true,
    variadic: true,
    placeholder: "ROLE=WAY",
    brief: "Way of calling as ROLE=WAY: constrained, native or prompted; repeatable",
  },
  config: textFlag("FILE", "Configuration to read in place of the user's"),
  trust: onFlag("Trust this project as it stands now, from now on: its checks, commands and plugins may run"),
};

/** Definition of {@link CrewFlags} for a command that only looks. */
export const LOOK_FLAGS: FlagParametersForType<CrewFlags, CliContext> = {
  ...CREW_FLAGS,
  trust: onFlag("Look as if this project were trusted, this once; a run with --trust notes it"),
};

/** Definition of {@link BoundFlags}. */
export const BOUND_FLAGS: FlagParametersForType<BoundFlags, CliContext> = {
  mode: {
    kind: "enum",
    values: MODES,
    optional: true,
    brief: "Whether the arbiter decides, watches, or leaves it to the rules",
  },
  maxTurns: { kind: "parsed", parse: parseCount, optional: true, placeholder: "N", brief: "Most asks of models" },
  maxTokens: { kind: "parsed", parse: parseCount, optional: true, placeholder: "N", brief: "Most tokens" },
  timeout: {
    kind: "parsed",
    parse: parseTime,
    optional: true,
    placeholder: "TIME",
    brief: "Most time, such as 30m or 1h",
  },
  allow: {
    kind: "parsed",
    parse: String,
    optional: true,
    variadic: true,
    placeholder: "COMMAND",
    brief: 'Command that may run without a question, such as "npm run build"; repeatable',
  },
};

/** Definition of {@link GitFlags}. */
export const GIT_FLAGS: FlagParametersForType<GitFlags, CliContext> = {
  commit: {
    kind: "boolean",
    optional: true,
    brief: "Commit accepted work at the end, a commit for each task, on a branch of its own",
  },
  branch: textFlag("NAME", "New branch for these commits; implies --commit"),
};

/** Definition of {@link EndFlags}. */
export const END_FLAGS: FlagParametersForType<EndFlags, CliContext> = {
  acceptTests: onFlag("Say yes ahead to new tests that fail on the old code and pass on the new"),
  ...GIT_FLAGS,
};

/** Definition of {@link ShowFlags}. */
export const SHOW_FLAGS: FlagParametersForType<ShowFlags, CliContext> = {
  headless: onFlag("No screen: progress on stderr, the result on stdout"),
  json: onFlag("JSON lines on stdout; implies --headless"),
  color: { kind: "boolean", default: true, brief: "Colours on the screen" },
  theme: textFlag("NAME", "Colours of the screen: terminal, light, dark, or a theme of your own"),
  screenReader: onFlag("Lines of text in place of the screen, answered by lines that you type"),
};

/** Definition of {@link MessageFlags}. */
export const MESSAGE_FLAGS: FlagParametersForType<MessageFlags, CliContext> = {
  step: onFlag("Begin with the gate shut: each message waits on the screen until you pass it (H opens the gate)"),
  talk: {
    kind: "enum",
    values: TALK,
    optional: true,
    brief:
      "on: the arbiter reviews the answers to its questions, too, and may ask one back; off: specialists neither ask nor write to each other; by default they do, and answers are reviewed where that helped the arbiter's model before",
  },
};

/**
 * Turns flags into what they say over the configuration.
 *
 * @param flags flags of a command
 * @returns hosts, models, ways and bounds
 */
export function overridesOf(flags: CrewFlags & Partial<BoundFlags> & GitFlags): Overrides {
  const hosts = namedHosts(flags.host ?? []);
  return {
    ...(flags.host === undefined ? {} : { hosts }),
    models: Object.fromEntries((flags.model ?? []).map(({ role, model }) => [role ?? "*", model])),
    ways: Object.fromEntries((flags.way ?? []).map(({ role, way }) => [role, way])),
    mode: flags.mode,
    turns: flags.maxTurns,
    tokens: flags.maxTokens,
    wallMs: flags.timeout,
    allow: flags.allow,
    commit: flags.commit,
    branch: flags.branch,
    file: flags.config,
  };
}

/** Hosts without a name are called `local`, `local2` and so on. */
function namedHosts(flags: readonly HostFlag[]): Record<string, string> {
  const hosts: Record<string, string> = {};
  let unnamed = 0;
  for (const { name, url } of flags) {
    if (name === null) unnamed += 1;
    hosts[name ?? (unnamed === 1 ? "local" : `local${unnamed}`)] = url;
  }
  return hosts;
}
