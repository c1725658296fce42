import type { Turn } from "../../features/turns/slice.ts";
import type { BlobStore } from "../../ports/blob_store.ts";
import type { Call } from "../../kernel/call.ts";
import { isSecretPath } from "../../languages/secret_path.ts";
import { FileChanged, ToolError } from "../../ports/tool.ts";
import type { Expects, Workspace } from "../../ports/workspace.ts";
import { readText } from "../stored_text.ts";
import { namedSecrets, plainPath } from "./named_secrets.ts";

/** Files of one call that are remembered as shown; of more, what they held when the turn began counts. */
const MOST_SHOWN = 50;

/** A workspace for one call of a turn. */
export interface SeeingWorkspace {
  readonly workspace: Workspace;
  /** Hash of each file that it read, by path, the last ones. */
  readonly read: ReadonlyMap<string, string>;
}

/**
 * Gives a call the project as its turn saw it: what it writes has to take the place of what the turn was shown last, or wrote itself;
 * of a file that it was never shown, of what stood there when the turn began. Of the files that may hold secrets it has those that the call
 * names, about which a person was asked.
 *
 * @param turn the turn of the call; null where it is over
 * @param args arguments of the call
 * @param refused says why it may not write a file; null where it may
 */
export function seeingWorkspace(
  whole: Workspace,
  turn: Turn | null,
  args: Call["arguments"],
  blobs: BlobStore,
  refused: (path: string) => string | null = () => null,
): SeeingWorkspace {
  const allowed = namedSecrets(args);
  const refuseSecret = (path: string, real: string): void => {
    if (!isSecretPath(real) || allowed.has(plainPath(path))) return;
    throw new ToolError(
      `${path} may hold secrets: it is left alone unless a call names ${real} itself and a person allows it.`,
    );
  };
  const read = new Map<string, string>();
  const written = new Map<string, string | null>();
  let base: Readonly<Record<string, string>> | null = null;
  const atStart = (path: string): string | undefined => {
    const blob = turn?.prepared?.base;
    if (blob === undefined) return undefined;
    base ??= JSON.parse(readText({ text: "", chars: 0, blob }, blobs)) as Record<string, string>;
    return base[path];
  };
  const seen: Expects = (path) => {
    if (written.has(path)) return written.get(path);
    const shown = turn?.seen[path];
    return shown !== undefined ? shown : atStart(path) ?? read.get(path);
  };
  return {
    read,
    workspace: {
      root: whole.root,
      files: (signal) => whole.files(signal),
      below: (path, signal) => whole.below(path, signal),
      hashes: (signal) => whole.hashes(signal),
      list: (path) => whole.list(path),
      exists: (path) => whole.exists(path),
      run: (command, options) => whole.run(command, options),
      check: (signal) => whole.check(signal),
      async read(path) {
        const file = await whole.read(path);
        refuseSecret(path, file.path);
        read.delete(file.path);
        read.set(file.path, file.hash);
        const [oldest] = read.keys();
        if (read.size > MOST_SHOWN && oldest !== undefined) read.delete(oldest);
        return file;
      },
      async write(path, text, expects = seen) {
        let real = path;
        const done = await whole.write(path, text, (place) => {
          real = place;
          refuseSecret(path, real);
          const why = refused(real);
          if (why !== null) throw new ToolError(why);
          return expects(place);
        });
        written.set(real, done.after);
        return done;
      },
    },
  };
}

/**
 * Says what a call has shown its turn.
 *
 * @param read what it read, where it shows that to the model
 * @param error why it failed; a file that changed meanwhile is shown with it
 * @returns hashes by path
 */
export function shownFiles(read: ReadonlyMap<string, string>, error: unknown = null): Record<string, string> {
  const changed = error instanceof FileChanged && error.hash !== null ? { [error.path]: error.hash } : {};
  return { ...Object.fromEntries(read), ...changed };
}
