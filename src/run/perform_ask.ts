import type { ToolDeclaration, Way } from "../core/call.ts";
import type { AskEffect } from "../core/effect.ts";
import type { Result } from "../core/fact.ts";
import { compose } from "../core/prompt/compose.ts";
import type { Prompt, PromptFrame, PromptMessage } from "../core/prompt/prompt.ts";
import type { Registry } from "../core/registry.ts";
import type { State, Turn } from "../core/state.ts";
import { auditRendering, type AuditResult } from "../fleet/audit.ts";
import { chooseEdit, type EditChoice, type WayChoice } from "../fleet/choose_way.ts";
import { familyOf } from "../fleet/model_family.ts";
import { recordKey } from "../fleet/model_record.ts";
import { constrainedSchema } from "../mediate/constrained.ts";
import { declarationsText, replyFormText } from "../mediate/declarations.ts";
import type { Reading, ReplyToRead } from "../mediate/types.ts";
import {
  type ChatMessage,
  type ChatRequest,
  HostFailure,
  type ModelAbilities,
  type ModelHost,
} from "../ports/model_host.ts";
import type { BlobStore } from "./journal.ts";
import { tokenCounter } from "./count_tokens.ts";
import { recalled } from "./memory.ts";
import { type ClosingFact, closingOf, readText, textOf } from "./perform.ts";
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
  readonly stream: (key: string, piece: { readonly text?: string; readonly thinking?: string }) => void;
  /** Reads the calls of a reply in place of the ladder, and nothing is interpreted: for measuring what the ladder is worth. */
  readonly reader?: (reply: ReplyToRead) => Reading;
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
        if (other === null || signal.aborted) throw error;
        ports.refusing.set(`${placed.hostName} ${placed.model}`, other);
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

/** Looks at the prompt that the model is really shown, and notes what was found. */
async function audit(
  ask: AskEffect,
  state: State,
  placed: Placed,
  ports: AskPorts,
  signal: AbortSignal,
): Promise<AuditResult> {
  ports.show(ask.key, "auditing what the model is shown");
  const frame = await frameOf(state, placed, "native", ports.blobs);
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

/** How texts travel where nothing is known: right after the call. */
const TEXT_AFTER: EditChoice = chooseEdit(null, null);

/**
 * The frame of a prompt for a place: window and size of the model, the calibration by the server's counts, and the counter of tokens.
 *
 * @param state what is so
 * @param placed where the ask goes
 * @param way way of calling
 * @param blobs where long texts are kept
 * @param edit how texts of calls travel; right after the call where absent
 * @returns the frame
 */
export async function frameOf(
  state: State,
  placed: Pick<Placed, "model" | "window" | "billions">,
  way: Way,
  blobs: BlobStore,
  edit: EditChoice = TEXT_AFTER,
): Promise<PromptFrame> {
  return {
    way,
    window: placed.window,
    ratio: state.ratios[placed.model] ?? 1,
    declare: (tools, how) => `${declarationsText(tools.map((tool) => carried(tool, edit)))}\n\n${replyFormText(how)}`,
    billions: placed.billions ?? null,
    count: await tokenCounter(),
    read: (text) => readText(text, blobs),
  };
}

/** A tool as the record of the model wants it: its text asked for after the call, or in the call's JSON. */
function carried(tool: ToolDeclaration, edit: EditChoice): ToolDeclaration {
  if (!edit.inJson || tool.asText === undefined) return tool;
  const { asText: _after, ...whole } = tool;
  return whole;
}

/** Tools that change a part of a file, and those that replace the whole, where both are there. */
const EDITS = { replace: "edit_file", whole: "rewrite_file" } as const;

/** The prompt with the form of edits that serves the model: what is declared stays, what is legal is narrowed. */
function withEdits(prompt: Prompt, edit: EditChoice): Prompt {
  const names = prompt.legal.map(({ name }) => name);
  const both = names.includes(EDITS.replace) && names.includes(EDITS.whole);
  const without = edit.without === null || !both ? null : EDITS[edit.without];
  if (without === null && !edit.inJson) return prompt;
  const legal = prompt.legal.filter(({ name }) => name !== without).map((tool) => carried(tool, edit));
  return { ...prompt, legal, declared: prompt.declared.map((tool) => carried(tool, edit)) };
}

async function once(
  ask: AskEffect,
  state: State,
  turn: Turn | null,
  placed: Placed,
  { way, from, why }: WayChoice,
  ports: AskPorts,
  signal: AbortSignal,
  began: number,
): Promise<ClosingFact> {
  const family = familyOf(placed.model);
  const edit = chooseEdit(recalled(ports.memory, recordKey(placed.digest, placed.model)), family);
  const frame = await frameOf(state, placed, way, ports.blobs, edit);
  const prompt = withEdits(compose(state, ports.registry, ask, frame), edit);
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
    wayReason: `${from}: ${why}`,
    digest: placed.digest,
  });
  const request = requestOf(ask, prompt, placed, way, ports.blobs);
  const stored = ports.blobs.putBlob(JSON.stringify({ ...request, leftOut: prompt.leftOut }));
  ports.show(ask.key, "reading the prompt");
  const reply = await placed.host.chat(request, signal, (piece) => ports.stream(ask.key, piece));
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

/**
 * Writes the request of an ask as a host gets it.
 *
 * @param ask the ask
 * @param prompt its prompt
 * @param placed model, window and abilities
 * @param way way of calling
 * @param blobs where long texts are kept
 * @returns the request
 */
export function requestOf(
  ask: AskEffect,
  prompt: Prompt,
  placed: Pick<Placed, "model" | "window" | "abilities">,
  way: Way,
  blobs: BlobStore,
): ChatRequest {
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
