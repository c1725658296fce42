import { WireError } from "./chat_request.ts";
import { countQuarter, type PlayMessage, type PlayTool, type RehearsalModel, splitQuarter } from "./play.ts";
import { renderPrompt } from "./prompt.ts";

/** A prompt that fits its window. */
export interface FittedPrompt {
  readonly prompt: string;
  readonly tokens: number;
  /** Messages that stand in the prompt, none where it was cut in the middle. */
  readonly messages: readonly PlayMessage[];
  /** Tools that stand in the prompt, none where it was cut in the middle. */
  readonly tools: readonly PlayTool[];
}

const KEPT_TOKENS = 4;

const TOO_LONG = "the prompt is longer than the context length currently available to the model; shorten the prompt, " +
  "adjust the context length in settings, or use a model with a longer context length";

/**
 * Renders a chat into its window as Ollama does: drops the oldest messages whole, system and last message kept; then cuts
 * tokens behind the first four until about half of the window is left.
 * @param model model whose template and tokens count
 * @param messages messages of the request
 * @param tools tools of the request
 * @param window window in tokens
 * @param truncate false keeps every message
 * @returns the prompt, which may still be too long: see {@link cutPrompt}
 */
export function fitPrompt(
  model: RehearsalModel,
  messages: readonly PlayMessage[],
  tools: readonly PlayTool[],
  window: number,
  truncate: boolean,
): FittedPrompt {
  const count = model.countTokens ?? countQuarter;
  const last = truncate ? messages.length - 1 : 0;
  for (let dropped = 0;; dropped++) {
    const kept = messages.filter((message, index) => index >= dropped || message.role === "system");
    const prompt = renderPrompt(model.template, kept, tools);
    const tokens = count(prompt);
    if (tokens <= window || dropped >= last) return { prompt, tokens, messages: kept, tools };
  }
}

/**
 * Refuses or cuts a prompt that is too long for its window.
 * @param model model whose tokens count
 * @param fitted prompt of {@link fitPrompt}
 * @param window window in tokens
 * @param wanted what the request allows: `truncate` to drop, `shift` to cut
 * @returns the prompt itself where it fits, else one of about half of the window (recorded: 6,619 tokens into 2,048 = 1,026)
 * @throws {WireError} 400 with the recorded texts where the request forbids the loss
 */
export function cutPrompt(
  model: RehearsalModel,
  fitted: FittedPrompt,
  window: number,
  wanted: { readonly truncate: boolean; readonly shift: boolean },
): FittedPrompt {
  if (fitted.tokens < window) return fitted;
  if (!wanted.truncate) {
    const error = {
      code: 400,
      message:
        `request (${fitted.tokens} tokens) exceeds the available context size (${window} tokens), try increasing it`,
      type: "exceed_context_size_error",
      n_prompt_tokens: fitted.tokens,
      n_ctx: window,
    };
    throw new WireError(400, JSON.stringify({ error }));
  }
  if (!wanted.shift) throw new WireError(400, TOO_LONG);
  const tokens = window - Math.floor((window - KEPT_TOKENS) / 2);
  const pieces = (model.splitTokens ?? splitQuarter)(fitted.prompt);
  const prompt = [...pieces.slice(0, KEPT_TOKENS), ...pieces.slice(-(tokens - KEPT_TOKENS))].join("");
  return { prompt, tokens, messages: [], tools: [] };
}
