import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** Llama 3: objects after the code tag, `;` or `,` between them. */
export const llamaJson: TextFormat = jsonFormat({
  name: "llama_json",
  marks: ["<|python_tag|>"],
  opening: /^<\|python_tag\|>$/,
});
