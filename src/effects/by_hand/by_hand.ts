import { oneLine } from "../../kernel/say.ts";
import { counted } from "../../kernel/text.ts";
import { type EffectKind, Refusal } from "../effect_kind.ts";
import { ByHandEffect, DoneByHand } from "./by_hand_effect.ts";

/**
 * A person's command on the project of a run: `autonomy apply`, or `autonomy undo` of a part. The command carries it out at once and notes it
 * here, so that whoever reads the run later knows of its writes; the run itself owes it to nobody.
 */
export const byHand: EffectKind<ByHandEffect, DoneByHand> = {
  schema: ByHandEffect,
  result: DoneByHand,
  says: ({ attempt }) => attempt === null ? "taking back by hand" : `taking ${attempt} over by hand`,
  tell: {
    started: ["key", "attempt", "takes"],
    finished: ["written", "left"],
    lines: ({ written, left }: DoneByHand) => [
      `by hand: ${counted(written.length, "file")} changed${left.length === 0 ? "" : `, ${left.length} left`}`,
    ],
    row: ({ attempt, takes, written, left }: DoneByHand) => ({
      section: "By hand",
      cells: [
        attempt === null
          ? `undo ${[takes?.role, takes?.task].filter(Boolean).join(" at ") || "all of it"}`
          : `apply ${attempt}`,
        `${counted(written.length, "file")} changed`,
        left.length === 0 ? "" : `${left.length} left: ${oneLine(left.map(({ path }) => path).join(", "))}`,
      ],
    }),
  },
  perform: () => Promise.reject(new Refusal("by hand only")),
};
