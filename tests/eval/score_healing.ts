import type { Result } from "../../src/effects/effect.ts";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import type { Stamped } from "../../src/features/fact.ts";
import type { MeantCall, Said } from "./faulty_players.ts";

/** Replies of one model, from the first that was meant as a call to the one that was read, or to the giving up. */
export interface Asking {
  /** How its replies were written wrong, in order; empty for a right one. */
  readonly faults: readonly string[];
  /** Replies until a call was read; what the interpreter reads is the same reply. */
  readonly replies: number;
  /** The step that read it; null where none did. */
  readonly step: string | null;
  /** Whether the call is the one that the reply was meant as. */
  readonly right: boolean;
}

type AskResult = Extract<Result, { kind: "ask" }>;

interface Open {
  faults: string[];
  replies: number;
  last: { readonly key: string; readonly meant: MeantCall } | null;
}

/**
 * Follows a run's facts and finds its askings.
 *
 * @param facts all facts of a run
 * @param said what its players meant
 * @param read reads a text of a fact whole
 * @returns the askings in the order of their ends
 */
export function askingsOf(
  facts: readonly Stamped[],
  said: Said,
  read: (text: AskResult["text"]) => string,
): Asking[] {
  const asks = new Map<string, AskEffect>();
  const open = new Map<string, Open>();
  const done: Asking[] = [];
  const close = (owner: string, step: string | null, call?: MeantCall) => {
    const asking = open.get(owner);
    open.delete(owner);
    if (asking === undefined) return;
    const right = call !== undefined && asking.last !== null && isMeant(call, asking.last.meant);
    done.push({ faults: asking.faults, replies: asking.replies, step, right });
  };
  for (const fact of facts) {
    switch (fact.type) {
      case "effect_opened":
        if (fact.effect.kind === "ask") asks.set(fact.effect.key, fact.effect);
        break;
      case "effect_finished": {
        const ask = asks.get(fact.key);
        if (ask === undefined || fact.result.kind !== "ask" || ask.purpose === "text") break;
        const owner = ask.turn ?? "arbiter";
        const [call] = fact.result.calls;
        if (ask.purpose === "interpret") {
          if (call !== undefined && open.get(owner)?.last?.key === ask.interprets) close(owner, "interpreter", call);
          break;
        }
        const meant = said.get(read(fact.result.text));
        if (meant === undefined) {
          // Not one of ours: the interpreter's own turns, and answers that the bound of the server cut.
          if (call !== undefined) open.delete(owner);
          break;
        }
        const asking: Open = open.get(owner) ?? { faults: [], replies: 0, last: null };
        asking.replies += 1;
        asking.last = { key: fact.key, meant: meant.meant };
        if (meant.fault !== null) asking.faults.push(meant.fault);
        open.set(owner, asking);
        if (call !== undefined) close(owner, fact.result.step, call);
        break;
      }
      case "turn_closed":
        close(fact.id, null);
        break;
      case "decision_made":
        if (fact.by !== "arbiter") close("arbiter", null);
        break;
      case "run_ended":
        for (const owner of [...open.keys()]) close(owner, null);
        break;
    }
  }
  return done;
}

/** Whether a call is what was meant; an argument that is asked for as text afterwards may be gone. */
function isMeant(call: MeantCall, meant: MeantCall): boolean {
  if (call.name !== meant.name) return false;
  return Object.entries(call.arguments).every(([name, value]) =>
    !Object.hasOwn(meant.arguments, name) || JSON.stringify(value) === JSON.stringify(meant.arguments[name])
  );
}

/** What a number of askings comes to. */
export interface HealingScore {
  readonly askings: number;
  readonly faults: number;
  /** Askings in which something was written wrong. */
  readonly faulted: number;
  /** Replies until a call was read, in the askings that were faulted and recovered. */
  readonly meanIterations: number;
  readonly p99Iterations: number;
  /** Share of the injected faults that ended in the call that was meant. */
  readonly healed: number;
  /** Share of the askings that ended in the call that was meant. */
  readonly succeeded: number;
  /** Faults by category: injected and healed. */
  readonly byCategory: Readonly<Record<string, { readonly injected: number; readonly healed: number }>>;
  /** Faulted askings by the step that read them in the end. */
  readonly bySteps: Readonly<Record<string, number>>;
}

/**
 * Adds askings up.
 *
 * @param askings askings of all runs
 * @returns the score
 */
export function scoreHealing(askings: readonly Asking[]): HealingScore {
  const faulted = askings.filter(({ faults }) => faults.length > 0);
  const recovered = faulted.filter(({ right }) => right).map(({ replies }) => replies).sort((a, b) => a - b);
  const faults = faulted.flatMap(({ faults: all, right }) => all.map((category) => ({ category, right })));
  const byCategory: Record<string, { injected: number; healed: number }> = {};
  for (const { category, right } of faults) {
    const known = byCategory[category] ??= { injected: 0, healed: 0 };
    known.injected += 1;
    if (right) known.healed += 1;
  }
  const bySteps: Record<string, number> = {};
  for (const { step, replies } of faulted) {
    const name = step === null ? "given up" : replies > 1 ? `asked again, ${step}` : step;
    bySteps[name] = (bySteps[name] ?? 0) + 1;
  }
  const share = (some: number, all: number) => all === 0 ? 1 : some / all;
  return {
    askings: askings.length,
    faults: faults.length,
    faulted: faulted.length,
    meanIterations: share(recovered.reduce((sum, one) => sum + one, 0), recovered.length),
    p99Iterations: recovered[Math.min(recovered.length - 1, Math.ceil(recovered.length * 0.99) - 1)] ?? 0,
    healed: share(faults.filter(({ right }) => right).length, faults.length),
    succeeded: share(askings.filter(({ right }) => right).length, askings.length),
    byCategory,
    bySteps,
  };
}
