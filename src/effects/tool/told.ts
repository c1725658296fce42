import type { Known, OpenedEffect } from "../../features/known.ts";
import { sayTime } from "../../kernel/say.ts";
import type { ToldEffect } from "../../kernel/told.ts";
import type { ToolCallResult, ToolEffect } from "./tool_effect.ts";

/** How tool calls are told. */
export const toolTold: ToldEffect<ToolEffect, ToolCallResult, OpenedEffect, Known> = {
  started: ({ key, role, turn, call: { name, arguments: args } }) => ({ key, role, turn, name, arguments: args }),
  finished: ({ text, outcome, ms }) => ({
    text: text.text,
    cut: text.blob !== undefined,
    outcome: outcome?.kind ?? null,
    ms,
  }),
  entries: ({ text }, { role, cause: of, tool: title }) => [{ role, kind: "result", of, title, text: text.text }],
  part: ({ text, ms }, { name }, texts) => `── ${name} gave, in ${sayTime(ms)}\n${texts.whole(text)}`,
};
