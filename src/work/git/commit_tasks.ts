import { join } from "node:path";
import type { BlobStore } from "../../ports/blob_store.ts";
import { isLinkMode, placeAt } from "../file_state.ts";
import { mergedText } from "../merged_text.ts";
import { foldersAbove } from "../snapshot.ts";
import type { Git } from "./git.ts";

/** A file on one side of a change. */
interface Side {
  /** SHA-256 of its content, which the run keeps. */
  readonly hash: string;
  /** `st_mode`, type bits included. */
  readonly mode: number;
}

/** What a task made of a file of the project. */
export interface TaskFile {
  /** Path relative to the project. */
  readonly path: string;
  /** What stood there; null for no file. */
  readonly from: Side | null;
  /** What it left; null where it deleted it. */
  readonly to: Side | null;
}

/** A task that is to be a commit. */
export interface TaskCommit {
  readonly task: string;
  /** All of the message. */
  readonly message: string;
  /** What it changed, in the order in which it did. */
  readonly files: readonly TaskFile[];
}

/** What commits are made with. */
export interface Committing {
  readonly git: Git;
  readonly blobs: Pick<BlobStore, "getBlob">;
  /** Where the project stands in the repository, with a closing `/`; empty for its top. */
  readonly prefix: string;
  /** Id of the commit that the first follows on. */
  readonly parent: string;
}

/** A commit that was made. */
export interface Made {
  readonly task: string;
  readonly commit: string;
}

/** Thrown where the work of a task cannot be told from what the person has not committed; its text is a sentence without its first capital. */
export class NotCommitted extends Error {
  override readonly name = "NotCommitted";
}

/** An entry of the tree that a task begins with. */
interface Entry {
  readonly mode: string;
  readonly id: string;
}

/** Mode of the entry by which a repository holds another. */
const GITLINK = "160000";

/** Who commits where the person told git no name: a commit has to have one. */
const NOBODY = { name: "Autonomy", email: "autonomy@localhost" } as const;

/**
 * Makes a commit of each task, each on the one before it, out of what the run keeps: neither the files of the project nor the person's index
 * is read or written, no branch is moved, and no hook runs. Changes that the person had not committed when the run met them are left out.
 *
 * @param tasks in their order
 * @returns the commits; none of a task that changes nothing of what git keeps
 * @throws {NotCommitted} where a change of the person that is not committed and the work of a task are of the same lines, and where the work
 *   stands in another repository inside this one
 */
