import { ARBITER } from "../features/registry.ts";
import { bound, inline } from "../kernel/text.ts";
import type { Fact, Stamped } from "../features/fact.ts";
import type { Journal } from "../run/journal.ts";
import type { HistoryEntry } from "../tui/store.ts";

/** Facts read at once when a thread is scrolled back. */
const WINDOW = 1_000;

/** Whose an effect, a turn or a message is: what later facts name only by its id. */
interface Owner {
  readonly role: string;
  /** Turn or decision; null for neither. */
  readonly of: string | null;
  /** Name of the tool, or words of the message. */
  readonly name: string;
}

/** Reads the older exchange of threads from the journal. */
export class History {
  readonly #journal: Journal<Fact>;
  readonly #effects = new Map<string, Owner>();
  readonly #turns = new Map<string, string>();
  readonly #messages = new Map<string, Owner>();
  /** Replies that may mean a call, with whose they are, by the key of their ask. */
  readonly #meant = new Map<string, { readonly role: string; readonly excerpt: string }>();
  #seen = 0;

  /** @param journal the run's journal, which may go on growing */
  constructor(journal: Journal<Fact>) {
    this.#journal = journal;
  }

  /**
   * Reads entries of a thread.
   *
   * @param role whose
   * @param before entries with a smaller seq
   * @param lines about how many lines are wanted, at least
   * @returns entries, oldest first; fewer than wanted only at the beginning of the run
   */
  read(role: string, before: number, lines: number): readonly HistoryEntry[] {
    this.#learn();
    const found: HistoryEntry[] = [];
    let end = Math.min(before, this.#journal.last() + 1);
    let count = 0;
    while (end > 1 && count < lines) {
      const start = Math.max(1, end - WINDOW);
      const entries: HistoryEntry[] = [];
      for (const fact of this.#journal.read(start)) {
        if (fact.seq >= end) break;
        const stamped: Stamped = fact;
        for (const entry of this.#entriesOf(stamped, role)) entries.push(entry);
      }
      found.unshift(...entries);
      count = found.reduce((sum, entry) => sum + 1 + entry.text.split("\n").length, 0);
      end = start;
    }
    return found;
  }

  /** Notes whose the effects and messages are that came since the last time. */
  #learn(): void {
    for (const fact of this.#journal.read(this.#seen + 1)) {
      this.#seen = fact.seq;
      if (fact.type === "effect_finished" && fact.result.kind === "ask" && fact.result.meant !== undefined) {
        const { role = "" } = this.#effects.get(fact.key) ?? {};
        this.#meant.set(fact.key, { role, excerpt: fact.result.meant.excerpt });
      }
      if (fact.type === "turn_opened") this.#turns.set(fact.id, fact.role);
      else if (fact.type === "message_sent") {
        this.#messages.set(fact.message.id, { role: fact.message.from, of: null, name: fact.message.text });
      } else if (fact.type === "message_edited") {
        const known = this.#messages.get(fact.id);
        if (known !== undefined) this.#messages.set(fact.id, { ...known, name: fact.text });
      } else if (fact.type === "effect_opened" && (fact.effect.kind === "ask" || fact.effect.kind === "tool")) {
        const { effect } = fact;
        if (effect.kind === "ask" && (effect.interprets !== undefined || effect.summarises !== undefined)) {
          // It is no part of the turn that it helps: its own thread shows it whatever that turn does.
          this.#effects.set(effect.key, { role: effect.role, of: null, name: "" });
          continue;
        }
        const of = effect.turn ?? /^d\d+/.exec(effect.key)?.[0] ?? null;
        this.#effects.set(effect.key, { role: effect.role, of, name: effect.kind === "tool" ? effect.call.name : "" });
      }
    }
  }

  #entriesOf(fact: Stamped, role: string): HistoryEntry[] {
    const entry = (kind: HistoryEntry["kind"], of: string | null, title: string, text: string): HistoryEntry => ({
      seq: fact.seq,
      at: fact.at,
      kind,
      of,
      title,
      text,
    });
    switch (fact.type) {
      case "message_in_prompt": {
        const message = this.#messages.get(fact.id);
        if (message === undefined || this.#turns.get(fact.turn) !== role) return [];
        return [entry("message", fact.turn, message.role, message.name)];
      }
      case "effect_opened": {
        const { effect } = fact;
        if (effect.kind !== "ask" || effect.role !== role) return [];
        if (effect.summarises !== undefined) {
          const whose = this.#turns.get(effect.turn ?? "") ?? "";
          return [
            entry("message", null, whose, `(to be summarised) the first ${effect.summarises} messages of its turn`),
          ];
        }
        if (effect.interprets === undefined) return [];
        const said = this.#meant.get(effect.interprets);
        return said === undefined ? [] : [entry("message", null, said.role, `(to be read) ${said.excerpt}`)];
      }
      case "effect_finished": {
        const owner = this.#effects.get(fact.key);
        if (owner?.role !== role) return [];
        const { result } = fact;
        if (result.kind === "tool") return [entry("result", owner.of, owner.name, result.text.text)];
        // What the arbiter decided is told by the decision.
        if (result.kind !== "ask" || role === ARBITER) return [];
        const words = result.way === "constrained" && result.calls.length > 0
          ? result.calls.map((call) => call.reason ?? "").filter((reason) => reason !== "").join("\n")
          : result.text.text;
        return [
          ...(words === "" ? [] : [entry("model", owner.of, "", words)]),
          ...result.calls.map((call) => entry("call", owner.of, call.name, sayArguments(call.arguments))),
        ];
      }
      case "effect_failed":
      case "effect_unknown": {
        const owner = this.#effects.get(fact.key);
        return owner?.role === role ? [entry("failure", owner.of, owner.name, fact.text)] : [];
      }
      case "effect_refused": {
        const owner = this.#effects.get(fact.key);
        return owner?.role === role ? [entry("failure", owner.of, owner.name, fact.reason)] : [];
      }
      case "call_given": {
        const text = inline(
          `Not asked of the model: ${fact.call.name} ${JSON.stringify(fact.call.arguments)}. ${fact.call.reason ?? ""}`,
        ).text;
        return this.#turns.get(fact.turn) === role ? [entry("application", fact.turn, "", text)] : [];
      }
      case "call_refused":
        return this.#turns.get(fact.turn) === role ? [entry("failure", fact.turn, fact.name, fact.reason)] : [];
      case "turn_told":
        return this.#turns.get(fact.turn) === role ? [entry("application", fact.turn, "", fact.text)] : [];
      case "turn_closed":
        return this.#turns.get(fact.id) === role ? [entry("outcome", fact.id, fact.ending, fact.text)] : [];
      case "decision_made":
        return role === ARBITER ? [entry("decision", fact.id, fact.name, fact.reason)] : [];
      case "decision_closed":
        return role === ARBITER ? [entry("outcome", fact.id, "", fact.outcome)] : [];
      default:
        return [];
    }
  }
}

/** Arguments in short: the file that a call is about, else all of them. */
function sayArguments(args: Readonly<Record<string, unknown>>): string {
  return typeof args.path === "string" ? args.path : bound(JSON.stringify(args), 300);
}
