import { differenceOf } from "../../effects/difference.ts";
import { textOf } from "../../effects/stored_text.ts";
import type { Fact, Stamped } from "../../features/fact.ts";
import type { State } from "../../features/state.ts";
import { oneLine } from "../../kernel/say.ts";
import type { ShelfChange } from "../../plugin/live/shelf.ts";
import { filesByPlace, type PluginFiles } from "../../plugin/plugin_files.ts";
import type { BlobStore } from "../../ports/blob_store.ts";
import type { TrustGuard } from "./trust_guard.ts";

/** Lines around each change of a file. */
const CONTEXT_LINES = 3;

/** What questions about plugins need. */
export interface QuestionParts {
  readonly guard: TrustGuard;
  readonly blobs: BlobStore;
  /** Notes facts that are to be told between two steps of the run. */
  readonly say: (news: (state: State) => readonly Fact[]) => void;
  /** Hears that files may act which could not before. */
  readonly allowed: () => void;
}

/** Asks the person before a plugin of a project is used that is not as it was trusted. */
export class PluginQuestions {
  readonly #parts: QuestionParts;
  /** What is asked, by id of the question. */
  readonly #asked = new Map<string, PluginFiles>();
  #count = 0;

  /** @param parts what it works with */
  constructor(parts: QuestionParts) {
    this.#parts = parts;
  }

  /** Hears what became of a plugin: about what may act, and what is gone, nothing is asked any more. */
  hear(change: ShelfChange): void {
    const { kind, path } = change;
    if (kind === "waits") this.#ask(change.files, change.before);
    else if (kind === "gone") this.#withdraw(path, false, "the plugin is gone");
    else this.#withdraw(path, kind === "opened", kind === "opened" ? "trusted meanwhile" : "another version was saved");
  }

  /** Asks about a version, where somebody is there to answer; else says how to answer. */
  #ask(files: PluginFiles, before: PluginFiles | null): void {
    const { guard, say } = this.#parts;
    const { path, version } = files;
    this.#withdraw(path, false, "another version was saved");
    const shown = oneLine(guard.shown(path));
    const what = before === null ? "is new" : "changed";
    const id = `plugin${++this.#count}.${version}`;
    say((state) => {
      // In a project that nobody trusts the question is a larger one, and asked already.
      if (!state.people.trusted) return [];
      const text = `The plugin ${shown} of this project ${what}: it is used once you say yes`;
      const waits = { type: "plugin_waits", path, plugin: null, version, for: "yes" } as const;
      if (state.run.info?.headless === true) return [{ ...waits, text: `${text}: autonomy trust` }];
      this.#asked.set(id, files);
      const asks = this.#question(files, before);
      return [{ ...waits, text }, { ...asks, id, text: `Use the plugin ${shown} of this project? It ${what}.` }];
    });
  }

  /** Hears the answers. */
  heard(facts: readonly Stamped[]): void {
    for (const fact of facts) {
      const files = fact.type === "question_answered" ? this.#asked.get(fact.id) : undefined;
      if (fact.type !== "question_answered" || files === undefined) continue;
      this.#asked.delete(fact.id);
      if (!fact.approved) continue;
      const fault = this.#parts.guard.allow(filesByPlace(files));
      if (fault !== null) this.#parts.say(() => [{ type: "person_told", text: fault, cause: fact.id }]);
      this.#parts.allowed();
    }
  }

  #withdraw(path: string, approved: boolean, text: string): void {
    for (const [id, files] of this.#asked) {
      if (files.path !== path) continue;
      this.#asked.delete(id);
      this.#parts.say(({ people }) =>
        people.questions.some((question) => question.id === id)
          ? [{ type: "question_answered", id, approved, text }]
          : []
      );
    }
  }

  #question(files: PluginFiles, before: PluginFiles | null) {
    const { guard, blobs } = this.#parts;
    const other = [...filesByPlace(files)].filter(([path, bytes]) => !guard.allows(new Map([[path, bytes]])));
    const known = before === null ? new Map<string, Uint8Array>() : filesByPlace(before);
    const shows = other.map(([path, bytes]) =>
      differenceOf(guard.shown(path), textIn(known.get(path)), textIn(bytes), CONTEXT_LINES)
    ).join("\n");
    return {
      type: "question_asked",
      kind: "plugin",
      context: `Its code runs on this machine. Not as they were trusted: ${
        other.map(([path]) => oneLine(guard.shown(path))).join(", ")
      }.`,
      turn: null,
      shows: textOf(shows, blobs),
    } as const;
  }
}

function textIn(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return "";
  return bytes.includes(0) ? `${bytes.length} bytes that are no text\n` : new TextDecoder().decode(bytes);
}
