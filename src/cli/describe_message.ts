import type { Stamped } from "../features/fact.ts";
import { safe } from "./table.ts";

/**
 * Describes what a fact says of a message: its whole text when it was sent or changed, and each receipt.
 *
 * @param fact any fact
 * @param id the message, such as `m3`
 * @returns lines for people without a closing line break; null for a fact that is not about the message
 */
export function describeMessage(fact: Stamped, id: string): string | null {
  if (fact.type === "message_sent") {
    const { from, to, kind, text, answers, cause } = fact.message;
    if (fact.message.id === id) {
      const about = answers === null ? `caused by ${cause}` : `answers ${answers}`;
      return `Message ${id}: ${kind} from ${from} to ${to}, ${about}, sent ${timeOf(fact)}\n${safe(text)}`;
    }
    return answers === id ? receipt(fact, `answered by message ${fact.message.id} from ${from}`) : null;
  }
  if (!("id" in fact) || fact.id !== id) return null;
  switch (fact.type) {
    case "message_released":
      return receipt(fact, "released");
    case "message_edited":
      return receipt(fact, `edited by ${fact.by}`, fact.text);
    case "message_redirected":
      return receipt(fact, `redirected to ${fact.to} by ${fact.by}`);
    case "message_reviewed":
      return receipt(fact, `reviewed by ${fact.by}: ${fact.verdict}`);
    case "message_in_prompt":
      return receipt(fact, `stands in the prompt of ${/^t\d/.test(fact.turn) ? "turn " : ""}${fact.turn}`);
    case "message_answered":
      return receipt(fact, "answered");
    case "message_dropped":
      return receipt(fact, `dropped by ${fact.by}`, fact.reason);
    case "message_expired":
      return receipt(fact, "expired: the run ended before it was read");
    default:
      return null;
  }
}

function receipt(fact: Stamped, what: string, text = ""): string {
  return `── ${timeOf(fact)} ${safe(what)}${text === "" ? "" : `\n${safe(text)}`}`;
}

function timeOf({ at }: Stamped): string {
  return new Date(at).toTimeString().slice(0, 8);
}
