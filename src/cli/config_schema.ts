import { DEFAULT_BOUNDS } from "../features/bounds.ts";
import { z } from "zod";
import { WAYS } from "../kernel/call.ts";
import { HOST_KINDS } from "../fleet/detect_host.ts";
import { MODES } from "./mode.ts";

const count = z.int().min(1);
/** null lifts a limit that another place sets. */
const limit = count.nullable().optional();
const words = z.string().trim().min(1);
const command = z.union([words, z.array(z.string()).min(1)], "must be a command as one line or as a list of its words");

const LimitsFile = z.strictObject({
  /** Tokens of prompts and answers together. */
  tokens: limit,
  /** Asks of models. */
  turns: limit,
  /** Wall time. */
  seconds: limit,
});

const HostFile = z.strictObject({
  url: words,
  kind: z.enum(HOST_KINDS).optional(),
  /** Requests served at the same time. */
  slots: count.max(64).optional(),
  /** Environment variable that holds the key. */
  key_variable: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be the name of an environment variable").optional(),
});

const RoleFile = z.strictObject({
  models: z.array(words).min(1).optional(),
  host: words.optional(),
  window: z.int().min(512).max(16_777_216).optional(),
  temperature: z.number().min(0).max(2).optional(),
  way: z.enum(WAYS).optional(),
  limits: LimitsFile.optional(),
});

const CheckFile = z.strictObject({
  name: words,
  command,
  /** Bound of its run. */
  seconds: count.optional(),
});

type BoundName = keyof typeof DEFAULT_BOUNDS;
const BoundsFile = z.strictObject(
  Object.fromEntries((Object.keys(DEFAULT_BOUNDS) as BoundName[]).map((name) => [name, count.optional()])) as Record<
    BoundName,
    z.ZodOptional<z.ZodInt>
  >,
);

/** A configuration file, `config.jsonc`. */
export const ConfigFile = z.strictObject({
  /** Where editors find the schema; not read. */
  $schema: z.string().optional(),
  hosts: z.record(
    z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, "must be letters, digits, and - _ . inside"),
    HostFile,
  ).optional(),
  roles: z.record(z.string(), RoleFile).optional(),
  checks: z.array(CheckFile).optional(),
  allow: z.array(command).optional(),
  limits: LimitsFile.optional(),
  bounds: BoundsFile.optional(),
  mode: z.enum(MODES).optional(),
  plugins: z.array(words).optional(),
});

/** A configuration file, `config.jsonc`. */
export type ConfigFile = z.infer<typeof ConfigFile>;
/** A host as a configuration file names it. */
export type HostFile = z.infer<typeof HostFile>;
/** What a configuration file says of a role. */
export type RoleFile = z.infer<typeof RoleFile>;
/** Limits as a configuration file names them. */
export type LimitsFile = z.infer<typeof LimitsFile>;
