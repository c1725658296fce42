import type { Way } from "../../kernel/call.ts";
import type { FailureClass } from "../../kernel/failure.ts";
import type { Reading, ReplyToRead } from "../../mediate/types.ts";
import type { ChatPiece, ModelAbilities, ModelHost } from "../../ports/model_host.ts";
import type { Memory } from "../../run/memory.ts";
import type { AskEffect } from "./ask_effect.ts";

/** Where an ask was placed. */
export interface Placed {
  readonly host: ModelHost;
  readonly hostName: string;
  readonly hostVersion: string;
  readonly model: string;
  readonly digest: string;
  readonly window: number;
  readonly reason: string;
  /** Whether its model is not there and has to be loaded, as far as is known. */
  readonly loads?: boolean;
  readonly abilities: ModelAbilities;
  /** Parameters of the model in billions; absent or null where unknown. */
  readonly billions?: number | null;
}

/** What came of an ask, for whoever places the next ones; how fast it was, its closing fact says. */
export interface AskEnd {
  /** Whether a reply came; false with no failure means that nothing is known, as after a cancel. */
  readonly answered: boolean;
  /** Absent where it did not fail. */
  readonly failure?: FailureClass;
  /** How long the host wants to be left alone, ms; absent where it did not say. */
  readonly retryAfterMs?: number;
}

/** A slot that an ask has; it must be left, whatever comes of it. */
export interface Seat extends Placed {
  leave(end: AskEnd): void;
}

/** The models of a run, as asks reach them. */
export interface Models {
  /**
   * Waits for a slot.
   *
   * @throws {HostFailure} where no host has the model, and none is in sight
   */
  seat(ask: AskEffect, signal: AbortSignal): Promise<Seat>;
  /** Tokens that the run and the role have left now, what open asks set aside not among them. */
  left(role: string): number;
  /** Way of calling that configuration wants for a role, if any. */
  readonly ways: Readonly<Record<string, Way>>;
  /** (host, model) pairs of this process that swallowed calls or refused schemas: another way is used for them. */
  readonly refusing: Map<string, Way>;
  /** Probes at work, by the model's key: one model is probed once. */
  readonly probing: Map<string, Promise<void>>;
  /** What is remembered of models; null or absent: nothing is. */
  readonly memory?: Memory | null;
  /** Reads the calls of a reply in place of the ladder, and nothing is interpreted: for measuring what the ladder is worth. */
  readonly reader?: (reply: ReplyToRead) => Reading;
  /** Shows a piece of a reply as it arrives. */
  stream(key: string, piece: ChatPiece): void;
  /** Forgets what streamed in: the ask is asked again. */
  restart(key: string): void;
}
