import { type Bounds, DEFAULT_BOUNDS } from "../features/bounds.ts";
import type { Limits } from "../kernel/limits.ts";
import { dirname, isAbsolute, join } from "node:path";
import type { Way } from "../kernel/call.ts";
import { wordsOf } from "../features/words_of.ts";
import type { FleetHost } from "../fleet/watched_host.ts";
import type { ConfiguredCheck } from "../languages/runner.ts";
import { type AttentionWays, attentionWays } from "./attention_ways.ts";
import { configuredCheck } from "./configured_check.ts";
import { mustBeRight, type ReadConfig, readConfigFile } from "./config_file.ts";
import type { ConfigFile, HostFile, LimitsFile } from "./config_schema.ts";
import { type GitSettings, gitSettings } from "./git_settings.ts";
import { serversOf } from "./mcp_settings.ts";
import type { ServerSetting } from "../mcp/server_setting.ts";
import type { Mode } from "./mode.ts";
import { ollamaAddress } from "./ollama_address.ts";
import { CONFIG_FILE, userConfig } from "./places.ts";
import { type PluginSettings, pluginSettings } from "./plugin_settings.ts";
import type { Setting } from "./setting.ts";
import { type SandboxSettings, sandboxSettings } from "./sandbox_settings.ts";
import { untrustedConfig } from "./untrusted_config.ts";

/** A host as the run uses it. */
export type HostSetting = Omit<FleetHost, "name">;

/** What is configured of a role, over what its plugin says. */
export interface RoleSettings {
  readonly models?: Setting<readonly string[]>;
  readonly host?: Setting<string>;
  readonly window?: Setting<number>;
  readonly temperature?: Setting<number>;
  readonly way?: Setting<Way>;
  /** Tools beside its own. */
  readonly tools?: Setting<readonly string[]>;
  readonly limits?: Setting<Limits>;
}

/** What the command line says over all other places. */
export interface Overrides {
  /** Hosts by name; where there are any, no others are used. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** Models by role; `*` for every role. */
  readonly models?: Readonly<Record<string, string>>;
  readonly ways?: Readonly<Record<string, Way>>;
  readonly mode?: Mode;
  readonly turns?: number;
  readonly tokens?: number;
  readonly wallMs?: number;
  readonly allow?: readonly string[];
  /** Whether accepted work is committed, and on which branch. */
  readonly commit?: boolean;
  readonly branch?: string;
  /** A file that is read in place of the user's. */
  readonly file?: string;
  /** Whether no file is read at all, where one of them is wrong. */
  readonly withoutFiles?: boolean;
}

/** Everything that can be configured, each value with its place. */
export interface Config {
  readonly hosts: Readonly<Record<string, Setting<HostSetting>>>;
  /** Variables of the environment in which keys of hosts and of MCP servers stand, also of hosts that flags put others in place of. */
  readonly keyVariables: readonly string[];
  readonly roles: Readonly<Record<string, RoleSettings>>;
  /** The model of every role without one of its own. */
  readonly modelOfAll: Setting<string> | null;
  /** null where the checks are detected. */
  readonly checks: Setting<readonly ConfiguredCheck[]> | null;
  /** Commands that are free, as words. */
  readonly allow: readonly Setting<readonly string[]>[];
  readonly limits: { readonly [limit in keyof Limits]: Setting<number | null> };
  readonly bounds: { readonly [bound in keyof Bounds]: Setting<number> };
  readonly mode: Setting<Mode>;
  /** What encloses commands and checks; `write` holds absolute paths. */
  readonly sandbox: SandboxSettings;
  /** Whether and where accepted work is committed. */
  readonly git: GitSettings;
  /** Whether lines are told and heard in place of the screen; only the user's own file says so. */
  readonly screenReader: Setting<boolean>;
  /** Name of the colours of the screen; only the user's own file says it. */
  readonly theme: Setting<string>;
  /** How the person is called who looks elsewhere. */
  readonly attention: AttentionWays;
  /** What is configured for plugins, by name of the plugin. */
  readonly settings: PluginSettings;
  /** Absolute paths of further plugin folders. */
  readonly plugins: readonly (Setting<string> & { readonly of: "user" | "project" })[];
  /** MCP servers by name. */
  readonly mcp: Readonly<Record<string, Setting<ServerSetting>>>;
  /** Files that were looked for, in order of precedence. */
  readonly files: readonly { readonly path: string; readonly found: boolean }[];
  /** Absolute path of the file that the command line named in place of the user's; null where it named none. */
  readonly named: string | null;
  /** What the project's file says and is not used, since the project is not trusted. */
  readonly waiting: readonly string[];
}

