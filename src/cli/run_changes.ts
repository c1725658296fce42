import { type AttemptWork, endedBy, workAtHand } from "../features/attempts/past_work.ts";
import type { FileWork } from "../features/attempts/file_work.ts";
import { ownedBy, type OwnedWrite, type Owner } from "../features/files/owned_writes.ts";
import { EMPTY, evolve } from "../features/features.ts";
import type { Stamped } from "../features/fact.ts";
import type { State } from "../features/state.ts";
import type { BlobStore } from "../ports/blob_store.ts";
import type { ChangedPart, FileDifference } from "../tell/changed_part.ts";
import type { StoredFacts } from "../tell/history.ts";
import { CommandError } from "./command_error.ts";
import { BECAME } from "./chosen_attempt.ts";
import { patchOf } from "./patches_of.ts";
import { sayPart, workOfPart } from "./undone_part.ts";

/** All of a run's work. */
const RUN: ChangedPart = { id: "run", says: "all of the run", owner: { task: null, role: null } };

/** Bytes of a file that are compared while the screen waits. */
const MOST_COMPARED = 400_000;
/** Differences that are kept, so that a fact of the run has nothing compared anew. */
const MOST_KEPT = 1_000;

/** `st_mode` of a file of which nothing else is known. */
const PLAIN = 0o100644;

/** Reads what a run changed, part by part, out of the stored facts. */
export class RunChanges {
  readonly #ended: AttemptWork[] = [];
  readonly #writes: OwnedWrite[] = [];
  readonly #roles = new Map<string, string>();
  #state: State = EMPTY;
  readonly #compared = new Map<string, FileDifference>();
  #known: { readonly seq: number; readonly parts: readonly ChangedPart[] } = { seq: -1, parts: [RUN] };
  #last: { readonly key: string; readonly files: readonly FileDifference[] } | null = null;
  /** The differences of the whole as they were asked for last, by path: those of files that stand as they stood are no work. */
  #whole: ReadonlyMap<string, { readonly work: FileWork; readonly file: FileDifference }> = new Map();
  #wholeOf: { readonly byPath: State["files"]["byPath"]; readonly files: readonly FileDifference[] } | null = null;

  /**
   * @param id of the run
   * @param facts of the run, which may go on growing
   * @param blobs where it keeps what stood in files
   */
  constructor(readonly id: string, readonly facts: StoredFacts, readonly blobs: Pick<BlobStore, "getBlob">) {}

  /** The parts of its work, all of it first, then the tasks, the attempts and the roles that changed a file; the same object while it is the same. */
  parts(): readonly ChangedPart[] {
    this.#learn();
    if (this.#known.seq === this.#state.seq) return this.#known.parts;
    const tasks = named(this.#writes.map(({ task }) => task));
    const roles = named(this.#writes.map(({ role }) => role));
    const owned = (owner: Owner): ChangedPart => ({ id: owner.task ?? owner.role ?? "", says: sayPart(owner), owner });
    const parts = [
      RUN,
      ...tasks.map((task) => owned({ task, role: null })),
      ...this.#attempts().filter(({ files }) => files.length > 0).map(partOf),
      ...roles.map((role) => owned({ task: null, role })),
    ];
    this.#known = { seq: this.#state.seq, parts };
    return parts;
  }

  /**
   * Says what a part made of the files.
   *
   * @param part id of one of {@link parts}
   * @returns files; none where the part is unknown or nothing of it stands
   */
  of(part: string): readonly FileDifference[] {
    const found = this.parts().find(({ id }) => id === part);
    const key = `${part} ${this.#state.seq}`;
    if (this.#last?.key === key) return this.#last.files;
    const files = found === undefined ? [] : this.#filesOf(found).map((work) => this.#difference(work));
    this.#last = { key, files };
    return files;
  }

  /**
   * Says what stands in the project by all of the run, without reading its facts.
   *
   * @param byPath each written file as it was before the run and as it is now
   */
  whole(byPath: State["files"]["byPath"]): readonly FileDifference[] {
    if (this.#wholeOf?.byPath === byPath) return this.#wholeOf.files;
    const side = (hash: string | null) => hash === null ? null : { hash, mode: PLAIN };
    const works = Object.entries(byPath).filter(([, { original, current }]) => original !== current)
      .map(([path, { original, current }]): FileWork => ({ path, from: side(original), to: side(current) }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
    const known = this.#whole;
    this.#whole = new Map(works.map((work) => {
      const last = known.get(work.path);
      const stands = last?.work.from?.hash === work.from?.hash && last?.work.to?.hash === work.to?.hash;
      return [work.path, last !== undefined && stands ? last : { work, file: this.#difference(work) }];
    }));
    const files = [...this.#whole.values()].map(({ file }) => file);
    this.#wholeOf = { byPath, files };
    return files;
  }

  #filesOf({ id, owner }: ChangedPart): readonly FileWork[] {
    if (owner !== null) return workOfPart(this.#writes, id === RUN.id ? null : owner);
    return this.#attempts().find((attempt) => nameOf(attempt) === id)?.files ?? [];
  }

  /** The difference of a file, as it was compared before where both sides are the same. */
  #difference(work: FileWork): FileDifference {
    const key = JSON.stringify([work.path, work.from, work.to]);
    const known = this.#compared.get(key) ?? this.#compare(work);
    if (this.#compared.size >= MOST_KEPT) this.#compared.clear();
    this.#compared.set(key, known);
    return known;
  }

  #compare(work: FileWork): FileDifference {
    const sizes = [work.from, work.to].map((side) => side === null ? 0 : this.blobs.getBlob(side.hash)?.length ?? 0);
    if (Math.max(...sizes) > MOST_COMPARED) {
      const text = `diff\n${work.path} is too long to be compared while the screen waits: autonomy diff ${this.id}\n`;
      return { path: work.path, change: "changed", added: 0, removed: 0, isBinary: true, text };
    }
    try {
      return patchOf({ id: this.id, journal: this.blobs }, work, false);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      // Where the journal lacks what stood in one file, the others are shown.
      const text = `diff\n${error.message}\n`;
      return { path: work.path, change: "changed", added: 0, removed: 0, isBinary: true, text };
    }
  }

  #attempts(): readonly AttemptWork[] {
    return [...this.#ended, ...workAtHand(this.#state)];
  }

  #learn(): void {
    for (const fact of this.facts.read(this.#state.seq + 1)) this.#note(fact);
  }

  #note(fact: Stamped): void {
    const before = this.#state;
    this.#state = evolve(before, fact);
    if (fact.type === "attempt_opened") this.#roles.set(`${fact.task}.${fact.number}`, fact.role);
    this.#ended.push(...endedBy(fact, before));
    this.#writes.push(...ownedBy(fact, { before, after: this.#state, roles: this.#roles }));
  }
}

function nameOf({ task, number }: AttemptWork): string {
  return `${task}.${number}`;
}

function partOf(attempt: AttemptWork): ChangedPart {
  const { role, verdict } = attempt;
  const became = verdict === null ? "at work" : BECAME[verdict];
  return { id: nameOf(attempt), says: `${nameOf(attempt)} by ${role}, ${became}`, owner: null };
}

function named(names: readonly (string | null)[]): readonly string[] {
  return [...new Set(names.flatMap((name) => name === null ? [] : [name]))].sort();
}
