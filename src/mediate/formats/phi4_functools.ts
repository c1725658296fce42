import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** Phi-4 mini: `functools[{"name": …, "arguments": …}]`. */
export const phi4Functools: TextFormat = jsonFormat({
  name: "phi4_functools",
  marks: ["functools"],
  opening: /^functools$/,
});
