import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** GigaChat 3: an object after `function call<|role_sep|>`. */
export const gigachat: TextFormat = jsonFormat({
  name: "gigachat",
  marks: ["<|role_sep|>"],
  opening: /^<\|role_sep\|>$/,
});
