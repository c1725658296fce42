import { counted } from "../../kernel/text.ts";
import type { TellOf } from "../known.ts";
import type { seatFacts } from "./facts.ts";

/** How it is told how much can be at work at once. */
export const seatsTold: TellOf<keyof typeof seatFacts> = {
  seats_changed: {
    json: ["seats", "reason"],
    lines: ({ seats, reason }) => [`${counted(seats, "attempt")} can be at work at once: ${reason}`],
  },
};
