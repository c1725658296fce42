import { namedJsonFormat } from "../named_json.ts";
import type { TextFormat } from "../types.ts";

/** gpt-oss: `<|channel|>commentary to=functions.name <|constrain|>json<|message|>{…}<|call|>`, the recipient before or after the channel. */
export const harmony: TextFormat = namedJsonFormat({
  name: "harmony",
  marks: ["<|channel|>", "<|message|>", "to=functions."],
  head:
    /(?:<\|start\|>assistant)?(?:<\|channel\|>(?:commentary|analysis)\s*)?\s*to=(?:functions\.)?(?<name>[\w.-]{1,120})(?:<\|channel\|>(?:commentary|analysis))?\s*(?:<\|constrain\|>)?\s*(?:json|code)?\s*<\|message\|>/g,
  end: /\s*<\|(?:call|end)\|>/y,
});
