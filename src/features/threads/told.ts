import { pick } from "../../kernel/told.ts";
import type { TellOf } from "../known.ts";
import type { threadFacts } from "./facts.ts";

/** How it is told where threads ask. */
export const threadsTold: TellOf<keyof typeof threadFacts> = {
  ask_placed: {
    json: (fact) => ({
      ...pick(fact, "key", "host", "model", "way", "window", "estimated", "reason"),
      loads: fact.loads ?? null,
      way_reason: fact.wayReason ?? null,
      left_out: fact.leftOut ?? [],
    }),
    parts: ({ key, host, model, way, window, estimated, reason, wayReason, leftOut }, known) => [{
      of: known.effect(key)?.of ?? [],
      text: [
        `── ${key}: ${model} on ${host}, ${way}, window ${window}, about ${estimated} tokens`,
        reason,
        ...(leftOut === undefined ? [] : [`left out to make room: ${leftOut.join(", ")}`]),
        ...(wayReason === undefined ? [] : [`called ${way} (${wayReason})`]),
      ].join("\n"),
    }],
  },
};
