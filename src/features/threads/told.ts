import type { TellOf } from "../known.ts";
import type { threadFacts } from "./facts.ts";

/** How it is told where threads ask. */
export const threadsTold: TellOf<keyof typeof threadFacts> = {
  ask_placed: {
    json: ({ key, host, model, way, window, estimated, reason, wayReason = null, leftOut = [] }) => ({
      key,
      host,
      model,
      way,
      window,
      estimated,
      reason,
      way_reason: wayReason,
      left_out: leftOut,
    }),
    parts: ({ key, host, model, way, window, estimated, reason, wayReason, leftOut }, known) => [{
      of: known.effect(key)?.of ?? [],
      say: () =>
        [
          `── ${key}: ${model} on ${host}, ${way}, window ${window}, about ${estimated} tokens`,
          reason,
          ...(leftOut === undefined ? [] : [`left out to make room: ${leftOut.join(", ")}`]),
          ...(wayReason === undefined ? [] : [`called ${way} (${wayReason})`]),
        ].join("\n"),
    }],
  },
};
