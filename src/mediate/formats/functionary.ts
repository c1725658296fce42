import { namedJsonFormat } from "../named_json.ts";
import type { TextFormat } from "../types.ts";

/**
 * Functionary 2: `<|from|>assistant\n<|recipient|>name\n<|content|>{…}<|stop|>`. Prompts end after `<|recipient|>`, so that a reply may
 * begin with the name. What is for `all` is said to the person.
 */
export const functionary: TextFormat = namedJsonFormat({
  name: "functionary",
  marks: ["<|content|>"],
  head:
    /(?:(?:<\|from\|>\s*assistant\s*)?<\|recipient\|>\s*|(?<=^|\n))(?!all\b)(?:functions\.)?(?<name>[\w.-]{1,120})\s*<\|content\|>\s*(?=\{)/g,
  end: /\s*<\|stop\|>/y,
});
