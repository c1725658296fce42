import { FileChanged, ToolError } from "../../ports/tool.ts";
import type { Expects, Workspace } from "../../ports/workspace.ts";
import type { PortError } from "./messages.ts";

/** Asks the program for something of a workspace, and for it no more once the signal is aborted. */
export type AskPort = (method: string, args: readonly unknown[], signal?: AbortSignal) => Promise<unknown>;

/** A workspace inside a plugin's process: all that is asked of it, the program does. */
export function askedWorkspace(root: string, ask: AskPort): Workspace {
  // What comes back is what the same method of a workspace gave.
  const asked = async <T>(method: string, args: readonly unknown[] = [], signal?: AbortSignal): Promise<T> =>
    await ask(method, args, signal) as T;
  return {
    root,
    files: (signal) => asked("files", [], signal),
    below: (path, signal) => asked("below", [path], signal),
    list: (path) => asked("list", [path]),
    read: (path) => asked("read", [path]),
    exists: (path) => asked("exists", [path]),
    hashes: async (signal) => new Map(await asked<[string, string][]>("hashes", [], signal)),
    write: (path, text, expects) => asked("write", [path, text, expectedOf(path, expects)]),
    run: (command, { timeoutMs, signal }) => asked("run", [command, timeoutMs], signal),
    check: (signal) => asked("check", [], signal),
  };
}

/** A function does not cross: what it says of the path as it was given does. */
function expectedOf(path: string, expects: Expects | undefined): { hash?: string | null } | null {
  return expects === undefined ? null : { hash: expects(path) };
}

/** Errors that came from the program, with the number of the request that they answer: thrown on, they are the program's own again. */
const answered = new WeakMap<object, number>();

/**
 * Makes the error that a workspace throws, inside the plugin's process.
 *
 * @param id number of the request
 */
export function askedError({ kind, text, path, hash }: PortError, id: number): Error {
  const error = kind === "changed"
    ? new FileChanged(text, path ?? "", hash ?? null)
    : kind === "tool"
    ? new ToolError(text)
    : new Error(text);
  answered.set(error, id);
  return error;
}

/** The request that an error answers; undefined for one of the plugin's own. */
export function requestOf(error: unknown): number | undefined {
  return typeof error === "object" && error !== null ? answered.get(error) : undefined;
}
