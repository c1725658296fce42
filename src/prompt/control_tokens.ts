/** Stands behind the first character of a control token, so that no tokenizer takes it for one; nobody sees it, and models copy it. */
const BREAK = "\u200b";

/**
 * What chat templates of model families set between messages, calls and results, each with {@link BREAK}s behind its first character or none:
 * `<|im_end|>`, `<|eot_id|>` and all of that form, DeepSeek's `<｜…｜>`, Gemma's `<end_of_turn>` and `<turn|>`, Llama 2's `[INST]` and `<<SYS>>`,
 * Mistral's `[TOOL_CALLS]` and kin, EXAONE's `[|endofturn|]`, `<s>` and `</s>`, FunctionGemma's calls.
 */
const TOKEN = new RegExp(
  `([<[])(${BREAK}*)(${
    [
      "[|｜][\\w▁.:+/-]{1,64}[|｜]>",
      '\\|[\\w"]{1,40}>',
      '[\\w"]{1,40}\\|>',
      "/?s>",
      "(?:start|end)_of_(?:turn|image|audio)>",
      "(?:bos|eos|pad|unk|eoh|eoa|sop|eop|escape)>",
      "(?:start|end)_function_(?:call|response|declaration)>",
      "</?SYS>>",
      "/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT|CALL_ID|ARGS|IMG|THINK|gMASK)\\]",
      "\\|\\w{1,40}\\|\\]",
    ].join("|")
  })`,
  "g",
);

/**
 * Has a server's tokenizer read the control tokens in a text as plain text, so that nothing that is quoted in a prompt can end its
 * message or begin another. {@link restored} is the way back, also of a text that held the break before.
 *
 * @param text files, results, output, messages
 * @returns the text with one more break in each token
 */
export function defused(text: string): string {
  return text.replaceAll(TOKEN, (_token, first: string, breaks: string, rest: string) => first + breaks + BREAK + rest);
}

/**
 * Takes the break out of what a model wrote of a text that was {@link defused}; a token that it wrote without one stays.
 *
 * @param text what a model wrote
 */
export function restored(text: string): string {
  return text.replaceAll(
    TOKEN,
    (_token, first: string, breaks: string, rest: string) => first + breaks.slice(1) + rest,
  );
}

/** The same for all texts in the arguments of calls; `how` is one of both. */
export function inTexts(value: unknown, how: typeof defused): unknown {
  if (typeof value === "string") return how(value);
  if (Array.isArray(value)) return value.map((item) => inTexts(item, how));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inTexts(item, how)]));
}
