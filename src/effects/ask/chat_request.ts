import type { AskEffect } from "./ask_effect.ts";
import type { ToolDeclaration, Way } from "../../kernel/call.ts";
import { contentOf } from "../../prompt/content_of.ts";
import { measureOf, type Prompt, type PromptFrame, type PromptMessage } from "../../prompt/prompt.ts";
import { isLetThink } from "../../features/models/is_let_think.ts";
import type { State } from "../../features/state.ts";
import { chooseEdit, type EditChoice } from "../../fleet/choose_way.ts";
import { constrainedSchema } from "../../mediate/constrained.ts";
import { declarationsText, replyFormText } from "../../mediate/declarations.ts";
import type { ChatMessage, ChatRequest } from "../../ports/model_host.ts";
import type { TokenCounter } from "./count_tokens.ts";
import type { BlobStore } from "../../ports/blob_store.ts";
import { readText } from "../stored_text.ts";
import type { Placed } from "./models.ts";

/** How texts travel where nothing is known: right after the call. */
const TEXT_AFTER: EditChoice = chooseEdit(null, null);

/** Bounds of a request, ms: a cold start of a large model may take minutes, a stalled stream may not. */
export const BOUNDS = { firstTokenMs: 600_000, idleMs: 180_000, totalMs: 1_800_000 };

/** Bounds of a request for a summary, ms: rules can shorten at once, so a host that does not come is not waited for. */
const SUMMARY_BOUNDS = { firstTokenMs: 120_000, idleMs: 60_000, totalMs: 300_000 };

/**
 * The frame of a prompt for a place: window and size of the model, the calibration by the server's counts, what its size is estimated
 * by, and what the model was found to hold.
 *
 * @param edit how texts of calls travel; right after the call where absent
 * @param count counts tokens; sizes are estimated by characters where absent
 */
export function frameOf(
  state: State,
  placed: Pick<Placed, "model" | "hostName" | "window" | "billions">,
  way: Way,
  blobs: BlobStore,
  edit: EditChoice = TEXT_AFTER,
  count?: TokenCounter,
): PromptFrame {
  const found = state.models[placed.model];
  const doubt = found?.hosts[placed.hostName]?.doubt;
  return {
    way,
    window: placed.window,
    most: doubt?.holds ?? undefined,
    ratio: found?.ratios[measureOf({ count })] ?? 1,
    declare: (tools, how, from) =>
      `${declarationsText(tools.map((tool) => carried(tool, edit)), from)}\n\n${replyFormText(how, from)}`,
    billions: placed.billions ?? null,
    count,
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

/**
 * The prompt with the form of edits that serves a model: what is declared stays, what is legal is narrowed.
 *
 * @returns the prompt itself where the form changes nothing
 */
export function withEdits(prompt: Prompt, edit: EditChoice): Prompt {
  const names = prompt.legal.map(({ name }) => name);
  const both = names.includes(EDITS.replace) && names.includes(EDITS.whole);
  const without = edit.without === null || !both ? null : EDITS[edit.without];
  if (without === null && !edit.inJson) return prompt;
  const legal = prompt.legal.filter(({ name }) => name !== without).map((tool) => carried(tool, edit));
  return { ...prompt, legal, declared: prompt.declared.map((tool) => carried(tool, edit)) };
}

/**
 * Writes the request of an ask as a host gets it.
 *
 * @param state what was so when it was opened
 * @param placed model, window and abilities
 */
export function requestOf(
  ask: AskEffect,
  state: State,
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
    ...(placed.abilities.thinking && !isLetThink(ask, state) ? { think: false } : {}),
    bounds: ask.purpose === "summarise" ? SUMMARY_BOUNDS : BOUNDS,
  };
}

function messageOf(message: PromptMessage, blobs: BlobStore): ChatMessage {
  const { content, calls } = contentOf(
    message,
    (piece) => typeof piece === "string" ? piece : readText(piece, blobs),
  );
  return { role: message.role, content, calls, toolName: message.toolName };
}
