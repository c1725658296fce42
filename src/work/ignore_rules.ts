import ignore, { type Ignore } from "ignore";
import { MADE_FOLDERS } from "./made_folders.ts";

/**
 * The texts of a project's ignore files by the folder they stand in: `""` is the project, `/packages/a` a folder above it from which it is
 * `packages/a`. `//src/target` has no text: it says that this folder was written by people. Plain data, so it can be stored.
 */
export type IgnoreTexts = Readonly<Record<string, string>>;

/** Name of the file that holds the rules of a folder. */
export const IGNORE_FILE = ".gitignore";

/** Texts of ignore files by path, such as `src/.gitignore`; null for one that was not there. */
export type IgnoreFiles = ReadonlyMap<string, string | null>;

/** What a folder that was written by people begins with among the texts. */
const WRITTEN = "//";

/** Name that our own unfinished writes have; see `replace_file.ts`. */
export const TEMPORARY_PREFIX = ".autonomy-tmp-";

/** Rules of one ignore file, and how a path of the project is named there: without its first signs, behind those of another. */
interface Reading {
  readonly rules: Ignore;
  readonly before: string;
  readonly from: number;
}

/** Folders whose rules are remembered. */
const MOST_HELD = 20_000;

/** The ignore rules of a project, read folder by folder as git does. */
export class IgnoreRules {
  readonly #texts = new Map<string, string>();
  readonly #rules = new Map<string, Ignore>();
  /** Those of the folders above the project, the outermost first: there are few, and they are asked for in each folder. */
  #outer: readonly Reading[] = [];
  /** Folders with a name of made ones that were written by people. */
  readonly #written = new Set<string>();
  /** Those that hold in a folder, from the outermost down, as they were found: each folder's follow from those of the one above it. */
  readonly #held = new Map<string, readonly Reading[]>();

  /**
   * @param texts ignore files that are known already
   * @param ignoreCase whether capital and small letters are the same
   */
  constructor(texts: IgnoreTexts = {}, readonly ignoreCase = false) {
    for (const [folder, text] of Object.entries(texts)) {
      if (folder.startsWith(WRITTEN)) this.addWritten(folder.slice(WRITTEN.length));
      else this.add(folder, text);
    }
  }

  /**
   * Adds that a folder was written by people though it has a name of those that tools make: the rules speak of it as of any other.
   *
   * @param path relative path of it
   */
  addWritten(path: string): void {
    this.#written.add(path);
    this.#held.clear();
  }

  /**
   * Adds the ignore file of a folder.
   *
   * @param folder as {@link IgnoreTexts} has it
   * @param text content of its `.gitignore`
   */
  add(folder: string, text: string): void {
    const known = this.#texts.get(folder);
    const whole = known === undefined ? text : `${known}\n${text}`;
    this.#texts.set(folder, whole);
    this.#rules.set(folder, ignore({ ignorecase: this.ignoreCase }).add(whole));
    if (folder.startsWith("/")) {
      this.#outer = [...this.#rules].filter(([key]) => key.startsWith("/"))
        .sort(([one], [other]) => other.length - one.length)
        .map(([key, rules]) => ({
          rules: this.#freedAbove(rules, `${key.slice(1)}/`),
          before: `${key.slice(1)}/`,
          from: 0,
        }));
    }
    this.#held.clear();
  }

  /** The texts, to be stored. */
  get texts(): IgnoreTexts {
    return Object.fromEntries([
      ...this.#texts,
      ...[...this.#written].map((path) => [`${WRITTEN}${path}`, ""] as const),
    ]);
  }

  /**
   * Whether one entry is ignored, its folders being not.
   *
   * @param path relative path
   * @param isFolder whether it is a folder
   */
  ignoresEntry(path: string, isFolder: boolean): boolean {
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (MADE_FOLDERS.has(name) && (isFolder || name === ".git") && !this.#written.has(path)) return true;
    if (name.startsWith(TEMPORARY_PREFIX)) return true;
    let ignored = false;
    // From the project down: the deepest ignore file that speaks of the entry has the last word.
    for (const { rules, before, from } of this.#readingsIn(path.slice(0, path.length - name.length))) {
      const verdict = rules.test(before + path.slice(from) + (isFolder ? "/" : ""));
      if (verdict.ignored) ignored = true;
      else if (verdict.unignored) ignored = false;
    }
    return ignored;
  }

  /** Rules that hold in a folder, which ends in a stroke, or is empty for the project. */
  #readingsIn(folder: string): readonly Reading[] {
    const known = this.#held.get(folder);
    if (known !== undefined) return known;
    const above = folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1);
    const held = folder === "" ? this.#outer : this.#readingsIn(above).map((reading) => this.#freed(reading, folder));
    const own = this.#rules.get(folder.slice(0, -1));
    const readings = own === undefined ? held : [...held, { rules: own, before: "", from: folder.length }];
    if (this.#held.size >= MOST_HELD) this.#held.clear();
    this.#held.set(folder, readings);
    return readings;
  }

  /** The rules of a file without what they say of a folder that they ignore and a deeper file does not: they speak of none of its entries then. */
  #freed(reading: Reading, folder: string): Reading {
    const path = reading.before + folder.slice(reading.from);
    if (!reading.rules.test(path).ignored || this.ignoresFolder(folder.slice(0, -1))) return reading;
    return { ...reading, rules: this.#without(reading.rules, path) };
  }

  /** The same of the folders from that of a file above the project to the project, which stands for itself. */
  #freedAbove(rules: Ignore, before: string): Ignore {
    let freed = rules;
    for (let cut = before.indexOf("/"); cut !== -1; cut = before.indexOf("/", cut + 1)) {
      const above = before.slice(0, cut + 1);
      if (freed.test(above).ignored) freed = this.#without(freed, above);
    }
    return freed;
  }

  #without(rules: Ignore, folder: string): Ignore {
    return ignore({ ignorecase: this.ignoreCase }).add(rules).add([`!/${folder.replace(/[\\*?[\]]/g, "\\$&")}`]);
  }

  /**
   * Whether a file is ignored, or any folder above it is.
   *
   * @param path relative path of a file
   */
  ignoresFile(path: string): boolean {
    return this.#ignoresAbove(path) || this.ignoresEntry(path, false);
  }

  /**
   * Whether a folder is ignored, or any above it is.
   *
   * @param path relative path of a folder
   */
  ignoresFolder(path: string): boolean {
    return this.#ignoresAbove(path) || this.ignoresEntry(path, true);
  }

  #ignoresAbove(path: string): boolean {
    for (let cut = path.indexOf("/"); cut !== -1; cut = path.indexOf("/", cut + 1)) {
      if (this.ignoresEntry(path.slice(0, cut), true)) return true;
    }
    return false;
  }
}
