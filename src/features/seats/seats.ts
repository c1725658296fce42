import { defineFeature } from "../feature.ts";
import { dueBeside } from "./due_beside.ts";
import { seatFacts } from "./facts.ts";
import type { SeatsSlice } from "./slice.ts";
import { seatsTold } from "./told.ts";

/** How much is at work at once: attempts at several tasks, each in a copy of its own. */
export const seats = defineFeature<SeatsSlice>({
  name: "seats",
  facts: seatFacts,
  tell: seatsTold,
  empty: { open: 1 },
  on: { seats_changed: (_own, { seats }) => ({ open: seats }) },
  due: dueBeside,
});
