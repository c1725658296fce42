import type { WriteFact } from "../../src/effects/write_fact.ts";
import type { Fact, Stamped } from "../../src/features/fact.ts";
import type { Ledger, Save } from "./disk.ts";

/** Finished writes to the project itself. */
export function writesToProject(fact: Fact): readonly WriteFact[] {
  if ("workspace" in fact && fact.workspace !== undefined) return [];
  if (fact.type === "command_closed") return fact.writes;
  return fact.type === "write_closed" && fact.done ? [fact.write] : [];
}

/** The project of a run as it stands at each fact, by the facts and by what persons saved in between. */
export class Standing {
  readonly files: Map<string, string>;
  readonly #saves: readonly Save[];
  #next = 0;

  constructor({ start, saves }: Ledger) {
    this.files = new Map(start);
    this.#saves = saves;
  }

  /** Hash of a file; null where none stands. */
  at(path: string): string | null {
    return this.files.get(path) ?? null;
  }

  /** What persons saved before a fact, since the last one that was asked for. */
  savedBefore({ seq }: Stamped): readonly Save[] {
    const saved: Save[] = [];
    for (let save = this.#saves[this.#next]; save !== undefined && save.seq < seq; save = this.#saves[this.#next]) {
      this.#put(save.path, save.after);
      saved.push(save);
      this.#next += 1;
    }
    return saved;
  }

  hear(fact: Fact): void {
    for (const { path, after } of writesToProject(fact)) this.#put(path, after);
  }

  #put(path: string, hash: string | null): void {
    if (hash === null) this.files.delete(path);
    else this.files.set(path, hash);
  }
}
