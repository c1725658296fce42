import { existsSync } from "node:fs";

/** A run of signs that paths are made of. */
const RUN = /[\w@+~$[\]()./-]+/g;
/** Folders of what others wrote: a path through them names no file of the project, whatever it ends with. */
const FOREIGN =
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|\.cargo|\.rustup|rustc|pkg\/mod|gems|vendor\/bundle)\//;
/** Paths of one round that are looked up among the ends of all files. */
const MOST_LOOKED_UP = 2_000;

/** Finds files of a project in what its checks say. */
export class NamedFiles {
  readonly #files: readonly string[];
  readonly #known: ReadonlySet<string>;
  readonly #byName = new Map<string, string | null>();
  readonly #byEnd = new Map<string, string | null>();

  /** @param files files of the project, relative */
  constructor(files: readonly string[]) {
    this.#files = files;
    this.#known = new Set(files);
    for (const file of files) {
      const name = file.slice(file.lastIndexOf("/") + 1);
      this.#byName.set(name, this.#byName.has(name) ? null : file);
    }
  }

  /**
   * Names the files of the project that a text is about, in order of mention. A bare name counts where only one file has it, a path from
   * another root, as of a container or of a package, where it ends as only one file does.
   *
   * @param text what a check says
   * @param folder the folder that the check ran in, relative to the project
   */
  in(text: string, folder: string): string[] {
    const found = new Set<string>();
    for (const [run] of text.matchAll(RUN)) {
      const path = pathIn(run);
      const file = path === "" ? null : this.#meant(path, folder);
      if (file !== null) found.add(file);
    }
    return [...found];
  }

  /**
   * Writes paths of files that lie in the folder of a check as paths of the project.
   *
   * @param text what the check says
   * @param folder the folder that it ran in, relative to the project
   */
  written(text: string, folder: string): string {
    if (folder === "") return text;
    return text.replace(RUN, (run) => {
      const path = pathIn(run);
      const whole = `${folder}/${path}`;
      return path !== "" && this.#known.has(whole) ? run.replace(path, () => whole) : run;
    });
  }

  #meant(path: string, folder: string): string | null {
    if (folder !== "" && this.#known.has(`${folder}/${path}`)) return `${folder}/${path}`;
    if (this.#known.has(path)) return path;
    if (!path.includes("/")) return this.#byName.get(path) ?? null;
    const known = this.#byEnd.get(path);
    if (known !== undefined) return known;
    const file = this.#byEnd.size < MOST_LOOKED_UP ? this.#endingAs(path) : null;
    this.#byEnd.set(path, file);
    return file;
  }

  /** The only file that a path from another root can mean. */
  #endingAs(path: string): string | null {
    if (FOREIGN.test(path)) return null;
    if (path.startsWith("/")) {
      // What stands there is that file, and none of the project.
      return existsSync(path) ? null : this.#longestEnd(path, 1);
    }
    const longer = this.#files.filter((file) => file.endsWith(`/${path}`));
    return longer.length === 1 ? longer[0]! : longer.length > 1 ? null : this.#longestEnd(path, 2);
  }

  /** The file that is the longest end of a path, of at least so many names. */
  #longestEnd(path: string, least: number): string | null {
    const names = path.split("/");
    for (let from = 1; from <= names.length - least; from += 1) {
      const end = names.slice(from).join("/");
      if (this.#known.has(end)) return end;
    }
    return null;
  }
}

/** What of a run of signs may be a path: up to its last suffix, without what stands before it. */
function pathIn(run: string): string {
  const token = /^.*\.\w+/.exec(run)?.[0] ?? "";
  return token.replace(/^[([]+/, "").replace(/^\.\//, "");
}
