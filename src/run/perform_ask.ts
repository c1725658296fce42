import type { ToolDeclaration, Way } from "../core/call.ts";
import type { AskEffect } from "../core/effect.ts";
import type { Fact, Result } from "../core/fact.ts";
import { compose } from "../core/prompt/compose.ts";
import type { Prompt } from "../core/prompt/prompt.ts";
import type { Registry } from "../core/registry.ts";
import type { State, Turn } from "../core/state.ts";
import { inline } from "../core/text.ts";
import { auditRendering } from "../fleet/audit.ts";
import { elides } from "../mediate/elides.ts";
import { readFencedText } from "../mediate/read_text.ts";
import { readReply } from "../mediate/read_reply.ts";
import { type ChatReply, HostFailure, type ModelAbilities, type ModelHost } from "../ports/model_host.ts";
import { askHeard } from "./ask_heard.ts";
import { frameOf, requestOf } from "./chat_request.ts";
import type { BlobStore } from "./journal.ts";
import { type ClosingFact, closingOf, readText, textOf } from "./perform.ts";

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
export interface AskPorts {
  readonly blobs: BlobStore;
  readonly registry: Registry;
  /** Way of calling that configuration wants for a role, if any. */
  readonly ways: Readonly<Record<string, Way>>;
  readonly note: (fact: Fact) => void;
  readonly show: (key: string, status: string) => void;
  /** Forgets what streamed in: the ask is asked again. */
  readonly restart?: (key: string) => void;
  readonly stream: (key: string, piece: { readonly text?: string; readonly thinking?: string }) => void;
  readonly now: () => number;
  /** (host, model) pairs of this process that swallowed calls or refused schemas: another way is used for them. */
  readonly refusing: Map<string, Way>;
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
  const prompt = compose(state, ports.registry, ask, await frameOf(state, placed, "native", ports.blobs));
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
  const { prompt, stored, reply, proof, promptTokens } = await askHeard(ask, state, placed, way, ports, signal);
  const read = ask.purpose === "text"
    ? readContent(reply, turn, prompt.declared, ports.blobs)
    : readCalls(reply, prompt, way);
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

type Read = Pick<Extract<Result, { kind: "ask" }>, "calls" | "fault" | "step" | "content">;

/** Reads the calls of a reply; without one the fault says, so that the model can act on it, what was wrong. */
function readCalls(reply: ChatReply, prompt: Prompt, way: Way): Read {
  const reading = readReply({
    text: reply.text,
    delivered: reply.calls,
    thinking: reply.thinking,
    tools: prompt.legal.map(callable),
    allTools: prompt.declared,
    way,
    forced: reply.forced,
    endedBy: reply.endedBy,
  });
  const calls = reading.calls.map((call) => ({ ...call, arguments: { ...call.arguments } }));
  const fault = calls.length > 0
    ? null
    : inline(reading.fault ?? "Your reply held no tool call. Reply with exactly one call.").text;
  return { calls, fault, step: reading.step, content: null };
}

/** A call may leave out the argument that is asked for as text. */
function callable(tool: ToolDeclaration): ToolDeclaration {
  const required = tool.parameters.required;
  if (tool.asText === undefined || !Array.isArray(required)) return tool;
  return { ...tool, parameters: { ...tool.parameters, required: required.filter((name) => name !== tool.asText) } };
}

/** Reads exactly the text that was asked for after a call. */
function readContent(
  reply: ChatReply,
  turn: Turn | null,
  declared: readonly ToolDeclaration[],
  blobs: BlobStore,
): Read {
  const call = turn?.calls[0];
  const path = typeof call?.arguments.path === "string" ? call.arguments.path : undefined;
  const argument = declared.find((tool) => tool.name === call?.name)?.asText;
  const wrong = (fault: string): Read => ({ calls: [], fault, step: "text", content: null });
  if (reply.endedBy === "length") {
    return wrong(
      `Your text was cut after ${
        reply.answerTokens ?? "the allowed"
      } tokens, before its end. Write a shorter one, or change a smaller piece.`,
    );
  }
  const read = readFencedText(reply.text, { path, argument });
  if ("fault" in read) return wrong(read.fault);
  const shown = turn?.prepared?.texts.find((file) => file.path === path);
  const elided = elides(read.text, shown === undefined ? "" : readText(shown.text, blobs));
  if (elided !== null) {
    return wrong(
      `Your text leaves something out: "${elided}". Write every line, from the first to the last; nothing may be left out.`,
    );
  }
  return { calls: [], fault: null, step: "text", content: blobs.putBlob(read.text) };
}
