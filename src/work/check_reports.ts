import { copyFile, lstat, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Check, Report } from "../languages/runner.ts";
import type { Enclosure } from "./sandbox/enclosure_shape.ts";

/** Stands for the folder of reports in the words and variables of a check. */
export const PLACE = "{reports}";
/** Variables that hold options of a program: ours stand behind those of the person. */
const OPTIONS: ReadonlySet<string> = new Set(["NODE_OPTIONS", "PYTEST_ADDOPTS"]);
/** Bytes of all reports of one check that are read. */
const MOST_BYTES = 64_000_000;
/** Entries of folders that are looked through for what a command leaves. */
const MOST_ENTRIES = 50_000;
/** Folders that hold no results, and many files. */
const NOT_LOOKED_AT = /^(?:node_modules|\.git|\.venv|venv)$/;

/** The folder in which one execution of a check writes its results. It lies outside of the project and is deleted after it. */
export class CheckReports {
  readonly #check: Check;
  /** Where it lies on disk. */
  readonly #folder: string;
  /** What the command calls it. */
  readonly #seenAs: string;
  /** Time at which it was made, as the file system counts, ms. */
  readonly #began: number;

  private constructor(check: Check, folder: string, seenAs: string, began: number) {
    this.#check = check;
    this.#folder = folder;
    this.#seenAs = seenAs;
    this.#began = began;
  }

  /**
   * Makes the folder.
   *
   * @param check what is to be executed
   * @param enclosure what it will see
   */
  static async open(check: Check, enclosure: Enclosure | undefined): Promise<CheckReports> {
    const own = enclosure !== undefined && enclosure.tier !== "none" ? enclosure.temporary : tmpdir();
    const folder = await mkdtemp(join(own, "autonomy-reports-"));
    const seenAs = enclosure?.tier.startsWith("bubblewrap") === true ? `/tmp${folder.slice(own.length)}` : folder;
    for (const { pathname, href } of check.reporting.brings ?? []) {
      await copyFile(fileURLToPath(href), join(folder, basename(pathname)));
    }
    return new CheckReports(check, folder, seenAs, (await lstat(folder)).mtimeMs);
  }

  /** Program and words of the check, with those that make it report. */
  get command(): readonly string[] {
    const { command, reporting } = this.#check;
    return [...command, ...reporting.words ?? []].map((word) => this.#placed(word));
  }

  /** Variables of the check, with those that make it report; options behind those that the person has set. */
  get environment(): Readonly<Record<string, string>> {
    const all: Record<string, string> = {};
    for (const variables of [this.#check.environment, this.#check.reporting.variables ?? {}]) {
      for (const [name, value] of Object.entries(variables)) {
        const before = OPTIONS.has(name) ? all[name] ?? Deno.env.get(name) ?? "" : "";
        all[name] = before === "" ? this.#placed(value) : `${before} ${this.#placed(value)}`;
      }
    }
    return all;
  }

  /**
   * Reads what was written, once the check has ended.
   *
   * @param root absolute path of the folder that it ran in
   * @returns its reports, by path; what is no plain file is passed over, since code under test may have put it there
   */
  async read(root: string): Promise<readonly Report[]> {
    const { brings = [], leaves } = this.#check.reporting;
    const found: Report[] = [];
    let left = MOST_BYTES;
    const take = async (folder: string, path: string, since: number) => {
      const { size, mtimeMs } = await lstat(join(folder, path));
      if (mtimeMs < since || size > left) return;
      left -= size;
      found.push({ path, text: await readFile(join(folder, path), "utf8") });
    };
    const brought = brings.map(({ pathname }) => basename(pathname));
    for (const path of await namesOfFiles(this.#folder)) if (!brought.includes(path)) await take(this.#folder, path, 0);
    if (leaves !== undefined) {
      for (const path of await filesBelow(root, leaves)) await take(root, path, this.#began);
    }
    return found;
  }

  /** Deletes the folder. */
  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  #placed(text: string): string {
    return text.replaceAll(PLACE, this.#seenAs);
  }
}

/** Plain files right in a folder, sorted. */
async function namesOfFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name).sort();
}

/** Plain files below a folder that a pattern fits, ignored ones too, sorted; no link is followed. */
async function filesBelow(root: string, fits: RegExp): Promise<string[]> {
  const found: string[] = [];
  const pending = [""];
  let seen = 0;
  for (let folder = pending.shift(); folder !== undefined && seen < MOST_ENTRIES; folder = pending.shift()) {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      seen += 1;
      if (entry.isDirectory() && !NOT_LOOKED_AT.test(entry.name)) pending.push(path);
      else if (entry.isFile() && fits.test(path)) found.push(path);
    }
  }
  return found.sort();
}
