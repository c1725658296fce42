import { estimateOf } from "../../prompt/lay_out.ts";
import type { AskEffect } from "./ask_effect.ts";
import type { Fact } from "../../features/fact.ts";
import { compose } from "../../prompt/compose.ts";
import { meterOf } from "../../prompt/meter.ts";
import { type Measure, measureOf, type Prompt, type PromptFrame } from "../../prompt/prompt.ts";
import { countsRight, limitsAfterCut, probeOf, type Proof, proofOf } from "../../prompt/proof.ts";
import type { State } from "../../features/state.ts";
import type { EditChoice, WayChoice } from "../../fleet/choose_way.ts";
import { readablePieces } from "../../mediate/streamed_reply.ts";
import { type ChatReply, type ChatRequest, HostFailure } from "../../ports/model_host.ts";
import { frameOf, requestOf, withEdits } from "./chat_request.ts";
import { tokenCounter } from "./count_tokens.ts";
import type { AskPorts } from "./ask_ports.ts";
import type { Placed } from "./models.ts";

/** A reply to a prompt of which it is known how sure it is that it was heard. */
export interface Heard {
  readonly prompt: Prompt;
  /** What the prompt's size was estimated by. */
  readonly measure: Measure;
  /** Hash of the stored request. */
  readonly stored: string;
  readonly reply: ChatReply;
  readonly proof: Proof;
  /** Tokens of the prompt as the server counted them; null where it did not, or where its count cannot be believed. */
  readonly promptTokens: number | null;
}

/** Times that one ask is asked again because its prompt was cut or refused. */
const REPAIRS = 2;
/** Tokens beside the probe that templates add. */
const PROBE_FRAME = 20;
/** Most tokens of the answer to the probe: only its prompt is counted. */
const PROBE_ANSWER = 8;
/** Share of a window that an answer may take at most, and where the server's window is smaller than the ask was made for. */
const ANSWER = { most: 0.45, narrow: 0.3 };
/** Tokens of a window that neither prompt nor answer may count on. */
const BESIDE = 96;

/**
 * Share of the room, or of the window, from which tokens are counted instead of estimated by characters: the counter takes 45 MB, and
 * a text of numbers has twice the tokens that its characters tell.
 */
const NEAR = 0.5;

/** Share of digits from which characters tell too little; code has some 3 in 100, tables of numbers 50. */
const DENSE = 0.12;

type Doubted = Omit<Extract<Fact, { type: "prompt_doubted" }>, "type">;

/**
 * Asks a model and proves by the server's count that it got the whole prompt. A server that cuts prompts silently is found by a count
 * far too small, and by a small question whether it counts right at all; then the prompt is made smaller and asked again, as also after
 * a refusal. Each doubt is a fact, and what a model was found to hold bounds the next prompts for it.
 *
 * @param wanted the ask
 * @param state what was so when it was opened
 * @param placed where it goes
 * @param choice way of calling, and why
 * @param edit how texts of calls travel
 * @param ports what it is performed through
 * @param signal ends it
 * @returns the reply with its proof
 * @throws {HostFailure} `window_exceeded` when even the pinned parts do not fit, `truncated` when the prompt could not be made small
 *   enough to be heard, and whatever else the host failed with
 */
