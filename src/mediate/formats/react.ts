import { namedJsonFormat } from "../named_json.ts";
import type { TextFormat } from "../types.ts";

const named = namedJsonFormat({
  name: "react",
  marks: ["Action Input:"],
  head: /(?:^|\n)[ \t]*Action:[ \t]*(?<name>[\w.-]{1,120})\s*\n\s*Action Input:\s*(?=[{"])/g,
  end: /[ \t]*(?=\r?\n|$)/y,
});

/** The model goes on after its call and invents the result: nothing there is its own. */
const RESULT = /\n[ \t]*Observation:/;

/** ReAct, which older Qwen and many fine-tunes speak: `Action: name`, `Action Input: {…}`. */
export const react: TextFormat = {
  ...named,
  read: (text, tools) => {
    const result = text.search(RESULT);
    return named.read(result < 0 ? text : text.slice(0, result), tools);
  },
};
