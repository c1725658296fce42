import type { State } from "../../features/state.ts";
import type { EditChoice, WayChoice } from "../../fleet/choose_way.ts";
import { readablePieces } from "../../mediate/streamed_reply.ts";
import { type ChatReply, type ChatRequest, HostFailure } from "../../ports/model_host.ts";
import { type Measure, measureOf, type Prompt, type PromptFrame } from "../../prompt/prompt.ts";
import { type Proof, proofOf } from "../../prompt/proof.ts";
import type { AskEffect } from "./ask_effect.ts";
import type { AskPorts } from "./ask_ports.ts";
import type { Asking, Composed, Doubt } from "./asking.ts";
import { frameOf, requestOf } from "./chat_request.ts";
import { composeAsk, NEAR, recounted, roomToThink } from "./compose_ask.ts";
import { countsProbe } from "./counts_probe.ts";
import type { Placed } from "./models.ts";
import { withoutRunsIn } from "./without_runs_in.ts";
import { afterCut, afterRefusal } from "./smaller_prompt.ts";

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
/**
 * Asks a model and proves by the server's count that it got the whole prompt. A server that cuts prompts silently is found by a count
 * far too small, and by a small question whether it counts right at all; then the prompt is made smaller and asked again, as also after
 * a refusal. Each doubt is a fact, and what a model was found to hold bounds the next prompts for it.
 *
 * @param state what was so when it was opened
 * @param choice way of calling, and why
 * @param edit how texts of calls travel
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
  const asking = { wanted, state, placed, choice, edit, ports, signal };
  let frame = frameOf(state, placed, choice.way, ports.blobs, edit);
  for (let repairs = 0;; repairs++) {
    const sent = await composeAsk(asking, frame);
    // After a refusal or a cut it is in doubt what a prompt leaves of the window.
    const { request, stored } = place(asking, sent, repairs === 0 ? roomToThink(asking, sent) : 0);
    let reply: ChatReply;
    try {
      reply = await answerTo(asking, sent, request);
    } catch (error) {
      frame = await afterFailure(asking, sent, error, repairs);
      continue;
    }
    const { composed, proof, isBelievable } = await proved(asking, sent, reply, repairs);
    const { promptTokens: counted } = reply;
    const { prompt } = composed;
    const heard = { prompt, measure: measureOf(composed.frame), stored, reply, proof };
    if (counted === null || proof !== "mismatch" && isBelievable) {
      return { ...heard, promptTokens: isDisbelieved(asking) ? null : counted };
    }
    const probe = isBelievable ? await countsProbe(asking, counted) : { right: false, tokens: 0 };
    if (probe?.right === true) {
      frame = afterSilentCut(asking, composed, reply, counted, probe.tokens, repairs);
      continue;
    }
    // Where nobody can say what the count is worth, the reply is there all the same, and the next one is asked about again.
    if (probe !== null) noteDoubt(asking, composed, miscounted(placed, prompt, counted, probe.tokens));
    return { ...heard, proof: "estimated", promptTokens: null };
  }
}

/**
 * Stores the request and notes where it goes.
 *
 * @param room tokens that the model may think beside its answer
 */
function place(
  { state, placed, choice, ports }: Asking,
  { ask, prompt, frame }: Composed,
  room: number,
): { readonly request: ChatRequest; readonly stored: string } {
  const { estimate, leftOut, sections, complexity, variant } = prompt;
  ports.note({
    type: "ask_placed",
    key: ask.key,
    host: placed.hostName,
    model: placed.model,
    way: choice.way,
    window: frame.window,
    estimated: estimate,
    reason: placed.reason,
    loads: placed.loads === true,
    wayReason: `${choice.from}: ${choice.why}`,
    wayFrom: choice.from,
    digest: placed.digest,
    billions: placed.billions ?? null,
    ...(room === 0 ? {} : { thinking: room }),
    ...(leftOut.length === 0 ? {} : { leftOut: [...leftOut] }),
  });
  const roomy = { ...ask, answerLimit: ask.answerLimit + room };
  const request = requestOf(roomy, state, prompt, placed, choice.way, ports.blobs);
  const stored = ports.blobs.putBlob(JSON.stringify({ ...request, leftOut, sections, complexity, variant }));
  return { request, stored };
}

