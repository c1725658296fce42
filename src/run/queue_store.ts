import { dirname, join } from "node:path";
import * as z from "zod";
import { reasonOf } from "../kernel/reason_of.ts";
import { contentHash } from "../work/content_hash.ts";
import { JournalBusy, JournalError } from "./journal_error.ts";
import { LockHeld, takeLock, type WriterLock } from "./writer_lock.ts";

/** What can happen to a queue: a line each, in its order. */
const QueueFact = z.discriminatedUnion("type", [
  z.object({ type: z.literal("queue"), version: z.literal(1), project: z.string() }),
  z.object({
    type: z.literal("added"),
    id: z.string(),
    goal: z.string(),
    at: z.int(),
    /** Branch for its work; absent: as it is configured. */
    branch: z.string().optional(),
    /** Whether the yes to its new tests is given ahead. */
    acceptTests: z.boolean(),
  }),
  z.object({ type: z.literal("removed"), id: z.string(), at: z.int() }),
  /** Its run is about to begin, or goes on. */
  z.object({ type: z.literal("begun"), id: z.string(), run: z.string(), at: z.int() }),
  z.object({
    type: z.literal("ended"),
    id: z.string(),
    kind: z.string(),
    cause: z.string(),
    at: z.int(),
    /** Words after the program's name by which a person helps it on; null where nobody is needed. */
    needs: z.string().nullable(),
    /** The branch that its work stands on, with its number of commits; null where it stands in the project, or there is none. */
    branch: z.object({ name: z.string(), commits: z.int() }).nullable(),
  }),
]);
type QueueFact = z.infer<typeof QueueFact>;

/** How a goal of a queue ended. */
export type GoalEnding = Omit<Extract<QueueFact, { type: "ended" }>, "type" | "id">;

/** A goal of a queue. */
export interface QueuedGoal {
  /** `g1`, `g2` … */
  readonly id: string;
  readonly goal: string;
  readonly branch: string | null;
  readonly acceptTests: boolean;
  /** Id of its run; null while none began. */
  readonly run: string | null;
  /** null while it waits or is open. */
  readonly ending: GoalEnding | null;
}

/** The goals of a project that are worked off one after the other. */
export interface QueueStore {
  readonly project: string;
  /** All goals, in the order in which they were added. */
  read(): readonly QueuedGoal[];
  /** Adds a goal at the end. */
  add(goal: Pick<QueuedGoal, "goal" | "branch" | "acceptTests">): QueuedGoal;
  /** Removes a goal. */
  remove(id: string): void;
  /** Notes that the run of a goal is about to begin. */
  begin(id: string, run: string): void;
  /** Notes how a goal ended. */
  end(id: string, ending: Omit<GoalEnding, "at">): void;
  /**
   * Holds the queue while it is worked off.
   *
   * @returns the lock; the caller releases it
   * @throws {JournalBusy} when another process works it off
   */
  hold(): WriterLock;
}

/**
 * Opens the queue of a project. Nothing is written before a goal is added.
 *
 * @param state absolute path of the state folder
 * @param project real path of the project
 */
export function openQueue(state: string, project: string): QueueStore {
  return new FileQueue(join(state, "queues", `${contentHash(project).slice(0, 24)}.jsonl`), project);
}

class FileQueue implements QueueStore {
  readonly project: string;
  readonly #path: string;

  constructor(path: string, project: string) {
    this.project = project;
    this.#path = path;
  }

