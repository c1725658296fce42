import { oneLine } from "../../kernel/say.ts";
import type { TellOf } from "../known.ts";
import type { peopleFacts } from "./facts.ts";

/** How questions to the person and words to them are told. */
export const peopleTold: TellOf<keyof typeof peopleFacts> = {
  question_asked: {
    json: ["id", "kind", "text", "context"],
    lines: ({ text }) => [`question: ${oneLine(text, 300)}`],
    parts: ({ turn, text, shows }) =>
      turn === null ? [] : [{
        of: [turn],
        text: (texts) =>
          [`── asked the person: ${text}`, ...(shows === undefined ? [] : [texts.whole(shows)])].join("\n"),
      }],
  },
  question_answered: { json: ["id", "approved", "text"] },
  person_told: { json: ["text"], lines: ({ text }) => [oneLine(text, 600)] },
};
