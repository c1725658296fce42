import { isLetThink } from "../../features/models/is_let_think.ts";
import { compose } from "../../prompt/compose.ts";
import { estimateOf } from "../../prompt/lay_out.ts";
import { meterOf } from "../../prompt/meter.ts";
import type { PromptFrame } from "../../prompt/prompt.ts";
import { HostFailure } from "../../ports/model_host.ts";
import type { AskEffect } from "./ask_effect.ts";
import type { Asking, Composed } from "./asking.ts";
import { frameOf, withEdits } from "./chat_request.ts";
import { tokenCounter } from "./count_tokens.ts";
import type { Placed } from "./models.ts";
import { ANSWER } from "./smaller_prompt.ts";

/**
 * Share of the room, or of the window, from which tokens are counted instead of estimated by characters: the counter takes 45 MB, and
 * a text of numbers has twice the tokens that its characters tell.
 */
export const NEAR = 0.5;

/** Most tokens that a model may think before its answer. */
const THINKING = 4_096;
/** Part of what is left of the budget that thinking may take at most. */
const OF_BUDGET = 1 / 8;
/** Times that a prompt may be as long as it is estimated to be, where the rest of its window is given away. */
const SURELY = 1.2;

/** Share of digits from which characters tell too little; code has some 3 in 100, tables of numbers 50. */
const DENSE = 0.12;

/**
 * Composes the prompt of an ask for a frame. Where its characters tell too little, its tokens are counted.
 *
 * @throws {HostFailure} `window_exceeded` when even the pinned parts do not fit
 */
export async function composeAsk(asking: Asking, frame: PromptFrame): Promise<Composed> {
  let composed = composedFor(asking, frame);
  if (frame.count === undefined && (isNear(composed) || isDense(composed))) {
    composed = composedFor(asking, await counting(asking, frame));
  }
  if (composed.prompt.overflow) throw overflow(asking.placed, composed);
  return composed;
}

/**
 * Tokens that a model may think before its answer, since servers count that as part of it: what the prompt leaves of the window, and a part
 * of the budget that others at work may need, too.
 *
 * @returns 0 for a model that does not think, and where nothing is left
 */
export function roomToThink({ state, placed, ports }: Asking, { ask, frame, prompt }: Composed): number {
  const { thinks = false, thinksUnasked = false } = state.models[placed.model]?.hosts[placed.hostName] ?? {};
  // Where thinking can be turned off, what is asked without it needs no room for it: texts that have no end go on as long as they may.
  if (!(placed.abilities.thinking ? thinksUnasked || isLetThink(ask, state) : thinks)) return 0;
  const free = Math.min(frame.window, frame.most ?? Infinity) - Math.ceil(prompt.estimate * SURELY) - ask.answerLimit;
  return Math.max(0, Math.floor(Math.min(THINKING, free, ports.left(ask.role) * OF_BUDGET)));
}

/** The same prompt with its tokens counted; as it is where they are already. */
export async function recounted(asking: Asking, composed: Composed): Promise<Composed> {
  if (composed.frame.count !== undefined) return composed;
  const frame = await counting(asking, composed.frame);
  const estimate = estimateOf(composed.prompt, frame.way, meterOf(frame));
  return { ...composed, frame, prompt: { ...composed.prompt, estimate } };
}

function composedFor({ wanted, state, placed, edit, ports }: Asking, frame: PromptFrame): Composed {
  const ask = { ...wanted, answerLimit: answerFor(wanted, frame, placed) };
  return { ask, frame, prompt: withEdits(compose(state, ports.registry, ask, frame), edit) };
}

/** The frame that counts, with the calibration that counts have. */
async function counting({ state, placed, ports, edit }: Asking, frame: PromptFrame): Promise<PromptFrame> {
  const { ratio, count } = frameOf(state, placed, frame.way, ports.blobs, edit, await tokenCounter());
  return { ...frame, ratio, count };
}

/** Whether a prompt is so near to its window that its characters tell too little: then its tokens are counted. */
function isNear({ ask, frame, prompt }: Composed): boolean {
  const room = Math.min(frame.window - ask.answerLimit, frame.most ?? Infinity);
  return prompt.overflow || prompt.leftOut.length > 0 || prompt.estimate > room * NEAR;
}

/** Whether a prompt holds so many digits that its characters tell too little: numbers have up to twice their tokens. */
function isDense({ frame, prompt }: Composed): boolean {
  const { text } = meterOf(frame);
  let digits = 0;
  let chars = 0;
  for (const piece of prompt.messages.flatMap(({ pieces }) => pieces)) {
    const known = text(piece) ?? "";
    chars += known.length;
    digits += known.match(/\d/g)?.length ?? 0;
  }
  return digits > chars * DENSE;
}

/** Most tokens of the answer: a window smaller than planned leaves less for it. */
function answerFor(ask: AskEffect, frame: PromptFrame, placed: Placed): number {
  const share = frame.window < placed.window ? ANSWER.narrow : ANSWER.most;
  return Math.min(ask.answerLimit, Math.floor(frame.window * share));
}

function overflow(placed: Placed, { ask, frame, prompt }: Composed): HostFailure {
  const pinned = prompt.sections.filter((section) => section.priority === 0).map(({ name, tokens }) =>
    `${name} ${tokens}`
  );
  const holds = frame.most === undefined ? frame.window : Math.min(frame.window, frame.most);
  return new HostFailure(
    "window_exceeded",
    `The prompt of ${ask.role} needs about ${prompt.estimate} tokens and ${ask.answerLimit} for the answer; ${placed.model} on ${placed.hostName} holds ${holds}. What must stand in it: ${
      pinned.join(", ")
    }. Give the role a larger window, or the task a smaller file.`,
  );
}
