import type { TellEffect } from "../../features/known.ts";
import { sayTime } from "../../kernel/say.ts";
import type { ToolCallResult, ToolEffect } from "./tool_effect.ts";

/** How tool calls are told. */
export const toolTold: TellEffect<ToolEffect, ToolCallResult> = {
  started: ({ key, role, turn, version, call: { name, arguments: args } }) => ({
    key,
    role,
    turn,
    name,
    arguments: args,
    ...(version === undefined ? {} : { plugin_version: version }),
  }),
  finished: ({ text, outcome, ms }) => ({
    text: text.text,
    cut: text.blob !== undefined,
    outcome: outcome?.kind ?? null,
    ms,
  }),
  entries: ({ text }, { role, cause: of, tool: title }) => [{ role, kind: "result", of, title, text: text.text }],
  text: ({ text, ms }, { name }, texts) => `── ${name} gave, in ${sayTime(ms)}\n${texts.whole(text)}`,
};
