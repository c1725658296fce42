import { join } from "node:path";
import { isRecord } from "../../kernel/json.ts";
import { Manifest } from "./manifest.ts";
import { HOSTED_FOLDER, StateFile } from "./state_file.ts";

/** Most manifests that are kept. */
const MOST_KEPT = 200;

/** What plugins that passed their self-test offer, by the hash of their files: so that none has to be started to know it. */
export class Manifests {
  readonly #file: StateFile;
  readonly #program: string;

  /**
   * @param state state folder
   * @param program version of this program: another one writes schemas in its own way
   */
  constructor(state: string, program: string) {
    this.#file = new StateFile(join(state, HOSTED_FOLDER, "manifests.json"));
    this.#program = `${program} ${Deno.version.deno}`;
  }

  /** What the plugin with these files offers; null where that is not known. */
  of(hash: string): Manifest | null {
    const all = this.#all();
    // Each is read once in a program: to compile what reads it would take longer.
    return Object.hasOwn(all, hash) ? Manifest.safeParse(all[hash], { jitless: true }).data ?? null : null;
  }

  /** Notes what it offers; where that cannot be noted, it is loaded again at the next start. */
  keep(hash: string, manifest: Manifest): void {
    const others = Object.entries(this.#all()).filter(([other]) => other !== hash);
    const manifests = Object.fromEntries([...others.slice(1 - MOST_KEPT), [hash, manifest]]);
    try {
      this.#file.write({ program: this.#program, manifests }, "What a plugin offers");
    } catch {
      // Nothing depends on it but the time of a start.
    }
  }

  #all(): Readonly<Record<string, unknown>> {
    const value = this.#file.read();
    return isRecord(value) && value.program === this.#program && isRecord(value.manifests) ? value.manifests : {};
  }
}
