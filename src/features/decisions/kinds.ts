import { valueIn } from "../buckets.ts";
import type { Call, ToolDeclaration } from "../../kernel/call.ts";
import type { DecisionKind, Registry } from "../registry.ts";
import { ARBITER } from "../registry.ts";
import { isFurtherSeat } from "../seats/seat.ts";
import type { State } from "../state.ts";
import { fingerprint } from "./fingerprint.ts";
import { decisionAtWork } from "./slice.ts";
import { say } from "../../sentences/say.ts";

/** The specialists, in the registry's order. */
export function specialists(registry: Registry): string[] {
  return Object.keys(registry.roles).filter((role) => role !== ARBITER && !isFurtherSeat(role));
}

/** What a registry declares. */
interface Declarations {
  /** All decisions in their order, each with its kind. */
  readonly all: readonly { readonly kind: DecisionKind; readonly declared: ToolDeclaration }[];
  /** Kinds by each name that means them: their own, and what they declare; the first that has a name keeps it. */
  readonly kinds: ReadonlyMap<string, DecisionKind>;
}

/** Declarations are composed of sentences and asked for many times a decision, and a registry never changes: once is enough. */
const ofRegistry = new WeakMap<Registry, Declarations>();

function declarationsOf(registry: Registry): Declarations {
  const known = ofRegistry.get(registry);
  if (known !== undefined) return known;
  const all = registry.decisions.flatMap((kind) => kind.declare(registry).map((declared) => ({ kind, declared })));
  const kinds = new Map<string, DecisionKind>();
  for (const kind of registry.decisions) {
    const declared = all.filter((one) => one.kind === kind).map((one) => one.declared.name);
    for (const name of [kind.name, ...declared]) if (!kinds.has(name)) kinds.set(name, kind);
  }
  const declarations = { all, kinds };
  ofRegistry.set(registry, declarations);
  return declarations;
}

/** The kind of decision that a name declares; null where none does. */
export function kindOf(registry: Registry, name: string): DecisionKind | null {
  return declarationsOf(registry).kinds.get(name) ?? null;
}

/** Declares every decision that there is, always in the same order, so that the server's prefix cache holds. */
export function allDecisions(registry: Registry): ToolDeclaration[] {
  return declarationsOf(registry).all.map(({ declared }) => declared);
}

/**
 * Declares the decisions that are legal now: what would have no effect, or was made as often as it may be in this situation, is not.
 *
 * @returns declarations, narrowed to what of them is legal
 */
export function legalDecisions(state: State, registry: Registry): ToolDeclaration[] {
  return declarationsOf(registry).all.flatMap(({ kind, declared }) => {
    if (kind.narrowed !== undefined) return kind.narrowed(state, registry, declared) ?? [];
    return refusal(state, registry, { name: declared.name, arguments: {} }) === null ? [declared] : [];
  });
}

/**
 * Says why a decision is not legal now.
 *
 * @returns a sentence, or null when it is legal
 */
export function refusal(state: State, registry: Registry, call: Call): string | null {
  const kind = kindOf(registry, call.name);
  const open = decisionAtWork(state);
  if (open !== null && kind?.beside !== true) {
    return say(registry, "decisions.at_work", { decision: call.name, other: open.name });
  }
  if (kind === null) return say(registry, "decisions.unknown", { decision: call.name });
  if (isUsedUp(state, registry, call)) {
    return say(registry, "decisions.used_up", { decision: call.name, count: registry.bounds.repeats });
  }
  return kind.refusal(state, registry, call);
}

/** Whether a decision was made as often as it may be in this very situation. */
export function isUsedUp(state: State, registry: Registry, call: Call): boolean {
  if (kindOf(registry, call.name)?.beside === true) return false;
  const made = valueIn(state.decisions.seen, fingerprint(state))
    ?.[keyOf({ name: call.name, about: aboutOf(state, registry, call) })] ?? 0;
  return made >= registry.bounds.repeats;
}

/** What makes two decisions of one name the same: a phase, a task; undefined where the name says it. */
export function aboutOf(state: State, registry: Registry, { name, arguments: args }: Call): string | undefined {
  return kindOf(registry, name)?.about?.(state, args);
}

/** Names a decision for the count of repetitions: its name with what it is about, not its wording. */
export function keyOf({ name, about }: { readonly name: string; readonly about?: string }): string {
  return about === undefined ? name : `${name} ${about}`;
}