/** Sends the request, and shows the reply as it arrives. */
async function answerTo(
  { placed, choice, ports, signal }: Asking,
  { ask, prompt }: Composed,
  request: ChatRequest,
): Promise<ChatReply> {
  ports.show("reading the prompt");
  const isText = ports.registry.asks[ask.purpose]?.isText === true;
  const readable = readablePieces(isText ? null : choice.way, prompt.declared);
  return withoutRunsIn(await placed.host.chat(request, signal, (piece) => ports.stream(ask.key, readable(piece))));
}

/**
 * Gives the frame to ask again with after a failure.
 *
 * @throws the failure, where a smaller prompt would not help, or enough of them were tried
 */
async function afterFailure(
  asking: Asking,
  sent: Composed,
  error: unknown,
  repairs: number,
): Promise<PromptFrame> {
  if (!(error instanceof HostFailure) || error.failure !== "window_exceeded" || repairs >= REPAIRS) throw error;
  const composed = await recounted(asking, sent);
  const { frame, doubt } = afterRefusal(error, composed);
  noteDoubt(asking, composed, doubt);
  return frame;
}

/** Compares the server's count with our estimate: the one by characters, or by counted tokens where that tells too little. */
async function proved(
  asking: Asking,
  sent: Composed,
  { promptTokens: counted }: ChatReply,
  repairs: number,
): Promise<{ readonly composed: Composed; readonly proof: Proof; readonly isBelievable: boolean }> {
  const { state, placed } = asking;
  const proofBy = ({ frame, prompt }: Composed) =>
    proofOf({
      estimated: prompt.estimate,
      counted,
      window: frame.window,
      calibrated: state.models[placed.model]?.ratios[measureOf(frame)] !== undefined,
      ratio: frame.ratio,
      leftOut: prompt.leftOut.length > 0 || repairs > 0,
      disbelieved: isDisbelieved(asking),
    });
  const byEstimate = proofBy(sent);
  // Characters tell too little for a doubt, and for the absence of one near the window: what was sent is counted now.
  const isVague = counted !== null && (counted > sent.frame.window * NEAR || byEstimate.proof === "mismatch");
  const composed = isVague ? await recounted(asking, sent) : sent;
  const { proof, impossible } = composed === sent ? byEstimate : proofBy(composed);
  return { composed, proof, isBelievable: !impossible };
}

/** Whether the counts of this model on this host were found to be wrong before. */
function isDisbelieved({ state, placed }: Asking): boolean {
  return state.models[placed.model]?.hosts[placed.hostName]?.doubt?.finding === "miscounted";
}

/**
 * Gives the frame to ask again with after a server cut the prompt and did not say so.
 *
 * @param counted tokens that it kept
 * @param probed tokens that it cost to find out
 * @throws {HostFailure} `truncated`, where no smaller prompt would do, enough of them were tried, or the budget is spent
 */
function afterSilentCut(
  asking: Asking,
  composed: Composed,
  { answerTokens }: ChatReply,
  counted: number,
  probed: number,
  repairs: number,
): PromptFrame {
  const { placed: { hostName, model }, ports } = asking;
  const { ask, prompt } = composed;
  const tokens = counted + (answerTokens ?? 0) + probed;
  const smaller = repairs < REPAIRS ? afterCut(asking, composed, counted) : null;
  // The ask set aside tokens for one reply; what asking again costs beside it must be there.
  const next = tokens <= ports.left(ask.role) ? smaller : null;
  const cannot = smaller === null ? "cannot be made small enough" : "is not asked again: the budget is spent";
  const follows = next === null ? `It ${cannot}.` : `Asked again with at most ${next.most} tokens.`;
  noteDoubt(asking, composed, {
    finding: "cut",
    counted,
    holds: smaller?.most ?? null,
    tokens,
    text:
      `${hostName} read ${counted} of about ${prompt.estimate} tokens for ${model} and did not say so: it cut the prompt. ${follows}`,
  });
  if (next !== null) return next;
  throw new HostFailure(
    "truncated",
    `${hostName} cut the prompt of ${ask.role} for ${model} silently, from about ${prompt.estimate} tokens to ${counted}, and it ${cannot}. Give that server a larger window, or use another host.`,
    { promptTokens: counted },
  );
}

function miscounted({ hostName, model }: Placed, { estimate }: Prompt, counted: number, tokens: number): Doubt {
  const text =
    `${hostName} says that it read ${counted} tokens of ${model}'s prompt of about ${estimate}, and miscounts a text of known size, too: its counts are not believed.`;
  return { finding: "miscounted", counted, tokens, text };
}

function noteDoubt({ placed, ports }: Asking, { ask, frame, prompt }: Composed, doubt: Doubt): void {
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
    ...doubt,
  });
}
