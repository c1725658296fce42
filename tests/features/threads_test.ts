import assert from "node:assert/strict";
import { after, CONTINUED, started } from "../given/given.ts";

Deno.test("a thread remembers how its last turns ended: what each was for, its ending and its text, whatever stands in it", () => {
  const opened = (id: string) => ({
    type: "turn_opened" as const,
    id,
    role: "reasoning",
    message: "m1",
    purpose: "plan",
    tools: [],
    temperature: 0,
    seed: 1,
  });
  const text = "npm test: a: b";
  let state = after(started(), CONTINUED);
  for (let number = 1; number <= 8; number++) {
    state = after(state, opened(`t${number}`), {
      type: "turn_closed",
      id: `t${number}`,
      ending: "no_call",
      text: `${number}: ${text}`,
    });
  }
  assert.equal(state.threads.reasoning?.past.length, 6);
  assert.deepEqual(state.threads.reasoning?.past.at(-1), { purpose: "plan", ending: "no_call", text: `8: ${text}` });
});
