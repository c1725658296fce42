import type { Fact } from "../features/fact.ts";
import { EMPTY } from "../features/features.ts";
import type { Known, OpenedEffect } from "../features/known.ts";
import type { Kinds, MadeDecision } from "../features/registry.ts";
import type { Call } from "../kernel/call.ts";
import type { AnyEffect } from "../kernel/effects.ts";
import { labelled, oneLine, plainName } from "../kernel/say.ts";

/** Remembers of the facts so far what later ones name only by its id. */
export class Earlier implements Known {
  readonly #kinds: DecisionWording;
  #phase = EMPTY.run.phase;
  readonly #effects = new Map<string, OpenedEffect>();
  readonly #roles = new Map<string, string>();
  readonly #messages = new Map<string, { readonly from: string; readonly text: string }>();

  /** @param kinds what says decisions */
  constructor(kinds: DecisionWording) {
    this.#kinds = kinds;
  }

  /** Notes a fact, before it is told itself. */
  note(fact: Fact): void {
    switch (fact.type) {
      case "effect_opened":
        this.#effects.set(fact.effect.key, this.#opened(fact.effect));
        break;
      case "effect_finished":
        if (fact.result.kind === "ask" && fact.result.meant !== undefined) this.#mean(fact.key, fact.result.meant);
        break;
      case "phase_changed":
        this.#phase = fact.phase;
        break;
      case "turn_opened":
        this.#roles.set(fact.id, fact.role);
        break;
      case "message_sent":
        this.#messages.set(fact.message.id, { from: fact.message.from, text: fact.message.text });
        break;
      case "message_edited": {
        const message = this.#messages.get(fact.id);
        if (message !== undefined) this.#messages.set(fact.id, { ...message, text: fact.text });
        break;
      }
    }
  }

  /** What a model says to a call of a tool stands in the thread of who called it. */
  #opened(effect: OpenedFact["effect"]): OpenedEffect {
    const opened = openedEffect(effect);
    const { tool, turn = null } = opened.ask ?? {};
    return tool === undefined ? opened : { ...opened, role: this.roleOf(turn ?? "") ?? opened.role };
  }

  #mean(key: string, meant: OpenedEffect["meant"]): void {
    const opened = this.#effects.get(key);
    if (opened !== undefined) this.#effects.set(key, { ...opened, meant });
  }

  effect(key: string): OpenedEffect | undefined {
    return this.#effects.get(key);
  }

  roleOf(turn: string): string | undefined {
    return this.#roles.get(turn);
  }

  message(id: string): { readonly from: string; readonly text: string } | undefined {
    return this.#messages.get(id);
  }

  decision(name: string, args: Readonly<Record<string, unknown>>): string {
    return sayDecision(this.#kinds, name, args, {
      assigned: null,
      races: false,
      goOn: goOnWords(this.#kinds, this.#phase),
    });
  }
}

type OpenedFact = Extract<Fact, { type: "effect_opened" }>;

/** What says decisions: their kinds, and what going on with each phase is. */
export type DecisionWording = Pick<Kinds, "decisions" | "phases">;

/** Says what going on with a phase is, in the imperative. */
export function goOnWords({ phases }: Pick<Kinds, "phases">, phase: string): string {
  return phases.find((kind) => kind.phase === phase)?.goOn ?? `go on with ${plainName(phase)}`;
}

/**
 * Says a decision in a few words, in the imperative: by its kind, else by its name and arguments.
 *
 * @param made where it was made and what came of it, where that is known
 */
export function sayDecision(
  { decisions }: Pick<Kinds, "decisions">,
  name: string,
  args: Readonly<Record<string, unknown>>,
  made?: MadeDecision,
): string {
  for (const kind of decisions) {
    const said = kind.says?.(name, args, made) ?? null;
    if (said !== null) return said;
  }
  const { reason: _, ...values } = args;
  return labelled(plainName(name), Object.values(values).map((value) => oneLine(String(value), 60)).join(", "));
}

/** What effects of any kind may hold. */
interface Common extends AnyEffect {
  readonly role?: string;
  readonly turn?: string | null;
  readonly call?: Call;
}

/** Keeps of an effect what telling its end needs: a call may hold long texts. */
function openedEffect(effect: OpenedFact["effect"]): OpenedEffect {
  const { kind, key } = effect;
  const { role = "", turn = null, call }: Common = effect;
  const parts = key.split(".");
  const begins = parts.map((_, index) => parts.slice(0, index + 1).join("."));
  const ask = effect.kind === "ask" ? effect : null;
  // What helps a turn is no part of it: its own thread shows it whatever that turn does.
  const helps = ask !== null && (ask.interprets !== undefined || ask.summarises !== undefined);
  return {
    kind,
    key,
    role,
    of: [...begins, ...(turn === null ? [] : [turn])],
    cause: helps ? null : turn ?? /^d\d+/.exec(key)?.[0] ?? null,
    tool: call?.name ?? ask?.tool ?? "",
    name: call === undefined ? key : `${key}: ${call.name} ${oneLine(JSON.stringify(call.arguments), 200)}`,
    ask,
    meant: null,
  };
}
