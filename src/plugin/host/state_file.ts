import { dirname } from "node:path";
import { reasonOf } from "../../kernel/reason_of.ts";
import { parsedJson } from "../../kernel/json.ts";

/** Folder of the state folder that holds what is kept of plugins with processes of their own. */
export const HOSTED_FOLDER = "hosted";

/** A file of JSON in the state folder that only its owner reads, as it is now, also where another program wrote it. */
export class StateFile {
  readonly #path: string;
  #stamp = "";
  #value: unknown;

  /** @param path absolute path; a file that does not exist holds nothing */
  constructor(path: string) {
    this.#path = path;
  }

  /** Gives what it holds; undefined where that is no JSON, or cannot be read. */
  read(): unknown {
    const stamp = this.#stampNow();
    if (stamp === this.#stamp) return this.#value;
    try {
      this.#value = stamp === "" ? undefined : parsedJson(Deno.readTextFileSync(this.#path));
      this.#stamp = stamp;
    } catch {
      // Whoever asks takes it for empty: what is not known is neither allowed nor offered.
      this.#value = undefined;
    }
    return this.#value;
  }

  /**
   * Writes a value in the place of what it holds, whole or not at all.
   *
   * @param what names it in the error, such as `What plugins may do`
   * @throws where it cannot be written, with what to do
   */
  write(value: unknown, what: string): void {
    const beside = `${this.#path}.${Deno.pid}`;
    try {
      Deno.mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      Deno.writeTextFileSync(beside, `${JSON.stringify(value)}\n`, { mode: 0o600 });
      Deno.renameSync(beside, this.#path);
    } catch (cause) {
      throw new Error(
        `${what} cannot be noted in ${this.#path}: ${
          reasonOf(cause)
        }. Make the folder writable or set AUTONOMY_STATE_HOME to another.`,
        { cause },
      );
    }
  }

  /** What tells one content from the next without reading it; empty where there is no file. */
  #stampNow(): string {
    try {
      const { mtime, size, ino } = Deno.statSync(this.#path);
      return `${mtime?.getTime()} ${size} ${ino}`;
    } catch {
      return "";
    }
  }
}
