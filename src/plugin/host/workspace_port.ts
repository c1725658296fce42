import * as z from "zod";
import type { ToolAccess } from "../../kernel/call.ts";
import { reasonOf } from "../../kernel/reason_of.ts";
import { quoteWords } from "../../features/words_of.ts";
import { FileChanged, ToolError } from "../../ports/tool.ts";
import type { Workspace } from "../../ports/workspace.ts";
import type { PortError } from "./messages.ts";

/** What a call may ask of its workspace. */
export interface PortRights {
  /** Name of the tool, for what is refused. */
  readonly tool: string;
  readonly access: ToolAccess;
  /** Words of the command that its call names, which the rules looked at; null where it names none. */
  readonly command: readonly string[] | null;
  /** Programs that a person allowed the plugin to start. */
  readonly programs: readonly string[];
}

/** Methods of a workspace that change nothing. */
const LOOKS = ["files", "below", "hashes", "list", "read", "exists"];
/** Longest time that a command of a plugin has, ms. */
const MOST_MS = 600_000;

const Path = z.tuple([z.string()]);
const Write = z.tuple([
  z.string(),
  z.string().nullable(),
  z.object({ hash: z.string().nullable().optional() }).nullable(),
]);
const Run = z.tuple([z.array(z.string()).min(1), z.number().positive()]);

/**
 * Does for a plugin what it asks of the workspace of its call: what the call's effect was given, with all that holds it, and no more than its
 * tool may do. A tool that only reads cannot write by it, and none can run a command that nobody looked at.
 *
 * @param method name of a method of {@link Workspace}
 * @param args its arguments as they crossed
 * @param signal ends it
 * @returns a value that crosses back
 * @throws {ToolError} where it may not be done, and whatever the workspace throws
 */
export async function askWorkspace(
  workspace: Workspace,
  rights: PortRights,
  method: string,
  args: readonly unknown[],
  signal: AbortSignal,
): Promise<unknown> {
  refuseBeyond(rights, method);
  switch (method) {
    case "files":
      return await workspace.files(signal);
    case "below":
      return await workspace.below(Path.parse(args)[0], signal);
    case "hashes":
      return [...await workspace.hashes(signal)];
    case "list":
      return await workspace.list(Path.parse(args)[0]);
    case "read":
      return await workspace.read(Path.parse(args)[0]);
    case "exists":
      return await workspace.exists(Path.parse(args)[0]);
    case "write": {
      const [path, text, expected] = Write.parse(args);
      return await (expected === null ? workspace.write(path, text) : workspace.write(path, text, () => expected.hash));
    }
    case "run": {
      const [command, timeoutMs] = Run.parse(args);
      refuseCommand(rights, command);
      return await workspace.run(command, { timeoutMs: Math.min(timeoutMs, MOST_MS), signal });
    }
    case "check":
      return await workspace.check(signal);
    default:
      throw new ToolError(`A workspace has no method ${JSON.stringify(method)}.`);
  }
}

/** What crosses of an error of the workspace. */
export function portError(error: unknown): PortError {
  const text = reasonOf(error);
  if (error instanceof FileChanged) return { kind: "changed", text, path: error.path, hash: error.hash };
  return { kind: error instanceof ToolError ? "tool" : "other", text };
}

function refuseBeyond({ tool, access }: PortRights, method: string): void {
  const may = LOOKS.includes(method) || access === "runs" || (access === "writes" && method === "write");
  if (may) return;
  const wanted = method === "write" ? '"writes" or "runs"' : '"runs"';
  throw new ToolError(
    `${tool} may not ${method} anything: its access is "${access}". Whoever writes it gives it the access ${wanted}.`,
  );
}

/** A command is run where rules and person saw it: as the call's own, or as a program that the plugin was allowed. */
function refuseCommand({ tool, command, programs }: PortRights, words: readonly string[]): void {
  const isOwn = command !== null && command.length === words.length && command.every((word, at) => word === words[at]);
  const [program = ""] = words;
  if (isOwn || programs.includes(program)) return;
  throw new ToolError(
    `${tool} may not run \`${
      quoteWords(words)
    }\`: it is not the command of its call, and nobody allowed its plugin to start ${program}. ` +
      `Whoever writes it adds permissions: { run: [${
        JSON.stringify(program)
      }] } to the tool, and a person allows that.`,
  );
}
