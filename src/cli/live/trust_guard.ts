import { relative } from "node:path";
import { contentHash } from "../../work/content_hash.ts";
import { CommandError } from "../command_error.ts";
import type { Situation } from "../situation.ts";
import { trustedFiles, trustFiles, trustPath } from "../trust.ts";

/** Files of a project by their absolute paths; null for one that is not there. */
type Files = ReadonlyMap<string, Uint8Array | null>;

/** Says which of a project's own files may act while a run is at work: as they were trusted at its start, or since. */
export class TrustGuard {
  /** File whose change may let others act. */
  readonly list: string;
  readonly #state: string;
  readonly #project: string;
  /** SHA-256 by path of what may act, as far as this program knows it without the list. */
  readonly #allowed: Map<string, Set<string>>;

  /**
   * @param state state folder, with the list of trusted projects
   * @param situation the project, and how the trust in it stood at the start
   */
  constructor(state: string, { project, standing, loads }: Situation) {
    this.list = trustPath(state);
    this.#state = state;
    this.#project = project;
    const known = loads ? Object.entries(standing?.hashes ?? {}) : [];
    this.#allowed = new Map(known.map(([path, hash]) => [path, new Set([hash])]));
  }

  /** Whether all of some files may act as they are. */
  allows(files: Files): boolean {
    const noted = this.#noted();
    return Object.entries(this.#hashes(files)).every(([path, hash]) =>
      this.#allowed.get(path)?.has(hash) === true || noted?.[path] === hash
    );
  }

  /**
   * Lets files act as they are, now and in later runs.
   *
   * @returns why it could not be noted for later runs; null where it was
   */
  allow(files: Files): string | null {
    const hashes = this.#hashes(files);
    for (const [path, hash] of Object.entries(hashes)) {
      this.#allowed.set(path, (this.#allowed.get(path) ?? new Set()).add(hash));
    }
    try {
      trustFiles(this.#state, this.#project, hashes);
      return null;
    } catch (error) {
      if (error instanceof CommandError) return error.message;
      throw error;
    }
  }

  /** A path as a person reads it: from the project on, where it lies in there. */
  shown(path: string): string {
    const inside = relative(this.#project, path);
    return inside.startsWith("..") ? path : inside;
  }

  #noted(): Readonly<Record<string, string>> | null {
    try {
      return trustedFiles(this.#state, this.#project);
    } catch (error) {
      // A list that cannot be read says no.
      if (error instanceof CommandError) return null;
      throw error;
    }
  }

  #hashes(files: Files): Readonly<Record<string, string>> {
    return Object.fromEntries(
      [...files].flatMap(([path, bytes]) => bytes === null ? [] : [[this.shown(path), contentHash(bytes)]]),
    );
  }
}
