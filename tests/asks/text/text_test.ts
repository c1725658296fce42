import assert from "node:assert/strict";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import { compose } from "../../../src/prompt/compose.ts";
import type { PromptFrame } from "../../../src/prompt/prompt.ts";
import { after, withTurn } from "../../given/given.ts";
import { able, atRepair } from "../../given/given_repair.ts";

/** The words of the ask for a text that is due, to a model of a size. */
function wordsOf(state: State, billions: number): string {
  const ask = due(state, able, state.at).effects.find((one) => one.kind === "ask");
  assert.ok(ask?.kind === "ask" && ask.purpose === "text");
  const frame: PromptFrame = { way: "constrained", window: 16_384, ratio: 1, billions, declare: () => "# Tools" };
  return compose(state, able, ask, frame).messages.map(({ role, pieces }) =>
    `${role}: ${pieces.map((piece) => typeof piece === "string" ? piece : piece.text).join("")}`
  ).join("\n");
}

Deno.test("a small model is asked for the text of a repair by itself: what fails, the files, no tools and no calls", () => {
  const words = wordsOf(atRepair(), 1.5);
  assert.match(
    words,
    /^system: You repair as coding\.\nuser: Goal of the project's owner: Make the tests pass\n\n# Task from arbiter\n/,
  );
  assert.match(words, /one \+ 2/);
  assert.match(words, /# Checks that must pass\n- t: adds one\n {2}Expected \[2\], got \[3\]/);
  assert.match(
    words,
    /The function addOne of a\.js is wrong\.\nGive the whole corrected function addOne in one code block\.$/,
  );
  assert.doesNotMatch(words, /# Tools|"name":|assistant:/);
});

Deno.test("after a text that was not taken the function is asked for anew, its old body nowhere in the prompt, and after that as it stands", () => {
  const words = wordsOf(atRepair(1), 1.5);
  assert.match(
    words,
    /\/\*\* Adds one to each\. \*\/\nexport function addOne\(numbers\) \{\n {2}… \(to be written\)\n\}\n/,
  );
  assert.match(words, /const LIMIT = 4;[^]*export const after = 1;/, "the rest of the file stands");
  assert.match(words, /deepEqual\(addOne\(\[1\]\), \[2\]\)/);
  assert.match(words, /Now write the complete function addOne of a\.js anew, so that all checks pass\./);
  assert.doesNotMatch(words, /one \+ 2|Expected \[2\]/);
  const again = wordsOf(atRepair(2), 1.5);
  assert.match(
    again,
    /Your last text was not taken: It is the same text\.\nThe function addOne of a\.js is wrong\./,
  );
  assert.match(again, /one \+ 2/);
});

Deno.test("what the person says to a small specialist stands in the prompt for its text", () => {
  const state = atRepair();
  const [turn] = Object.keys(state.turns.open);
  const told = after(state, { type: "turn_told", turn: turn!, text: "The person at the keyboard says: Use a loop." });
  assert.match(wordsOf(told, 1.5), /# Told meanwhile\n- The person at the keyboard says: Use a loop\.\n/);
});

Deno.test("a small model that has read something is asked for its text in its turn, where that stands", () => {
  const state = atRepair();
  const [turn] = Object.values(state.turns.open);
  const read = { from: "tool" as const, name: "read_file", ok: true, text: { text: "seen", chars: 4 } };
  const seen = withTurn(state, { ...turn!, exchange: [...turn!.exchange, read] });
  assert.match(wordsOf(seen, 1.5), /Result of read_file:\nseen/);
});
