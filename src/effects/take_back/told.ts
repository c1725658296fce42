import type { Known, OpenedEffect } from "../../features/known.ts";
import type { ToldEffect } from "../../kernel/told.ts";
import type { TakeBackEffect, TakenBack } from "./take_back_effect.ts";

/** How it is told that an attempt is taken back. */
export const takeBackTold: ToldEffect<TakeBackEffect, TakenBack, OpenedEffect, Known> = {
  started: ({ key, attempt }) => ({ key, attempt }),
  finished: ({ restored, left }) => ({ restored, left }),
};
