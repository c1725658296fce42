import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** Mistral's older form: `[TOOL_CALLS] [{"name": …, "arguments": …}]`. */
export const mistralList: TextFormat = jsonFormat("mistral_list", ["[TOOL_CALLS]"], /^\[\/?TOOL_CALLS\]$/);