  read(): readonly QueuedGoal[] {
    return goalsOf(this.#facts());
  }

  add({ goal, branch, acceptTests }: Pick<QueuedGoal, "goal" | "branch" | "acceptTests">): QueuedGoal {
    return this.#write((facts) => {
      const number = facts.filter(({ type }) => type === "added").length + 1;
      const own = { id: `g${number}`, goal, acceptTests, ...(branch === null ? {} : { branch }) };
      const head: QueueFact[] = facts.length > 0 ? [] : [{ type: "queue", version: 1, project: this.project }];
      const added: QueueFact = { type: "added", ...own, at: Date.now() };
      return { facts: [...head, added], gives: { ...own, branch, run: null, ending: null } };
    });
  }

  remove(id: string): void {
    this.#note({ type: "removed", id, at: Date.now() });
  }

  begin(id: string, run: string): void {
    this.#note({ type: "begun", id, run, at: Date.now() });
  }

  end(id: string, ending: Omit<GoalEnding, "at">): void {
    this.#note({ type: "ended", id, ...ending, at: Date.now() });
  }

  hold(): WriterLock {
    return this.#locked("run", `another process works off the queue of ${this.project}; wait until it ends, or end it`);
  }

  #note(fact: QueueFact): void {
    this.#write(() => ({ facts: [fact], gives: undefined }));
  }

  /** Appends what follows from all that stands there, while nobody else does. */
  #write<T>(next: (facts: readonly QueueFact[]) => { readonly facts: readonly QueueFact[]; readonly gives: T }): T {
    const lock = this.#locked("write", `the queue of ${this.project} is being written by another process; try again`);
    try {
      const { facts, gives } = next(this.#facts());
      using file = Deno.openSync(this.#path, { read: true, write: true, create: true, mode: 0o600 });
      // A line that was torn by a kill never happened.
      file.truncateSync(this.#whole().length);
      file.seekSync(0, Deno.SeekMode.End);
      const bytes = new TextEncoder().encode(facts.map((fact) => `${JSON.stringify(fact)}\n`).join(""));
      for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
      return gives;
    } catch (cause) {
      if (cause instanceof JournalError) throw cause;
      throw new JournalError(`the queue ${this.#path} cannot be written: ${reasonOf(cause)}`, { cause });
    } finally {
      lock.release();
    }
  }

  #locked(what: string, busy: string): WriterLock {
    try {
      Deno.mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      return takeLock(`${this.#path}.${what}.lock`);
    } catch (cause) {
      if (cause instanceof LockHeld) throw new JournalBusy(busy, { cause });
      throw new JournalError(`the queue ${this.#path} cannot be written: ${reasonOf(cause)}`, { cause });
    }
  }

  /** Bytes up to the end of the last whole line; none where there is no queue yet. */
  #whole(): Uint8Array {
    try {
      const bytes = Deno.readFileSync(this.#path);
      return bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
    } catch (cause) {
      if (cause instanceof Deno.errors.NotFound) return new Uint8Array();
      throw new JournalError(`the queue ${this.#path} cannot be read: ${reasonOf(cause)}`, { cause });
    }
  }

  #facts(): readonly QueueFact[] {
    const lines = new TextDecoder().decode(this.#whole()).split("\n").slice(0, -1);
    return lines.map((line, index) => {
      try {
        return QueueFact.parse(JSON.parse(line));
      } catch (cause) {
        throw new JournalError(
          `the queue ${this.#path} is damaged, or of a newer Autonomy, at line ${index + 1}: ${
            cause instanceof z.ZodError ? "it has another form" : reasonOf(cause)
          }; correct or remove the line`,
          { cause },
        );
      }
    });
  }
}

function goalsOf(facts: readonly QueueFact[]): readonly QueuedGoal[] {
  const goals = new Map<string, QueuedGoal>();
  for (const fact of facts) {
    if (fact.type === "queue") continue;
    if (fact.type === "added") {
      const { id, goal, branch = null, acceptTests } = fact;
      goals.set(id, { id, goal, branch, acceptTests, run: null, ending: null });
      continue;
    }
    const goal = goals.get(fact.id);
    if (goal === undefined) continue;
    if (fact.type === "removed") goals.delete(fact.id);
    else if (fact.type === "begun") goals.set(fact.id, { ...goal, run: fact.run });
    else {
      const { type: _type, id: _id, ...ending } = fact;
      goals.set(fact.id, { ...goal, ending });
    }
  }
  return [...goals.values()];
}
