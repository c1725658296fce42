import type { AskKind } from "../features/registry.ts";
import { decide } from "./decide/decide.ts";
import { interpret } from "./interpret/interpret.ts";
import { review } from "./review/review.ts";
import { summarise } from "./summarise/summarise.ts";
import { toolFields } from "./tool/tool_fields.ts";
import { toolText } from "./tool/tool_text.ts";
import { text } from "./text/text.ts";
import { work } from "./work/work.ts";

/** Purposes of the asks that come with Autonomy. */
export type BuiltInAsk =
  | "decide"
  | "review"
  | "work"
  | "text"
  | "interpret"
  | "summarise"
  | "tool_text"
  | "tool_fields";

/** The kinds of asks that come with Autonomy, by purpose. */
export const ASKS = {
  decide,
  review,
  work,
  text,
  interpret,
  summarise,
  tool_text: toolText,
  tool_fields: toolFields,
} satisfies Record<BuiltInAsk, AskKind>;
