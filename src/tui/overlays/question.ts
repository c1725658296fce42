import type { Overlay } from "../panel.ts";
import { PANE_KEYS } from "../pane_keys.ts";
import { questionLines } from "../select/question.ts";

/** All that is asked of the person, whole. The keys that answer close it. */
export const question: Overlay = {
  id: "question",
  title: () => "what is asked",
  lines: ({ state }, width) => state.people.questions.flatMap((asked) => [...questionLines(asked, width), []]),
  bindings: [PANE_KEYS.judge, PANE_KEYS.write].map((binding) => ({
    ...binding,
    keys: binding.keys.filter((key) => key !== "enter"),
    hints: () => [],
    press: (scene, key) => binding.press({ ...scene, ui: { ...scene.ui, overlay: null } }, key),
  })),
  closes: "Esc",
};
