import assert from "node:assert/strict";
import { agreedNow, doubtsOf, shownBy } from "../../../src/features/evidence/agreed.ts";
import { after, started } from "../../given/given.ts";

Deno.test("a yes ahead to new tests is none to a test in which names were changed: that is said, and one is given to it as it is", () => {
  const state = after(started(), { type: "tests_accepted", ahead: true });
  assert.equal(agreedNow(state), true);
  const evidence = { ...state.evidence, renamed: { "test/a.test.js": "h2" } };
  const renamed = { ...state, evidence };
  assert.deepEqual(doubtsOf(renamed), ["test/a.test.js, which judges the work, got new names"]);
  assert.equal(agreedNow(renamed), null);
  const agreed = { ...renamed, evidence: { ...evidence, answer: { of: shownBy(renamed), agreed: true } } };
  assert.equal(agreedNow(agreed), true);
  const other = { ...agreed, evidence: { ...agreed.evidence, renamed: { "test/a.test.js": "h3" } } };
  assert.equal(agreedNow(other), null, "it became another one since");
});
