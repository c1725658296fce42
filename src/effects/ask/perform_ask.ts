import type { Way } from "../../kernel/call.ts";
import type { AskEffect } from "../effect.ts";
import type { Result } from "../../features/fact.ts";
import { compose } from "../../prompt/compose.ts";
import type { Registry } from "../../features/registry.ts";
import type { State, Turn } from "../../features/state.ts";
import { auditRendering, type AuditResult } from "../../fleet/audit.ts";
import { chooseEdit, type WayChoice } from "../../fleet/choose_way.ts";
import { familyOf } from "../../fleet/model_family.ts";
import { recordKey } from "../../fleet/model_record.ts";
import type { Reading, ReplyToRead } from "../../mediate/types.ts";
import { type ChatPiece, HostFailure, type ModelAbilities, type ModelHost } from "../../ports/model_host.ts";
import { askHeard } from "./ask_heard.ts";
import { frameOf, requestOf } from "./chat_request.ts";
import type { BlobStore } from "../../run/journal.ts";
import { recalled } from "../../run/memory.ts";
import { type ClosingFact, closingOf, textOf } from "../perform.ts";
import { readAnswer } from "./read_answer.ts";
import { wayOfAsk, type WayPorts } from "./way_of_ask.ts";

/** Where an ask was placed. */
export interface Placed {
  readonly host: ModelHost;
  readonly hostName: string;
  readonly hostVersion: string;
  readonly model: string;
  readonly digest: string;
  readonly window: number;
  readonly reason: string;
  readonly abilities: ModelAbilities;
  /** Parameters of the model in billions; absent or null where unknown. */
  readonly billions?: number | null;
}

/** What asks are performed through. */
export interface AskPorts extends WayPorts {
  readonly blobs: BlobStore;
  readonly registry: Registry;
  /** Tokens that the run and the role have left now, what open asks set aside not among them. */
  readonly left: (role: string) => number;
  /** Forgets what streamed in: the ask is asked again. */
  readonly restart?: (key: string) => void;
  /** Takes the next piece of a reply, readable as it is. */
  readonly stream: (key: string, piece: ChatPiece) => void;
  /** Reads the calls of a reply in place of the ladder, and nothing is interpreted: for measuring what the ladder is worth. */
  readonly reader?: (reply: ReplyToRead) => Reading;
}

/**
 * Performs an ask that was placed. Never throws.
 *
 * @param ask the ask
 * @param state what was so when it was opened
 * @param placed where it goes
 * @param ports what it is performed through
 * @param signal ends it
 * @returns the closing fact
 */
export async function performAsk(
  ask: AskEffect,
  state: State,
  placed: Placed,
  ports: AskPorts,
  signal: AbortSignal,
): Promise<ClosingFact> {
  const began = ports.now();
  try {
    const turn = ask.turn === null ? null : state.turns[ask.turn] ?? null;
    let choice = await wayOfAsk(
      ask,
      state,
      placed,
      ports,
      () => audit(ask, state, placed, ports, signal),
      signal,
    );
    for (;;) {
      try {
        return await once(ask, state, turn, placed, choice, ports, signal, began);
      } catch (error) {
        const other = otherWay(error, choice.way);
        if (other === null || signal.aborted || spentOn(error) > ports.left(ask.role)) throw error;
        ports.refusing.set(`${placed.hostName} ${placed.model}`, other);
        ports.note({
          type: "way_refused",
          key: ask.key,
          host: placed.hostName,
          model: placed.model,
          way: choice.way,
          other,
          tokens: spentOn(error),
          text: messageOfFailure(error),
        });
        choice = { way: other, from: "refused", why: `${choice.way} failed: ${messageOfFailure(error)}` };
      }
    }
  } catch (error) {
    const closing = closingOf(ask.key, error, signal, ports.now() - began);
    return closing.type === "effect_failed" ? { ...closing, host: placed.hostName, model: placed.model } : closing;
  }
}

/** Another way after a refusal: a host without grammars reads prompts; calls that a server swallowed come as text without `tools`. */
function otherWay(error: unknown, way: Way): Way | null {
  if (!(error instanceof HostFailure)) return null;
  if (way === "constrained" && error.failure === "schema_refused") return "prompted";
  if (
    way === "native" &&
    (error.failure === "silent" || error.failure === "tools_unsupported" || error.failure === "model_output")
  ) return "constrained";
  return null;
}

/** Tokens of a reply that a server took and did not deliver. */
function spentOn(error: unknown): number {
  return error instanceof HostFailure ? (error.details.promptTokens ?? 0) + (error.details.answerTokens ?? 0) : 0;
}

/** Looks at the prompt that the model is really shown, and notes what was found. */
async function audit(
  ask: AskEffect,
  state: State,
  placed: Placed,
  ports: AskPorts,
  signal: AbortSignal,
): Promise<AuditResult> {
  ports.show(ask.key, "auditing what the model is shown");
  const frame = frameOf(state, placed, "native", ports.blobs);
  const prompt = compose(state, ports.registry, ask, frame);
  const request = requestOf(ask, prompt, placed, "native", ports.blobs);
  const rendered = await placed.host.render(request, signal);
  const { finding, reason } = auditRendering(rendered, prompt.declared, placed.abilities.parser);
  ports.note({
    type: "model_audited",
    host: placed.hostName,
    model: placed.model,
    digest: placed.digest,
    version: placed.hostVersion,
    finding,
    reason: reason.slice(0, 500),
  });
  return { finding, reason };
}

function messageOfFailure(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : String(error);
}

async function once(
  ask: AskEffect,
  state: State,
  turn: Turn | null,
  placed: Placed,
  choice: WayChoice,
  ports: AskPorts,
  signal: AbortSignal,
  began: number,
): Promise<ClosingFact> {
  const { way } = choice;
  const family = familyOf(placed.model);
  const edit = chooseEdit(recalled(ports.memory, recordKey(placed.digest, placed.model)), family);
  const { prompt, measure, stored, reply, proof, promptTokens } = await askHeard(
    ask,
    state,
    placed,
    choice,
    edit,
    ports,
    signal,
  );
  const { registry, blobs, reader } = ports;
  const read = readAnswer({ ask, reply, state, turn, prompt, way, family: family?.format, registry, blobs, reader });
  const result: Extract<Result, { kind: "ask" }> = {
    kind: "ask",
    text: textOf(reply.text, ports.blobs),
    ...(reply.thinking === "" ? {} : { thinking: textOf(reply.thinking, ports.blobs) }),
    ...read,
    way,
    host: placed.hostName,
    model: placed.model,
    prompt: stored,
    estimated: prompt.estimate,
    measure,
    promptTokens,
    answerTokens: reply.answerTokens,
    proof,
    endedBy: reply.endedBy,
    ms: ports.now() - began,
    loadMs: reply.loadMs === null ? null : Math.round(reply.loadMs),
    answerMs: reply.answerMs === null ? null : Math.round(reply.answerMs),
  };
  return { type: "effect_finished", key: ask.key, result };
}
