import type { Way } from "../core/call.ts";
import type { AskEffect } from "../core/effect.ts";
import type { Fact, Result } from "../core/fact.ts";
import { compose, type Prompt, type PromptMessage } from "../core/prompt.ts";
import type { Registry } from "../core/registry.ts";
import type { State, Turn } from "../core/state.ts";
import { auditRendering } from "../fleet/audit.ts";
import { constrainedSchema } from "../mediate/constrained.ts";
import { declarationsText, replyFormText } from "../mediate/declarations.ts";
import {
  type ChatMessage,
  type ChatRequest,
  HostFailure,
  type ModelAbilities,
  type ModelHost,
} from "../ports/model_host.ts";
import type { BlobStore } from "./journal.ts";
import { type ClosingFact, closingOf, readText, textOf } from "./perform.ts";
import { readAnswer } from "./read_answer.ts";

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
}

/** What asks are performed through. */
export interface AskPorts {
  readonly blobs: BlobStore;
  readonly registry: Registry;
  /** Way of calling that configuration wants for a role, if any. */
  readonly ways: Readonly<Record<string, Way>>;
  readonly note: (fact: Fact) => void;
  readonly show: (key: string, status: string) => void;
  readonly stream: (key: string, piece: { readonly text?: string; readonly thinking?: string }) => void;
  readonly now: () => number;
  /** (host, model) pairs of this process that swallowed calls or refused schemas: another way is used for them. */
  readonly refusing: Map<string, Way>;
}

/** Bounds of a request, ms: a cold start of a large model may take minutes, a stalled stream may not. */
const BOUNDS = { firstTokenMs: 600_000, idleMs: 180_000, totalMs: 1_800_000 };

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
    let way = await wayOf(ask, state, placed, ports, signal);
    for (;;) {
      try {
        return await once(ask, state, turn, placed, way, ports, signal, began);
      } catch (error) {
        const other = otherWay(error, way);
        if (other === null || signal.aborted) throw error;
        ports.refusing.set(`${placed.hostName} ${placed.model}`, other);
        way = other;
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

/** The way of calling: configuration, else native for models with a built-in parser whose audit is good, else constrained. */
async function wayOf(ask: AskEffect, state: State, placed: Placed, ports: AskPorts, signal: AbortSignal): Promise<Way> {
  const refused = ports.refusing.get(`${placed.hostName} ${placed.model}`);
  if (refused !== undefined) return refused;
  const wished = ports.ways[ask.role] ?? (placed.abilities.parser !== null ? "native" : "constrained");
  if (wished !== "native" || ask.purpose === "text") return wished;
  const known = state.audits[`${placed.hostName} ${placed.model}`];
  const current = known !== undefined && known.digest === placed.digest && known.version === placed.hostVersion;
  const finding = current ? known.finding : await audit(ask, state, placed, ports, signal);
  return finding === "shown" || finding === "built_in" ? "native" : "constrained";
}

async function audit(
  ask: AskEffect,
  state: State,
  placed: Placed,
  ports: AskPorts,
  signal: AbortSignal,
): Promise<string> {
  ports.show(ask.key, "auditing what the model is shown");
  const prompt = compose(state, ports.registry, ask, frameOf(state, placed, "native"));
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
  return finding;
}

function frameOf(state: State, placed: Placed, way: Way): Parameters<typeof compose>[3] {
  return {
    way,
    window: placed.window,
    ratio: state.ratios[placed.model] ?? 1,
    declare: (tools, how) => `${declarationsText(tools)}\n\n${replyFormText(how)}`,
  };
}

async function once(
  ask: AskEffect,
  state: State,
  turn: Turn | null,
  placed: Placed,
  way: Way,
  ports: AskPorts,
  signal: AbortSignal,
  began: number,
): Promise<ClosingFact> {
  const prompt = compose(state, ports.registry, ask, frameOf(state, placed, way));
  if (prompt.overflow) {
    throw new HostFailure(
      "window_exceeded",
      `The prompt of ${ask.role} needs about ${prompt.estimate} tokens and ${ask.answerLimit} for the answer; the window of ${placed.model} on ${placed.hostName} has ${placed.window}. Give the role a larger window, or the task a smaller file.`,
    );
  }
  ports.note({
    type: "ask_placed",
    key: ask.key,
    host: placed.hostName,
    model: placed.model,
    way,
    window: placed.window,
    estimated: prompt.estimate,
    reason: placed.reason,
  });
  const request = requestOf(ask, prompt, placed, way, ports.blobs);
  const stored = ports.blobs.putBlob(JSON.stringify({ ...request, leftOut: prompt.leftOut }));
  ports.show(ask.key, "reading the prompt");
  const reply = await placed.host.chat(request, signal, (piece) => ports.stream(ask.key, piece));
  const read = readAnswer({ ask, reply, state, turn, prompt, way, registry: ports.registry, blobs: ports.blobs });
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
    promptTokens: reply.promptTokens,
    answerTokens: reply.answerTokens,
    proof: proofOf(prompt.estimate, reply.promptTokens, placed.window),
    endedBy: reply.endedBy,
    ms: ports.now() - began,
    loadMs: reply.loadMs === null ? null : Math.round(reply.loadMs),
    answerMs: reply.answerMs === null ? null : Math.round(reply.answerMs),
  };
  return { type: "effect_finished", key: ask.key, result };
}

function requestOf(ask: AskEffect, prompt: Prompt, placed: Placed, way: Way, blobs: BlobStore): ChatRequest {
  const constrained = way === "constrained" && prompt.legal.length > 0;
  return {
    model: placed.model,
    messages: prompt.messages.map((message) => messageOf(message, blobs)),
    ...(way === "native" && prompt.legal.length > 0 ? { tools: prompt.legal } : {}),
    ...(constrained ? { schema: constrainedSchema(prompt.legal) } : {}),
    window: placed.window,
    answerLimit: ask.answerLimit,
    temperature: ask.temperature,
    seed: ask.seed,
    ...(placed.abilities.parser === "functiongemma" ? { stop: ["<start_function_response>"] } : {}),
    ...(placed.abilities.thinking && ask.purpose !== "work" ? { think: false } : {}),
    bounds: BOUNDS,
  };
}

function messageOf(message: PromptMessage, blobs: BlobStore): ChatMessage {
  const content = message.pieces.map((piece) => typeof piece === "string" ? piece : readText(piece, blobs)).join("");
  return { role: message.role, content, calls: message.calls, toolName: message.toolName };
}

/**
 * Compares the server's count with our estimate: a prompt that was counted far smaller was not heard whole.
 * About half of the window is what Ollama's silent cut leaves (ollama.md §5).
 */
function proofOf(estimate: number, counted: number | null, window: number): "proven" | "estimated" | "mismatch" {
  if (counted === null) return "estimated";
  const halved = Math.abs(counted - (window / 2 + 2)) <= 2 && estimate > window * 0.6;
  return counted < estimate * 0.4 || halved ? "mismatch" : "proven";
}
