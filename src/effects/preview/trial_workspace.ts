import type { CheckReport, CommandResult, Entry, FilesBelow, FileText, Workspace } from "../../ports/workspace.ts";
import { normalize } from "node:path/posix";
import { ToolError } from "../../ports/tool.ts";
import { contentHash } from "../../work/content_hash.ts";

/** What a tool wanted to do to the project. */
export type Wanted =
  | { readonly does: "write"; readonly path: string; readonly before: string | null; readonly after: string | null }
  | { readonly does: "run"; readonly command: readonly string[]; readonly folder: string; readonly timeoutMs: number }
  | { readonly does: "check" };

/** Ends a trial: what the tool does next depends on what a command would have said. */
export class TrialOver extends Error {
  override readonly name = "TrialOver";
}

/** The project, of which a tool reads what stands there and in which it changes nothing: what it wants to do is noted. */
export class TrialWorkspace implements Workspace {
  readonly wanted: Wanted[] = [];
  readonly root: string;
  readonly #real: Workspace;
  readonly #written = new Map<string, string | null>();

  constructor(real: Workspace) {
    this.#real = real;
    this.root = real.root;
  }

  files(signal?: AbortSignal): Promise<readonly string[]> {
    return this.#real.files(signal);
  }

  below(path: string, signal?: AbortSignal): Promise<FilesBelow> {
    return this.#real.below(path, signal);
  }

  hashes(signal?: AbortSignal): Promise<ReadonlyMap<string, string>> {
    return this.#real.hashes(signal);
  }

  list(path: string): Promise<readonly Entry[]> {
    return this.#real.list(path);
  }

  exists(path: string): Promise<boolean> {
    const text = this.#written.get(normalize(path));
    return text === undefined ? this.#real.exists(path) : Promise.resolve(text !== null);
  }

  read(path: string): Promise<FileText> {
    const text = this.#written.get(normalize(path));
    if (text === undefined) return this.#real.read(path);
    if (text === null) return Promise.reject(new ToolError(`There is no ${path} any more; it was deleted.`));
    const lines = text.replace(/\n$/, "").split("\n").length;
    return Promise.resolve({ path, text, hash: contentHash(text), lines: text === "" ? 0 : lines });
  }

  async write(path: string, text: string | null): Promise<{ before: string | null; after: string | null }> {
    const before = await this.exists(path) ? (await this.read(path)).text : null;
    this.wanted.push({ does: "write", path, before, after: text });
    this.#written.set(normalize(path), text);
    const hashOf = (content: string | null) => content === null ? null : contentHash(content);
    return { before: hashOf(before), after: hashOf(text) };
  }

  run(command: readonly string[], { timeoutMs }: { readonly timeoutMs: number }): Promise<CommandResult> {
    this.wanted.push({ does: "run", command, folder: this.root, timeoutMs });
    return Promise.reject(new TrialOver());
  }

  check(): Promise<CheckReport> {
    this.wanted.push({ does: "check" });
    return Promise.reject(new TrialOver());
  }
}
