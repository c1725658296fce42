import { offers, type WantedCall } from "./understudy_call.ts";
import type { Scene } from "./understudy_scene.ts";

/** What the arbiter asks back of who wrote something too vague to be answered. */
export const ASKED_BACK = "Which values do you mean, and of which function?";

/** Ends a question that can be answered in more than one way. */
export const VAGUE = "Where is it used?";

/** What is added to a question so that its answer is short. */
const NARROWED = "Name the lines only.";

/**
 * Decides on a message under review as its words want it: what is vague goes back with a question, what is about the words of a text goes to
 * whoever reads code quickly, what asks for places is narrowed.
 *
 * @param scene the request
 * @returns the verdict; null where none is asked for
 */
export function verdictCall(scene: Scene): WantedCall | null {
  if (!offers(scene, "approve_message")) return null;
  const brief = scene.heard.at(-1) ?? "";
  const [, to = "", text = ""] = /sends this question to (\w+):\n([\s\S]*)\n/.exec(brief) ?? [];
  if (text.includes(VAGUE) && offers(scene, "clarify_message")) {
    const reason = "Nobody can answer that as it is asked.";
    return { name: "clarify_message", arguments: { question: ASKED_BACK }, reason };
  }
  if (to === "reasoning" && text.includes(" src/") && offers(scene, "redirect_message")) {
    const reason = "Who reads code quickly answers that.";
    return { name: "redirect_message", arguments: { to: "analysis" }, reason };
  }
  if (text.startsWith("Where ") && offers(scene, "modify_message")) {
    const reason = "Places are enough.";
    return { name: "modify_message", arguments: { text: `${text} ${NARROWED}` }, reason };
  }
  return {
    name: "approve_message",
    arguments: { note: "It is clear and meant for its receiver." },
    reason: "Nothing is wrong with it.",
  };
}