export async function askHeard(
  wanted: AskEffect,
  state: State,
  placed: Placed,
  choice: WayChoice,
  edit: EditChoice,
  ports: AskPorts,
  signal: AbortSignal,
): Promise<Heard> {
  const { way } = choice;
  const counting = async (how: PromptFrame): Promise<PromptFrame> => {
    const { ratio, count } = frameOf(state, placed, way, ports.blobs, edit, await tokenCounter());
    return { ...how, ratio, count };
  };
  const written = (how: PromptFrame) => {
    const ask = { ...wanted, answerLimit: answerFor(wanted, how, placed) };
    return { ask, prompt: withEdits(compose(state, ports.registry, ask, how), edit) };
  };
  let frame = frameOf(state, placed, way, ports.blobs, edit);
  let disbelieved = state.models[placed.model]?.hosts[placed.hostName]?.doubt?.finding === "miscounted";
  for (let repairs = 0;; repairs++) {
    let { ask, prompt } = written(frame);
    if (frame.count === undefined && (isNear(prompt, ask, frame) || isDense(prompt, frame))) {
      frame = await counting(frame);
      ({ ask, prompt } = written(frame));
    }
    if (prompt.overflow) throw overflow(ask, placed, prompt, frame);
    const { request, stored } = place(ask, placed, choice, prompt, frame, ports);
    const doubt = (what: Pick<Doubted, "finding" | "text"> & Partial<Doubted>): void =>
      ports.note({
        type: "prompt_doubted",
        key: ask.key,
        host: placed.hostName,
        model: placed.model,
        window: frame.window,
        estimated: prompt.estimate,
        counted: null,
        holds: null,
        ratio: null,
        measure: measureOf(frame),
        tokens: 0,
        ...what,
      });
    let reply: ChatReply;
    try {
      const isText = ports.registry.asks[ask.purpose]?.isText === true;
      const readable = readablePieces(isText ? null : way, prompt.declared);
      reply = await placed.host.chat(request, signal, (piece) => ports.stream(ask.key, readable(piece)));
    } catch (error) {
      if (frame.count === undefined && error instanceof HostFailure && error.failure === "window_exceeded") {
        frame = await counting(frame);
        prompt = { ...prompt, estimate: estimateOf(prompt, way, meterOf(frame)) };
      }
      const next = repairs < REPAIRS ? afterRefusal(error, ask, frame, prompt) : null;
      if (next === null) throw error;
      doubt({ ...next.doubt });
      frame = next.frame;
      continue;
    }
    const counted = reply.promptTokens;
    const proven = () =>
      proofOf({
        estimated: prompt.estimate,
        counted,
        window: frame.window,
        calibrated: state.models[placed.model]?.ratios[measureOf(frame)] !== undefined,
        ratio: frame.ratio,
        leftOut: prompt.leftOut.length > 0 || repairs > 0,
        disbelieved,
      });
    if (
      frame.count === undefined && counted !== null && (counted > frame.window * NEAR || proven().proof === "mismatch")
    ) {
      // Characters tell too little for a doubt, and for the absence of one near the window: what was sent is counted now.
      frame = await counting(frame);
      prompt = { ...prompt, estimate: estimateOf(prompt, way, meterOf(frame)) };
    }
    const { proof, impossible } = proven();
    const heard = { prompt, measure: measureOf(frame), stored, reply, proof };
    if (counted === null || proof !== "mismatch" && !impossible) {
      return { ...heard, promptTokens: disbelieved ? null : counted };
    }
    const probe = impossible ? { right: false, tokens: 0 } : await countsProbe(ask, placed, counted, ports, signal);
    // Nobody can say what the count is worth: the reply is there, and the next one is asked about again.
    if (probe === null) return { ...heard, proof: "estimated", promptTokens: null };
    if (!probe.right) {
      disbelieved = true;
      doubt({
        finding: "miscounted",
        counted,
        tokens: probe.tokens,
        text:
          `${placed.hostName} says that it read ${counted} tokens of ${placed.model}'s prompt of about ${prompt.estimate}, and miscounts a text of known size, too: its counts are not believed.`,
      });
      return { ...heard, proof: "estimated", promptTokens: null };
    }
    const tokens = counted + (reply.answerTokens ?? 0) + probe.tokens;
    const smaller = repairs < REPAIRS ? smallerFrame(ask, state, ports, prompt, frame, counted) : null;
    const holds = smaller?.most ?? null;
    // The ask set aside tokens for one reply; what asking again costs beside it must be there.
    const affordable = tokens <= ports.left(ask.role);
    const cannot = smaller === null ? "cannot be made small enough" : "is not asked again: the budget is spent";
    doubt({
      finding: "cut",
      counted,
      holds,
      tokens,
      text:
        `${placed.hostName} read ${counted} of about ${prompt.estimate} tokens for ${placed.model} and did not say so: it cut the prompt. ${
          smaller === null || !affordable ? `It ${cannot}.` : `Asked again with at most ${holds} tokens.`
        }`,
    });
    if (smaller === null || !affordable) {
      throw new HostFailure(
        "truncated",
        `${placed.hostName} cut the prompt of ${ask.role} for ${placed.model} silently, from about ${prompt.estimate} tokens to ${counted}, and it ${cannot}. Give that server a larger window, or use another host.`,
        { promptTokens: counted },
      );
    }
    frame = smaller;
  }
}

/** Whether a prompt is so near to its window that its characters tell too little: then its tokens are counted. */
function isNear(prompt: Prompt, ask: AskEffect, frame: PromptFrame): boolean {
  const room = Math.min(frame.window - ask.answerLimit, frame.most ?? Infinity);
  return prompt.overflow || prompt.leftOut.length > 0 || prompt.estimate > room * NEAR;
}