export async function commitTasks(tasks: readonly TaskCommit[], committing: Committing): Promise<readonly Made[]> {
  const folder = await Deno.makeTempDir({ prefix: "autonomy-index-" });
  try {
    return await new Committer(committing, join(folder, "index")).all(tasks);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

class Committer {
  readonly #with: Committing;
  readonly #index: string;
  /** Folders that belong to the repository, as far as they were asked about. */
  readonly #own = new Set<string>();

  constructor(committing: Committing, index: string) {
    this.#with = committing;
    this.#index = index;
  }

  async all(tasks: readonly TaskCommit[]): Promise<readonly Made[]> {
    const { git, parent: first } = this.#with;
    await git.must(["read-tree", first], { index: this.#index });
    const variables = await this.#identity();
    const made: Made[] = [];
    let parent = first;
    let old = (await git.must(["rev-parse", `${first}^{tree}`])).text;
    for (const { task, message, files } of tasks) {
      for (const file of files) await this.#put(file);
      const tree = (await git.must(["write-tree"], { index: this.#index })).text;
      if (tree === old) continue;
      const commit = await git.must(["commit-tree", tree, "-p", parent], { input: message, variables });
      made.push({ task, commit: commit.text });
      [parent, old] = [commit.text, tree];
    }
    return made;
  }

  async #identity(): Promise<Readonly<Record<string, string>>> {
    const found: Record<string, string> = {};
    for (const who of ["AUTHOR", "COMMITTER"]) {
      if ((await this.#with.git.call(["var", `GIT_${who}_IDENT`])).ok) continue;
      found[`GIT_${who}_NAME`] = NOBODY.name;
      found[`GIT_${who}_EMAIL`] = NOBODY.email;
    }
    return found;
  }

  /** Puts what a task made of a file into the index. */
  async #put(file: TaskFile): Promise<void> {
    const path = `${this.#with.prefix}${file.path}`;
    const entry = await this.#entryOf(path);
    if (entry === null && await this.#isIgnored(file.path)) return;
    // What git does not keep cannot be deleted in it; it does not keep what stands below a file that an earlier line put there, either.
    if (entry === null && file.to === null) return;
    if (entry === null) await this.#refuseForeign(file.path);
    const how = await this.#howKept(file, entry);
    const [from, to] = [await this.#idOf(file.from, file.path, how), await this.#idOf(file.to, file.path, how)];
    const next = entry?.id === to ? to : await this.#next(file, { entry, from, to });
    const mode = next === null ? "0" : modeOf(file, entry);
    const line = `${mode} ${next ?? "0".repeat(from?.length ?? 40)}\t${path}\0`;
    await this.#with.git.must(["update-index", "-z", "--index-info"], { input: line, index: this.#index });
  }

  /** What the file becomes: what the task left, or both changes where the person had one that is not committed. */
  async #next(
    { path, to: side }: TaskFile,
    { entry, from, to }: { readonly entry: Entry | null; readonly from: string | null; readonly to: string | null },
  ): Promise<string | null> {
    if ((entry?.id ?? null) === from) return to;
    if (entry !== null && from !== null && to !== null && !isLinkMode(side?.mode ?? null)) {
      const [base, mine, theirs] = await Promise.all([from, entry.id, to].map((id) => this.#contentOf(id)));
      const both = mergedText(base!, mine!, theirs!);
      if (both !== null) return await this.#store(both, ["--no-filters"]);
    }
    throw new NotCommitted(
      `${path} held changes that you had not committed, and the work is of the same lines, so that a commit would hold both: ` +
        "commit yours first",
    );
  }

  async #entryOf(path: string): Promise<Entry | null> {
    const listed = await this.#with.git.must(["ls-files", "-s", "-z", "--full-name", "--", `:(top,literal)${path}`], {
      index: this.#index,
    });
    const entry = listed.text.split("\0").map((line) => /^(\d+) ([0-9a-f]+) \d\t(.*)$/s.exec(line))
      .find((found) => found?.[3] === path);
    return entry === undefined || entry === null ? null : { mode: entry[1]!, id: entry[2]! };
  }

  async #isIgnored(path: string): Promise<boolean> {
    return (await this.#with.git.call(["check-ignore", "--quiet", "--no-index", "--", path])).ok;
  }

  /** Refuses a file of a submodule, in whose place it would be put, and of any other repository inside this one. */
  async #refuseForeign(path: string): Promise<void> {
    const { git, prefix, parent } = this.#with;
    const folders = foldersAbove(path).filter((folder) => !this.#own.has(folder));
    if (folders.length === 0) return;
    const paths = folders.map((folder) => `:(top,literal)${prefix}${folder}`);
    const listed = await git.must(["ls-tree", "-z", "--full-tree", parent, "--", ...paths]);
    const submodules = new Set(
      listed.text.split("\0").filter((line) => line.startsWith(GITLINK)).map((line) =>
        line.slice(line.indexOf("\t") + 1)
      ),
    );
    for (const folder of folders) {
      const isSubmodule = submodules.has(prefix + folder);
      if (isSubmodule || placeAt(join(git.folder, folder, ".git")).kind !== "nothing") {
        throw new NotCommitted(
          `${path} stands in ${folder}, which is a repository of its own, and a commit of this one holds none of its files: ` +
            "commit there",
        );
      }
      this.#own.add(folder);
    }
  }

  /** Whether git keeps a file as it stands: so it does where line ends are converted, but the file was committed before they were. */
  async #howKept({ from, path }: TaskFile, entry: Entry | null): Promise<"converted" | "as it stands"> {
    if (entry === null || from === null || await this.#idOf(from, path, "converted") === entry.id) return "converted";
    return (await this.#contentOf(entry.id)).some((byte, at, all) => byte === 0x0a && all[at - 1] === 0x0d)
      ? "as it stands"
      : "converted";
  }

  /** Stores a side as git would keep it. */
  async #idOf(side: Side | null, path: string, how: "converted" | "as it stands"): Promise<string | null> {
    if (side === null) return null;
    const bytes = this.#with.blobs.getBlob(side.hash);
    if (bytes === undefined) throw new NotCommitted(`the run does not hold what stood in ${path}`);
    const isWhole = isLinkMode(side.mode) || how === "as it stands";
    return await this.#store(bytes, isWhole ? ["--no-filters"] : [`--path=${path}`]);
  }

  async #store(bytes: Uint8Array, how: readonly string[]): Promise<string> {
    return (await this.#with.git.must(["hash-object", "-w", "--stdin", ...how], { input: bytes })).text;
  }

  async #contentOf(id: string): Promise<Uint8Array> {
    return (await this.#with.git.must(["cat-file", "blob", id])).bytes;
  }
}

/** The mode in git's own words; that of the tree stays where the task did not change it. */
function modeOf({ from, to }: TaskFile, entry: Entry | null): string {
  const own = (mode: number) => isLinkMode(mode) ? "120000" : (mode & 0o100) === 0 ? "100644" : "100755";
  const left = own(to?.mode ?? 0o100644);
  return entry !== null && from !== null && own(from.mode) === left ? entry.mode : left;
}
