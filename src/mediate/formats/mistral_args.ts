import { namedJsonFormat } from "../named_json.ts";
import type { TextFormat } from "../types.ts";

/** Mistral's newer form: `[TOOL_CALLS]name[ARGS]{…}`. */
export const mistralArgs: TextFormat = namedJsonFormat({
  name: "mistral_args",
  marks: ["[TOOL_CALLS]", "[ARGS]"],
  head:
    /(?:\[TOOL_CALLS\]\s*|(?<=^|\n)(?=[\w.-]{1,120}\[ARGS\]))(?<name>[\w.-]{1,120})\s*(?:\[CALL_ID\][\w-]*\s*)?(?:\[ARGS\]\s*|(?=\{))/g,
  end: /\s*\[\/TOOL_CALLS\]/y,
});
