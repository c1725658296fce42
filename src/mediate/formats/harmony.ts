import { namedJsonFormat } from "../named_json.ts";
import type { TextFormat } from "../types.ts";

/**
 * gpt-oss: `<|channel|>commentary to=functions.name <|constrain|>json<|message|>{…}<|call|>`, the recipient before or after the
 * channel. A server may strip the marks: `commentary to=functions.name json{…}`.
 */
export const harmony: TextFormat = namedJsonFormat({
  name: "harmony",
  marks: ["<|channel|>", "<|message|>", "to=functions.", "commentary to="],
  head:
    /(?:(?:<\|start\|>)?assistant)?(?:(?:<\|channel\|>)?(?:commentary|analysis)\s*)?\s*to=(?:functions\.)?(?<name>[\w.-]{1,120})(?:\s*<\|channel\|>(?:commentary|analysis))?\s*(?:<\|constrain\|>)?\s*(?:json|code)?\s*(?:<\|message\|>|(?=(?:`{3}(?:json)?\s{0,9})?\{))/g,
  end: /\s*<\|(?:call|end)\|>/y,
});
