import assert from "node:assert/strict";
import { compose } from "../../src/prompt/compose.ts";
import { variantFaults, variantText } from "../../src/sentences/variant_text.ts";
import { after, CONTINUED, prepared, result, settled, started, task } from "../given/given.ts";
import { askOf, frame, registry, words, working } from "../given/given_prompt.ts";

Deno.test("a small model gets its own blocks of a prompt file and an example, a large one neither", () => {
  const text =
    "You code.\n\n<small>\n1. Read.\n2. Write.\n</small>\n<large>\n- Goal: green checks.\n</large>\nBe short.";
  const own = {
    ...registry,
    prompts: {
      ...registry.prompts,
      "coding.md": { name: "coding", text, placeholders: [] },
      "work.md": { name: "work", text: "", placeholders: [], examples: ["rewrite_function", "rewrite_file"] },
    },
  };
  const state = working();
  const small = words(compose(state, own, askOf(state), frame("constrained", 1.5)));
  assert.match(small, /^You code\.\n\n1\. Read\.\n2\. Write\.\nBe short\./);
  assert.match(
    small,
    /For example: \{"reason":"why, in one short sentence","name":"rewrite_file","arguments":\{"path":"src\/a\.ts"\}\}/,
  );
  const large = words(compose(state, own, askOf(state), frame("constrained", 32)));
  assert.match(large, /^You code\.\n\n- Goal: green checks\.\nBe short\./);
  assert.doesNotMatch(large, /For example/);
});

Deno.test("blocks of a prompt file that are not closed, or close nothing, are faults with their place", () => {
  assert.deepEqual(variantFaults("a\n<small>\nb\n</small>\n"), []);
  assert.deepEqual(variantFaults("a\n<small>\nb\n"), [{ offset: 2, text: "<small> is not closed by </small>." }]);
  assert.deepEqual(variantFaults("</large>\n"), [{ offset: 0, text: "</large> closes nothing." }]);
  assert.equal(variantText("<other>\nx\n</other>", "small"), "<other>\nx\n</other>");
});

Deno.test("a small model may choose among the files that it may write, a large one is told by the rules", () => {
  const state = prepared(
    settled(after(
      started({ headless: true }, [result("t: a", false, ["tests/a_test.ts"])]),
      { type: "tasks_planned", tasks: [task({ target: null })], refused: [], by: "rules" },
      { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
      CONTINUED,
    )),
    [{ path: "src/a.ts", text: "x" }, { path: "tests/a_test.ts", text: "y" }],
  );
  const choice = (billions: number) => {
    const tool = compose(state, registry, askOf(state), frame("constrained", billions)).legal
      .find(({ name }) => name === "edit_file");
    return (tool?.parameters.properties as Record<string, { enum?: string[] }>).path?.enum;
  };
  assert.deepEqual(choice(1.5), ["src/a.ts"]);
  assert.deepEqual(choice(70), ["src/a.ts", "tests/a_test.ts"]);
});
