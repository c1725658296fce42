import * as z from "zod";

/** What every fact about a version of a plugin names. */
const Version = {
  /** Name of the plugin. */
  plugin: z.string(),
  /** Absolute path of its module. */
  path: z.string(),
  /** Short hash of its files. */
  version: z.string(),
  /** Counts the versions of a plugin within the run, from 1. */
  number: z.int(),
};

/** A place in a plugin's files and what is wrong there. */
const Fault = z.object({ place: z.string(), text: z.string() });

/** What becomes of plugins that do not come with Autonomy, while a run is at work and while it is left. */
export const pluginFacts = {
  /** A version is in use from now on. */
  plugin_ready: z.object({
    ...Version,
    origin: z.enum(["user", "project"]),
    /** Number of the version that it takes the place of; null for the first. */
    before: z.int().nullable(),
    roles: z.array(z.string()),
    tools: z.array(z.string()),
    /** start: it was there when the run began; saved: while it is at work; left: it changed while the run was left. */
    why: z.enum(["start", "saved", "left"]),
  }),
  /** A saved version is not taken into use; the one before, if any, stays. */
  plugin_refused: z.object({
    path: z.string(),
    /** null where it did not come to say its name. */
    plugin: z.string().nullable(),
    /** Short hash of the refused files; null where they cannot be read. */
    version: z.string().nullable(),
    /** `file:line:column`, or the file alone. */
    place: z.string(),
    text: z.string(),
    /** Number of the version that stays in use; null where there is none. */
    number: z.int().nullable(),
  }),
  /** The types of a version do not fit together: it is in use all the same. */
  plugin_doubted: z.object({ path: z.string(), version: z.string(), faults: z.array(Fault) }),
  /** A version stands ready, and waits for work that is open or for the person's yes; or it is in use, and waits for a permission. */
  plugin_waits: z.object({
    path: z.string(),
    plugin: z.string().nullable(),
    version: z.string().nullable(),
    for: z.enum(["work", "yes", "permission"]),
    text: z.string(),
  }),
  /** A plugin whose file is gone is not in use any more. */
  plugin_retired: z.object({ ...Version, why: z.enum(["saved", "left"]) }),
  /** The version before is in use again. */
  plugin_rolled_back: z.object({ ...Version, from: z.int(), reason: z.string() }),
  /** A person wants the version before back. */
  rollback_wished: z.object({ plugin: z.string() }),
};
