import { oneLine, sayTime } from "../../kernel/say.ts";
import type { TellOf } from "../known.ts";
import type { ledgerFacts } from "./facts.ts";

/** How loads ahead of asks are told. */
export const ledgerTold: TellOf<keyof typeof ledgerFacts> = {
  load_begun: {
    json: ["host", "model", "window", "reason"],
    lines: ({ host, model, reason }) => [`${host} loads ${model} ahead: ${reason}`],
  },
  load_ended: {
    json: ["host", "model", "ms", "failure"],
    lines: ({ host, model, ms, failure }) => [
      failure === null
        ? `${host} has loaded ${model} ahead in ${sayTime(ms)}`
        : `${host} did not load ${model} ahead: ${oneLine(failure, 300)}`,
    ],
  },
};
