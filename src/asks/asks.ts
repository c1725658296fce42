import type { AskKind } from "../features/registry.ts";
import { decide } from "./decide/decide.ts";
import { interpret } from "./interpret/interpret.ts";
import { review } from "./review/review.ts";
import { summarise } from "./summarise/summarise.ts";
import { text } from "./text/text.ts";
import { work } from "./work/work.ts";

/** Purposes of the asks that come with Autonomy. */
export type BuiltInAsk = "decide" | "review" | "work" | "text" | "interpret" | "summarise";

/** The kinds of asks that come with Autonomy, by purpose. */
export const ASKS = { decide, review, work, text, interpret, summarise } satisfies Record<BuiltInAsk, AskKind>;
