import { type Line, span } from "../line.ts";
import type { Overlay, Place, Scene } from "../panel.ts";
import { PANE_KEYS } from "../pane_keys.ts";
import { questionKeys, questionLines } from "../select/question.ts";

/** All that is asked of the person, whole. The keys that answer close it, and are seen however it is scrolled. */
export const question: Overlay = {
  id: "question",
  title: ({ state: { people: { questions } } }) =>
    questions.length > 1 ? `what is asked, 1 of ${questions.length}` : "what is asked",
  lines({ state, store }, width) {
    const [asked] = state.people.questions;
    return asked === undefined
      ? [[span("Nothing is asked of you now.", "dim")]]
      : questionLines(asked, width, (text) => store.text(text));
  },
  foot: ({ state, keymap }: Scene, { from, to, of }: Place): readonly Line[] => {
    const [asked] = state.people.questions;
    if (asked === undefined) return [];
    return [
      [span(
        of === 1 ? "all of 1 line" : from === 1 && to === of ? `all of ${of} lines` : `line ${from}–${to} of ${of}`,
        "warned",
      )],
      questionKeys(asked, keymap),
    ];
  },
  bindings: [PANE_KEYS.judge, PANE_KEYS.write].map((binding) => ({
    ...binding,
    keys: binding.keys.filter((key) => key !== "enter"),
    hints: () => [],
    press: (scene, key) => binding.press({ ...scene, ui: { ...scene.ui, overlay: null } }, key),
  })),
  closes: "Esc",
};
