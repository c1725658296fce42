import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** Jamba, Apriel, Hunyuan: a list of calls in `<tool_calls>` tags. */
export const jamba: TextFormat = jsonFormat({ name: "jamba", marks: ["<tool_calls>"], opening: /^<tool_calls>$/ });
