import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** Nemotron: a list of calls in `<TOOLCALL>` tags. */
export const nemotron: TextFormat = jsonFormat({ name: "nemotron", marks: ["<TOOLCALL>"], opening: /^<TOOLCALL>$/ });
