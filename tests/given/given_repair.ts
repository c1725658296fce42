import type { Fact } from "../../src/features/fact.ts";
import type { State } from "../../src/features/state.ts";
import { due } from "../../src/kernel/due.ts";
import { after, CONTINUED, opening, result, settled, started, task } from "./given.ts";
import { withFunctions } from "./given_attempt.ts";
import { crew } from "../laws/crew.ts";

/** A file with a faulty function. */
const CODE = `const LIMIT = 4;

/** Adds one to each. */
export function addOne(numbers) {
  const faulty = numbers.map((one) => one + 2);
  return faulty;
}

export const after = 1;
`;
const TEST = 'test("adds one", () => assert.deepEqual(addOne([1]), [2]));\n';

/** A crew whose writers rewrite single functions. */
export const able = withFunctions({
  ...crew(),
  prompts: {
    ...crew().prompts,
    "repair.md": { name: "repair.md", text: "You repair as {{role}}.", placeholders: ["role"] },
  },
});

/** The state of a small model's first attempt, its file and its test shown, as often refused as said. */
export function atRepair(refused = 0): State {
  let state = settled(
    after(
      started({}, [result("t: adds one", false, ["a.test.js", "a.js"], "Expected [2], got [3]")], able),
      { type: "tasks_planned", tasks: [task({ target: "a.js", checks: ["t: adds one"] })], refused: [], by: "rules" },
      { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
      CONTINUED,
    ),
    able,
  );
  const effect = due(state, able, state.at).effects.find((one) => one.kind === "prepare");
  const file = (path: string, text: string) => {
    const lines = text.split("\n").length - 1;
    return { path, text: { text, chars: text.length }, lines, from: 1, to: lines };
  };
  state = after(state, opening(effect), {
    type: "effect_finished",
    key: effect!.key,
    result: {
      kind: "prepare",
      files: ["a.js", "a.test.js"],
      texts: [file("a.js", CODE), file("a.test.js", TEST)],
      changes: null,
      definitions: { "a.js": ["addOne"] },
    },
  });
  const [turn] = Object.keys(state.turns.open);
  const refusal: Fact = { type: "call_refused", turn: turn!, name: "rewrite_function", reason: "It is the same text." };
  for (let times = 0; times < refused; times++) state = after(settled(state, able), refusal);
  return settled(state, able);
}
