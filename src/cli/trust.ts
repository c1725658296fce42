import { join } from "node:path";
import * as z from "zod";
import { reasonOf } from "../kernel/reason_of.ts";
import { CommandError } from "./command_error.ts";
import { EXIT } from "./exit_code.ts";
import { type OwnFiles, ownFiles } from "./own_files.ts";

/** The list as the first version wrote it, without `files`, and as it is written now. */
const TrustFile = z.object({
  version: z.union([z.literal(1), z.literal(2)]),
  projects: z.record(
    z.string(),
    z.object({
      at: z.string(),
      files: z.record(z.string(), z.string()).optional(),
      /** Taken back: a stored run of the project that was trusted is not any more. */
      revoked: z.boolean().optional(),
    }),
  ),
});

/** One of a project's own files that is not as it was trusted. */
export interface OwnChange {
  /** Path relative to the project. */
  readonly path: string;
  readonly change: "new" | "changed" | "removed";
}

/** How the trust in a project stands against what is there now. */
export interface Standing extends OwnFiles {
  /** Real path of the project. */
  readonly project: string;
  /** `by_path`: an earlier version noted the path and not what stood there. */
  readonly state: "trusted" | "never" | "changed" | "by_path";
  /** When it was trusted last, or the trust was taken back, as ISO 8601; null where it never was. */
  readonly at: string | null;
  /** What is not as it was trusted, in the order of paths; all files where nothing was. */
  readonly changes: readonly OwnChange[];
}

/**
 * Says where the list of trusted projects stands.
 *
 * @param state state folder
 * @returns absolute path
 */
export function trustPath(state: string): string {
  return join(state, "trusted.json");
}

function readTrust(state: string): z.infer<typeof TrustFile> {
  const path = trustPath(state);
  try {
    return TrustFile.parse(JSON.parse(Deno.readTextFileSync(path)));
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return { version: 2, projects: {} };
    throw new CommandError(
      EXIT.store,
      `The list of trusted projects ${path} cannot be read: ${
        cause instanceof z.ZodError ? "it has another form" : reasonOf(cause)
      }. Remove it; each project then asks again.`,
      { cause },
    );
  }
}

/**
 * Looks how the trust in a project stands: it is trusted while its own files are those that were trusted.
 *
 * @param state state folder
 * @param project real path of the project
 * @returns how it stands, with the files as they are now
 * @throws {CommandError} exit code 8 when the list cannot be read
 */
export function standingOf(state: string, project: string): Standing {
  const { projects } = readTrust(state);
  const noted = Object.hasOwn(projects, project) ? projects[project] : undefined;
  const found = ownFiles(project);
  const changes = changesOf(noted?.files ?? {}, found.hashes);
  const at = noted?.at ?? null;
  const kind = noted === undefined || noted.revoked === true
    ? "never"
    : noted.files === undefined
    ? "by_path"
    : changes.length > 0
    ? "changed"
    : "trusted";
  return { ...found, project, state: kind, at, changes };
}

function changesOf(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): OwnChange[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return paths.flatMap((path): OwnChange[] => {
    if (!Object.hasOwn(before, path)) return [{ path, change: "new" }];
    if (!Object.hasOwn(now, path)) return [{ path, change: "removed" }];
    return before[path] === now[path] ? [] : [{ path, change: "changed" }];
  });
}

/**
 * Reads which of a project's own files were trusted last, and how they were then.
 *
 * @param state state folder
 * @param project real path of the project
 * @returns SHA-256 by path; null where none were
 * @throws {CommandError} exit code 8 when the list cannot be read
 */
export function trustedFiles(state: string, project: string): Readonly<Record<string, string>> | null {
  const { projects } = readTrust(state);
  return Object.hasOwn(projects, project) ? projects[project]?.files ?? null : null;
}

/**
 * Notes that a project is trusted as it was looked at, in a file that only its owner reads.
 *
 * @param state state folder
 * @param standing the files that the yes was said to
 * @throws {CommandError} exit code 8 when it cannot be noted
 */
export function trustProject(state: string, standing: Standing): void {
  const { project, hashes } = standing;
  const { projects } = readTrust(state);
  const noted = Object.hasOwn(projects, project) ? projects[project]?.files : undefined;
  if (noted !== undefined && changesOf(noted, hashes).length === 0) return;
  writeTrust(state, project, { ...projects, [project]: { at: new Date().toISOString(), files: hashes } });
}

/**
 * Notes that some of a project's own files are trusted as they were looked at, beside what was trusted before.
 *
 * @param state state folder
 * @param project real path of the project
 * @param files SHA-256 by path, relative to the project
 * @throws {CommandError} exit code 8 when it cannot be noted
 */
export function trustFiles(state: string, project: string, files: Readonly<Record<string, string>>): void {
  const { projects } = readTrust(state);
  const noted = Object.hasOwn(projects, project) ? projects[project]?.files : undefined;
  writeTrust(state, project, {
    ...projects,
    [project]: { at: new Date().toISOString(), files: { ...noted, ...files } },
  });
}

/**
 * Takes the trust in a project back.
 *
 * @param state state folder
 * @param project real path of the project
 * @returns false where it was not trusted
 * @throws {CommandError} exit code 8 when it cannot be noted
 */
export function revokeTrust(state: string, project: string): boolean {
  const { projects } = readTrust(state);
  if (!Object.hasOwn(projects, project) || projects[project]?.revoked === true) return false;
  writeTrust(state, project, { ...projects, [project]: { at: new Date().toISOString(), revoked: true } });
  return true;
}

function writeTrust(state: string, project: string, projects: z.infer<typeof TrustFile>["projects"]): void {
  const path = trustPath(state);
  const beside = `${path}.${Deno.pid}`;
  try {
    Deno.mkdirSync(state, { recursive: true, mode: 0o700 });
    Deno.writeTextFileSync(beside, `${JSON.stringify({ version: 2, projects }, null, 2)}\n`, { mode: 0o600 });
    Deno.renameSync(beside, path);
  } catch (cause) {
    throw new CommandError(
      EXIT.store,
      `The trust in ${project} cannot be noted in ${path}: ${
        reasonOf(cause)
      }. Make the folder writable or set AUTONOMY_STATE_HOME to another.`,
      { cause },
    );
  }
}
