import { join } from "node:path";
import { z } from "zod";
import { reasonOf } from "../kernel/reason_of.ts";
import { CommandError } from "./command_error.ts";
import { EXIT } from "./exit_code.ts";

const TrustFile = z.object({ version: z.literal(1), projects: z.record(z.string(), z.object({ at: z.string() })) });

function trustPath(state: string): string {
  return join(state, "trusted.json");
}

function readTrust(state: string): z.infer<typeof TrustFile> {
  const path = trustPath(state);
  try {
    return TrustFile.parse(JSON.parse(Deno.readTextFileSync(path)));
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return { version: 1, projects: {} };
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
 * Tells whether a project was trusted before.
 *
 * @param state state folder
 * @param project real path of the project
 * @returns true when its code may run
 * @throws {CommandError} exit code 8 when the list cannot be read
 */
export function isTrusted(state: string, project: string): boolean {
  return Object.hasOwn(readTrust(state).projects, project);
}

/**
 * Notes that a project is trusted, in a file that only its owner reads.
 *
 * @param state state folder
 * @param project real path of the project
 * @throws {CommandError} exit code 8 when it cannot be noted
 */
export function trustProject(state: string, project: string): void {
  const known = readTrust(state);
  if (Object.hasOwn(known.projects, project)) return;
  const projects = { ...known.projects, [project]: { at: new Date().toISOString() } };
  const path = trustPath(state);
  const beside = `${path}.${Deno.pid}`;
  try {
    Deno.mkdirSync(state, { recursive: true, mode: 0o700 });
    Deno.writeTextFileSync(beside, `${JSON.stringify({ version: 1, projects }, null, 2)}\n`, { mode: 0o600 });
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
