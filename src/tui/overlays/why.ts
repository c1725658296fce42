import { whyParts } from "../../tell/why_parts.ts";
import { inspecting } from "../inspected.ts";
import { type Line, span } from "../line.ts";
import type { Binding, Overlay } from "../panel.ts";
import { DECISIONS, selectedDecision } from "../panels/decisions.ts";
import { timeOfDay } from "../select/words.ts";
import { rowBeside, selecting } from "../selected.ts";
import { neutralise, oneLine, wrap } from "../text.ts";
import { told } from "../ui.ts";

const TURN_OVER: Binding = {
  keys: ["left", "right"],
  actions: { "why.before": ["left"], "why.after": ["right"] },
  help: ["← →", "in the why of a decision: the one before, after"],
  hints: () => [{ keys: "← →", does: "decision before, after" }],
  press(scene, key) {
    const { ui, store } = scene;
    const rows = store.decisions().map(({ id }) => id);
    const next = rowBeside(rows, selectedDecision(scene), key === "left" ? -1 : 1);
    return { ui: next === null ? ui : selecting(ui, DECISIONS, next) };
  },
};

/** Goes on to what the decision led to. */
const EFFECT: Binding = {
  keys: ["]"],
  actions: { "message.effect": ["]"] },
  help: null,
  hints: () => [{ keys: "]", does: "what it led to" }],
  press(scene) {
    const { ui, store } = scene;
    const id = selectedDecision(scene) ?? "";
    const [link] = store.causedBy(id);
    return link === undefined ? told(ui, `${id} led to no message.`) : { ui: inspecting(ui, link.id) };
  },
};

/** Why a decision was made: its outcome, what could have been decided, what the model was told and what it replied. */
export const why: Overlay = {
  id: "why",
  title: (scene) => `why ${selectedDecision(scene) ?? ""}`.trimEnd(),
  lines(scene, width) {
    const found = scene.store.why(selectedDecision(scene) ?? "");
    if (found === null) return [[span("Nothing was decided yet.", "dim")]];
    return whyParts(found, timeOfDay(found.decision.at)).flatMap(({ title, text, bad }, index): Line[] => [
      ...(index === 0 ? [] : [[]]),
      ...wrap(oneLine(title), width).map((
        row,
      ): Line => [span(row, index === 0 ? "strong" : bad ? "failed" : "heading")]),
      ...textRows(text, width, index === 0),
    ]);
  },
  copies(scene) {
    const found = scene.store.why(selectedDecision(scene) ?? "");
    return found === null
      ? []
      : whyParts(found, timeOfDay(found.decision.at)).map(({ title, text }) => ({ name: oneLine(title), text }));
  },
  bindings: [TURN_OVER, EFFECT],
  closes: "Esc",
};

/** The rows of a part; of the first one, what came of the decision stands out. */
function textRows(text: string, width: number, isHead: boolean): Line[] {
  return neutralise(text).trimEnd().split("\n").flatMap((line): Line[] => {
    const style = !isHead ? "plain" : line.startsWith("✓") ? "passed" : line.startsWith("✗") ? "failed" : "plain";
    return wrap(line, Math.max(2, width - 2)).map((row): Line => [span("  "), span(row, style)]);
  });
}