/** Where a configuration is read from. */
export interface ConfigSources {
  readonly environment: (name: string) => string | undefined;
  /** Real path of the project. */
  readonly project: string;
  /** Whether the project's own file may name hosts, plugins and free commands. */
  readonly trusted: boolean;
  /** Whether the project's own file is not looked at at all, since it is another than the one that was trusted. */
  readonly unread?: boolean;
  readonly overrides: Overrides;
  /** Folder that relative paths of the command line are meant from. */
  readonly folder: string;
}

/** Limits where nothing is configured: enough for long work, and an end to what does not end by itself. */
const DEFAULT_LIMITS: Limits = { tokens: 2_000_000, turns: 400, wallMs: 7_200_000 };

/**
 * Reads the configuration of a project: flags over variables over the project's file over the user's file over defaults.
 *
 * @param sources where from
 * @returns every value with its place
 * @throws {CommandError} exit code 7 where a file cannot be read or is wrong, with the place
 */
export function loadConfig(sources: ConfigSources): Config {
  const { overrides } = sources;
  const projectPath = join(sources.project, CONFIG_FILE);
  const userPath = userConfig(sources, overrides.file);
  const read = (path: string, must: boolean) => overrides.withoutFiles === true ? null : readConfigFile(path, must);
  const found = sources.unread === true ? null : read(projectPath, false);
  const user = read(userPath, overrides.file !== undefined);
  mustBeRight([found, user].filter((file) => file !== null));
  const limited = found === null || sources.trusted ? null : untrustedConfig(found);
  const project = found === null || limited === null ? found : { ...found, values: limited.values };
  const files = [project, user].filter((file) => file !== null);
  const own = user === null ? [] : [user];
  return {
    hosts: hostsOf(sources, files),
    keyVariables: files.flatMap(({ values }) =>
      Object.values(values.hosts ?? {}).flatMap(({ key_variable, headers_from }) => [
        ...key_variable === undefined ? [] : [key_variable],
        ...Object.values(headers_from ?? {}),
      ]).concat(Object.values(values.mcp ?? {}).flatMap(({ headers_from }) => Object.values(headers_from ?? {})))
    ),
    roles: rolesOf(overrides, files),
    modelOfAll: overrides.models?.["*"] === undefined ? null : { value: overrides.models["*"], origin: "--model" },
    checks: first(files, ["checks"], (values) => values.checks?.map(configuredCheck)) ?? null,
    allow: allowOf(overrides, files),
    limits: {
      tokens: limitOf("tokens", overrides.tokens, "--max-tokens", files),
      turns: limitOf("turns", overrides.turns, "--max-turns", files),
      wallMs: limitOf("wallMs", overrides.wallMs, "--timeout", files),
    },
    bounds: boundsOf(files),
    mode: flag(overrides.mode, "--mode") ?? first(files, ["mode"], (values) => values.mode) ??
      { value: "driver", origin: "default" },
    sandbox: sandboxSettings(sources.environment("HOME") ?? "/", (field, get) => first(files, ["sandbox", field], get)),
    git: gitSettings(overrides, (field, get) => first(files, ["git", field], get)),
    screenReader: first(own, ["screen_reader"], (values) => values.screen_reader) ??
      { value: false, origin: "default" },
    theme: first(own, ["theme"], (values) => values.theme) ?? { value: "terminal", origin: "default" },
    attention: attentionWays((field, get) => first(files, ["attention", field], get)),
    settings: pluginSettings(files),
    plugins: files.flatMap((file) =>
      (file.values.plugins ?? []).map((path, index) => ({
        value: isAbsolute(path) ? path : join(dirname(file.path), path),
        origin: file.placeOf(["plugins", index]),
        of: file === project ? "project" as const : "user" as const,
      }))
    ),
    mcp: serversOf(sources.project, files.map((file) => ({ file, of: file === project ? "project" : "user" }))),
    files: [{ path: projectPath, found: found !== null }, { path: userPath, found: user !== null }],
    named: overrides.file === undefined ? null : userPath,
    waiting: sources.unread === true ? [projectPath] : limited?.waiting ?? [],
  };
}

