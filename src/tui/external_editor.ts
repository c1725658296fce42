import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { reasonOf } from "../kernel/reason_of.ts";
import type { Programs } from "./programs.ts";

/** Bytes of a draft that are taken back from the editor. */
const MOST_BYTES = 200_000;

/** Where a person names their editor. */
export interface EditorEnvironment {
  readonly VISUAL?: string;
  readonly EDITOR?: string;
}

/** What an edit of a draft came to: the text as it is then, or a sentence why it stays as it was. */
export type Edited = { readonly text: string } | { readonly notice: string };

/** How editors are told a line whose way is another than `+LINE FILE`. */
const LINES: readonly (readonly [editors: RegExp, args: (file: string, line: number) => readonly string[]])[] = [
  [/^(?:code|code-insiders|codium|cursor|windsurf)$/, (file, line) => ["--wait", "--goto", `${file}:${line}`]],
  [/^(?:subl|zed|zeditor)$/, (file, line) => ["--wait", `${file}:${line}`]],
  [/^(?:hx|helix)$/, (file, line) => [`${file}:${line}`]],
];

const NONE = "No editor is named: set VISUAL or EDITOR, for example EDITOR=vim, and start again.";

/** The person's own editor, in the terminal of the screen, which is given back for so long. */
export class ExternalEditor {
  readonly #handOver: (work: () => Promise<void>) => Promise<void>;
  readonly #programs: Programs | null;
  readonly #editor: string;
  #isOpen = false;

  /**
   * @param handOver gives the terminal back, does something, and takes it again
   * @param programs starts the editor; null where nothing can be started
   * @param env names the editor
   */
  constructor(
    handOver: (work: () => Promise<void>) => Promise<void>,
    programs: Programs | null,
    { VISUAL, EDITOR }: EditorEnvironment,
  ) {
    this.#handOver = handOver;
    this.#programs = programs;
    this.#editor = [VISUAL, EDITOR].find((one) => one !== undefined && one.trim() !== "")?.trim() ?? "";
  }

  /**
   * Opens a file at a line.
   *
   * @param file its whole path
   * @param shown its path as people know it
   * @param line from 1
   * @returns what is to be said of it; the empty text where all went well
   */
  async open(file: string, shown: string, line: number): Promise<string> {
    if (!existsSync(file)) return `${shown} is not in the project: what a try writes comes there once it is kept.`;
    return await this.#run(file, line) ?? "";
  }

  /**
   * Has a draft written on in the editor.
   *
   * @param text the draft as it is
   * @returns the draft as it is then
   */
  async edit(text: string): Promise<Edited> {
    if (this.#editor === "") return { notice: NONE };
    let folder: string | null = null;
    try {
      folder = await mkdtemp(join(tmpdir(), "autonomy-draft-"));
      const file = join(folder, "draft.md");
      await writeFile(file, text, { mode: 0o600 });
      const failed = await this.#run(file, null);
      if (failed !== null) return { notice: `${failed} The draft is as it was.` };
      const bytes = await readFile(file);
      return bytes.length > MOST_BYTES
        ? { notice: `The draft has ${bytes.length} bytes, more than ${MOST_BYTES}: it is as it was.` }
        : { text: bytes.toString().replace(/\r?\n$/, "") };
    } catch (error) {
      return { notice: `The draft could not be written on: ${reasonOf(error)} It is as it was.` };
    } finally {
      if (folder !== null) await rm(folder, { recursive: true, force: true });
    }
  }

  /** Runs the editor; null where it ended well. */
  async #run(file: string, line: number | null): Promise<string | null> {
    const programs = this.#programs;
    if (this.#editor === "" || programs === null) return NONE;
    if (this.#isOpen) return "The editor is open already.";
    this.#isOpen = true;
    const name = basename(this.#editor.split(/\s/, 1)[0] ?? "");
    try {
      let code = 0;
      await this.#handOver(async () => {
        // What names it may have arguments of its own, and a Ctrl-C in it is no end of the shell that started it.
        const words = `trap : INT; ${this.#editor} "$@"`;
        code = await programs.inTerminal(["sh", "-c", words, "sh", ...argumentsOf(name, file, line)]);
      });
      return code === 0 ? null : `${name} ended with ${code}.`;
    } catch (error) {
      return `${name} could not be started: ${reasonOf(error)}`;
    } finally {
      this.#isOpen = false;
    }
  }
}

function argumentsOf(name: string, file: string, line: number | null): readonly string[] {
  const own = LINES.find(([editors]) => editors.test(name))?.[1];
  if (own !== undefined) return own(file, line ?? 1);
  return line === null || line <= 1 ? [file] : [`+${line}`, file];
}