/** Whether a prompt holds so many digits that its characters tell too little: numbers have up to twice their tokens. */
function isDense(prompt: Prompt, frame: PromptFrame): boolean {
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

/** Stores the request and notes where it goes. */
function place(
  ask: AskEffect,
  placed: Placed,
  { way, from, why }: WayChoice,
  prompt: Prompt,
  frame: PromptFrame,
  ports: AskPorts,
): { readonly request: ChatRequest; readonly stored: string } {
  const { estimate, leftOut, sections, complexity, variant } = prompt;
  ports.note({
    type: "ask_placed",
    key: ask.key,
    host: placed.hostName,
    model: placed.model,
    way,
    window: frame.window,
    estimated: estimate,
    reason: placed.reason,
    wayReason: `${from}: ${why}`,
    digest: placed.digest,
    billions: placed.billions ?? null,
    ...(leftOut.length === 0 ? {} : { leftOut: [...leftOut] }),
  });
  const request = requestOf(ask, prompt, placed, way, ports.blobs);
  const stored = ports.blobs.putBlob(JSON.stringify({ ...request, leftOut, sections, complexity, variant }));
  ports.show("reading the prompt");
  return { request, stored };
}

/** A server that refuses counts exactly: the next prompt is made by its count and its window. */
function afterRefusal(
  error: unknown,
  ask: AskEffect,
  frame: PromptFrame,
  prompt: Prompt,
): { readonly frame: PromptFrame; readonly doubt: Pick<Doubted, "finding" | "text"> & Partial<Doubted> } | null {
  if (!(error instanceof HostFailure) || error.failure !== "window_exceeded") return null;
  const { promptTokens, window } = error.details;
  const real = Math.min(frame.window, window ?? frame.window);
  const ratio = promptTokens === undefined
    ? frame.ratio * 1.3
    : frame.ratio * promptTokens / Math.max(1, prompt.estimate);
  return {
    frame: { ...frame, window: real, ratio },
    doubt: {
      finding: "refused",
      counted: promptTokens ?? null,
      holds: real < frame.window ? real - Math.min(ask.answerLimit, Math.floor(real * ANSWER.narrow)) - BESIDE : null,
      ratio: promptTokens === undefined ? null : ratio,
      text: `The prompt of about ${prompt.estimate} tokens was refused: ${
        error.message.slice(0, 300)
      } It is made smaller and asked again.`,
    },
  };
}

/** The frame of a smaller prompt that a server which keeps so many tokens can hold; null where the pinned parts are too large. */
function smallerFrame(
  ask: AskEffect,
  state: State,
  ports: AskPorts,
  prompt: Prompt,
  frame: PromptFrame,
  counted: number,
): PromptFrame | null {
  for (const most of limitsAfterCut(counted, frame.window).toReversed()) {
    if (most >= Math.min(prompt.estimate, frame.most ?? Infinity)) continue;
    const next = { ...frame, most };
    if (!compose(state, ports.registry, ask, next).overflow) return next;
  }
  return null;
}

/** Asks a small question of known size: does the server count right, and what did asking cost? Null where the host failed to answer it, or no budget is left. */
async function countsProbe(
  ask: AskEffect,
  placed: Placed,
  counted: number,
  ports: AskPorts,
  signal: AbortSignal,
): Promise<{ readonly right: boolean; readonly tokens: number } | null> {
  const probe = probeOf(counted);
  const estimated = (await tokenCounter())(probe) + PROBE_FRAME;
  if (estimated + PROBE_ANSWER > ports.left(ask.role)) return null;
  ports.show("asking whether the server counts right");
  let reply: ChatReply;
  try {
    reply = await placed.host.chat({
      model: placed.model,
      messages: [{ role: "user", content: probe }],
      window: placed.window,
      answerLimit: PROBE_ANSWER,
      temperature: 0,
      seed: 1,
      ...(placed.abilities.thinking ? { think: false } : {}),
      bounds: { firstTokenMs: 120_000, idleMs: 60_000, totalMs: 180_000 },
    }, signal);
  } catch (error) {
    if (signal.aborted || !(error instanceof HostFailure)) throw error;
    return null;
  }
  ports.restart(ask.key);
  return { right: countsRight(estimated, reply.promptTokens), tokens: estimated + (reply.answerTokens ?? 0) };
}

function overflow(ask: AskEffect, placed: Placed, prompt: Prompt, frame: PromptFrame): HostFailure {
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
