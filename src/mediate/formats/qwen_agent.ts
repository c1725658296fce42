import { namedJsonFormat } from "../named_json.ts";
import type { TextFormat } from "../types.ts";

const named = namedJsonFormat({
  name: "qwen_agent",
  marks: ["✿FUNCTION✿"],
  head: /✿FUNCTION✿\s*:\s*(?<name>[\w.-]{1,120})\s*✿ARGS✿\s*:/gu,
  end: /\s*/y,
});

/** The model goes on after its call and invents the result: nothing there is its own. */
const RESULT = /✿RE(?:SULT|TURN)✿/u;

/** Qwen-Agent, which Qwen2 was taught: `✿FUNCTION✿: name`, `✿ARGS✿: {…}`. */
export const qwenAgent: TextFormat = {
  ...named,
  read: (text, tools) => {
    const result = text.search(RESULT);
    return named.read(result < 0 ? text : text.slice(0, result), tools);
  },
};
