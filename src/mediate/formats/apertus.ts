import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** Apertus: a list of `{NAME: ARGUMENTS}` after `<|tools_prefix|>`. */
export const apertus: TextFormat = jsonFormat({
  name: "apertus",
  marks: ["<|tools_prefix|>"],
  opening: /^<\|tools_prefix\|>$/,
  keyed: true,
});