function hostsOf(sources: ConfigSources, files: readonly ReadConfig[]): Record<string, Setting<HostSetting>> {
  const named = Object.entries(sources.overrides.hosts ?? {});
  if (named.length > 0) {
    return Object.fromEntries(named.map(([name, url]) => [name, { value: { url }, origin: "--host" }]));
  }
  const hosts: Record<string, Setting<HostSetting>> = {};
  // Files come in order of precedence: what is named first stays.
  for (const file of files) {
    for (const [name, host] of Object.entries(file.values.hosts ?? {})) {
      hosts[name] ??= { value: hostOf(host, dirname(file.path)), origin: file.placeOf(["hosts", name]) };
    }
  }
  if (Object.keys(hosts).length > 0) return hosts;
  const variable = sources.environment("OLLAMA_HOST");
  if (variable !== undefined && variable.trim() !== "") {
    return { local: { value: { url: ollamaAddress(variable) }, origin: "OLLAMA_HOST" } };
  }
  return { local: { value: { url: "http://127.0.0.1:11434" }, origin: "default" } };
}

function hostOf({ ca, headers_from, key_variable, memory, ...host }: HostFile, folder: string): HostSetting {
  return {
    ...host,
    keyVariable: key_variable,
    ...(memory === undefined ? {} : { memory: memory * 1e9 }),
    headersFrom: headers_from,
    ...(ca === undefined ? {} : { ca: isAbsolute(ca) ? ca : join(folder, ca) }),
  };
}

function rolesOf(overrides: Overrides, files: readonly ReadConfig[]): Record<string, RoleSettings> {
  const names = new Set([
    ...files.flatMap((file) => Object.keys(file.values.roles ?? {})),
    ...Object.keys(overrides.models ?? {}).filter((role) => role !== "*"),
    ...Object.keys(overrides.ways ?? {}),
  ]);
  const roles: Record<string, RoleSettings> = {};
  for (const role of names) {
    const named = overrides.models?.[role];
    const at = (field: string) => ["roles", role, field];
    const of = (values: ConfigFile) => values.roles?.[role];
    roles[role] = {
      models: flag(named === undefined ? undefined : [named], "--model") ??
        first(files, at("models"), (values) => of(values)?.models),
      host: first(files, at("host"), (values) => of(values)?.host),
      window: first(files, at("window"), (values) => of(values)?.window),
      temperature: first(files, at("temperature"), (values) => of(values)?.temperature),
      way: flag(overrides.ways?.[role], "--way") ?? first(files, at("way"), (values) => of(values)?.way),
      tools: first(files, at("tools"), (values) => of(values)?.tools),
      limits: first(files, at("limits"), (values) => limitsOf(of(values)?.limits)),
    };
  }
  return roles;
}

function limitsOf(limits: LimitsFile | undefined): Limits | undefined {
  if (limits === undefined) return undefined;
  const { tokens = null, turns = null, seconds = null } = limits;
  return { tokens, turns, wallMs: seconds === null ? null : seconds * 1000 };
}

function allowOf(overrides: Overrides, files: readonly ReadConfig[]): Setting<readonly string[]>[] {
  return [
    ...(overrides.allow ?? []).map((line) => ({ value: wordsOf(line), origin: "--allow" })),
    ...files.flatMap((file) =>
      (file.values.allow ?? []).map((line, index) => ({ value: wordsOf(line), origin: file.placeOf(["allow", index]) }))
    ),
  ].filter(({ value }) => value.length > 0);
}

function limitOf(
  name: keyof Limits,
  flagged: number | undefined,
  flagName: string,
  files: readonly ReadConfig[],
): Setting<number | null> {
  const key = name === "wallMs" ? "seconds" : name;
  const ofFile = (values: ConfigFile) => {
    const value = values.limits?.[key];
    return value === undefined || value === null || key !== "seconds" ? value : value * 1000;
  };
  return flag(flagged, flagName) ?? first<number | null>(files, ["limits", key], ofFile) ??
    { value: DEFAULT_LIMITS[name], origin: "default" };
}

function boundsOf(files: readonly ReadConfig[]): { [bound in keyof Bounds]: Setting<number> } {
  const names = Object.keys(DEFAULT_BOUNDS) as (keyof Bounds)[];
  const bounds = names.map((name) => {
    const configured = first(files, ["bounds", name], (values) => values.bounds?.[name]);
    return [name, configured ?? { value: DEFAULT_BOUNDS[name], origin: "default" }];
  });
  return Object.fromEntries(bounds);
}

function flag<Value>(value: Value | undefined, origin: string): Setting<Value> | undefined {
  return value === undefined ? undefined : { value, origin };
}

/** The value of the first file that has one. */
function first<Value>(
  files: readonly ReadConfig[],
  path: readonly string[],
  get: (values: ConfigFile) => Value | undefined,
): Setting<Value> | undefined {
  for (const file of files) {
    const value = get(file.values);
    if (value !== undefined) return { value, origin: file.placeOf(path) };
  }
  return undefined;
}
