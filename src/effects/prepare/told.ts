import type { Known, OpenedEffect } from "../../features/known.ts";
import type { ToldEffect } from "../../kernel/told.ts";
import type { PrepareEffect, PrepareResult } from "./prepare_effect.ts";

/** How it is told that a turn's files are read. */
export const prepareTold: ToldEffect<PrepareEffect, PrepareResult, OpenedEffect, Known> = {
  started: ({ key, turn }) => ({ key, turn }),
  finished: ({ texts }) => ({ files: texts.map(({ path }) => path) }),
};
