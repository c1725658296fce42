import type { AskEffect, Meant } from "../effects/ask/ask_effect.ts";
import type { AnyFact } from "../kernel/fact.ts";
import type { Told, ToldEffect } from "../kernel/told.ts";
import type { Fact } from "./fact.ts";

/** An effect, as far as it is told when it is over. */
export interface OpenedEffect {
  readonly kind: string;
  readonly key: string;
  /** Role whose thread it stands in; empty for none. */
  readonly role: string;
  /** Ids of what it belongs to: its turn, what its key begins with, the key itself. */
  readonly of: readonly string[];
  /** Turn, or decision of the arbiter; null for neither. */
  readonly cause: string | null;
  /** Name of the tool that it runs; empty for none. */
  readonly tool: string;
  /** What it is called: its key, with the call where it runs a tool. */
  readonly name: string;
  /** The ask that it is; null where it is none. */
  readonly ask: AskEffect | null;
  /** What its reply may mean; null where nobody asked that. */
  readonly meant: Meant | null;
}

/** What is known of things that facts name only by their ids. */
export interface Known {
  effect(key: string): OpenedEffect | undefined;
  /** Role of a turn. */
  roleOf(turn: string): string | undefined;
  /** Sender and last text of a message. */
  message(id: string): { readonly from: string; readonly text: string } | undefined;
  /** Says a decision by its name and arguments. */
  decision(name: string, args: Readonly<Record<string, unknown>>): string;
}

/** How each of some types of facts is told: the compiler names the ones that are forgotten. `F` are the facts, those of Autonomy if none are named. */
export type TellOf<Type extends F["type"], F extends AnyFact = Fact> = {
  readonly [T in Type]: Told<Extract<F, { readonly type: T }>, Known>;
};

/** How effects of a kind are told: `E` is the effect, `R` what it gives. */
export type TellEffect<E, R> = ToldEffect<E, R, OpenedEffect, Known>;
