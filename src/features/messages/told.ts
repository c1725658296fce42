import { oneLine } from "../../kernel/say.ts";
import { type Part, pick } from "../../kernel/told.ts";
import type { TellOf } from "../known.ts";
import type { messageFacts } from "./facts.ts";

/** Why nobody will read a message. */
const expiryTold: Readonly<Record<string, string>> = {
  late: "what it answers was decided before it came",
  unawaited: "its receiver waits for no answer any more",
  unheard: "no model answered it",
  over: "the run ended before it was read",
};

/** How messages are told, and standing orders about them. What is shown of a run lists them by its state. */
export const messagesTold: TellOf<keyof typeof messageFacts> = {
  message_sent: {
    json: ({ message }) => ({
      ...pick(message, "id", "from", "to", "kind", "text", "cause", "answers"),
      ...(message.duplicateOf === undefined ? {} : { duplicate_of: message.duplicateOf }),
    }),
    lines: ({ message: { id, from, to, kind, text, duplicateOf } }) =>
      duplicateOf !== undefined
        ? [`message ${duplicateOf} sent to ${to}, too, by person: message ${id}`]
        // The work that it assigns is told by the attempt.
        : kind === "assignment"
        ? []
        : [`${kind === "word" ? "" : `${kind} from `}${from} to ${to}: ${oneLine(text)}`],
    parts: ({ at, message: { id, from, to, kind, text, answers, cause, duplicateOf } }) => {
      const about = duplicateOf !== undefined
        ? `a duplicate of ${duplicateOf} by person`
        : answers === null
        ? `caused by ${cause}`
        : `answers ${answers}`;
      return [
        ...(duplicateOf === undefined ? [] : receipt(duplicateOf, at, `sent to ${to}, too, by person: message ${id}`)),
        { of: [id], text: `Message ${id}: ${kind} from ${from} to ${to}, ${about}, sent ${timeOf(at)}\n${text}` },
        ...(answers === null ? [] : receipt(answers, at, `answered by message ${id} from ${from}`)),
      ];
    },
  },
  message_released: { json: ["id"], parts: ({ id, at }) => receipt(id, at, "released") },
  message_edited: {
    json: ["id", "text", "by"],
    lines: ({ id, by }) => [`message ${id} edited by ${by}`],
    parts: ({ id, at, by, text }) => receipt(id, at, `edited by ${by}`, text),
  },
  message_redirected: {
    json: ["id", "to", "by"],
    lines: ({ id, to, by }) => [`message ${id} redirected to ${to} by ${by}`],
    parts: ({ id, at, to, by }) => receipt(id, at, `redirected to ${to} by ${by}`),
  },
  message_taken_back: {
    json: ["id", "by"],
    lines: ({ id, by }) => [`what was done to message ${id} last was taken back by ${by}`],
    parts: ({ id, at, by }) => receipt(id, at, `what was done last taken back by ${by}`),
  },
  message_reviewed: {
    json: ["id", "verdict", "by"],
    parts: ({ id, at, verdict, by }) => receipt(id, at, `reviewed by ${by}: ${verdict}`),
  },
  message_in_prompt: {
    json: ["id", "turn"],
    entries: ({ id, turn }, known) => {
      const [message, role] = [known.message(id), known.roleOf(turn)];
      return message === undefined || role === undefined
        ? []
        : [{ role, kind: "message", of: turn, title: message.from, text: message.text }];
    },
    parts: ({ id, at, turn }, known) =>
      receipt(id, at, `stands in the prompt of ${known.roleOf(turn) === undefined ? "" : "turn "}${turn}`),
  },
  message_answered: { json: ["id"], parts: ({ id, at }) => receipt(id, at, "answered") },
  message_dropped: {
    json: ["id", "by", "reason"],
    lines: ({ id, by, reason }) => [`message ${id} dropped by ${by}${by === "person" ? "" : `: ${oneLine(reason)}`}`],
    parts: ({ id, at, by, reason }) => receipt(id, at, `dropped by ${by}`, reason),
  },
  message_sent_back: {
    json: ["id", "question", "by"],
    lines: ({ id, question, by }) => [`message ${id} sent back by ${by}: ${oneLine(question)}`],
    parts: ({ id, at, question, by }) => receipt(id, at, `sent back by ${by} with a question`, question),
  },
  message_expired: {
    json: ({ id, reason, cause }) => ({
      id,
      ...(reason === undefined ? {} : { reason }),
      ...(cause === undefined ? {} : { cause }),
    }),
    lines: ({ id, reason, cause }) =>
      reason === undefined
        ? []
        : [`message ${id} expired: ${expiryTold[reason]}${cause === undefined ? "" : `: ${oneLine(cause)}`}`],
    parts: ({ id, at, reason = "over", cause }) => receipt(id, at, `expired: ${expiryTold[reason]}`, cause),
  },
  hold_placed: { json: ({ hold }) => pick(hold, "id", "scope", "of") },
  hold_lifted: { json: ["id"] },
};

function receipt(id: string, at: number, what: string, text = ""): readonly Part[] {
  return [{ of: [id], text: `── ${timeOf(at)} ${what}${text === "" ? "" : `\n${text}`}` }];
}

function timeOf(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}
