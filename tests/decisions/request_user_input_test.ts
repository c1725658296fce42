import assert from "node:assert/strict";
import { refusal } from "../../src/features/decisions/kinds.ts";
import { result, started } from "../given/given.ts";
import { crew } from "../laws/crew.ts";

const FAILING = [result("t: a", false, ["src/a.ts"])];

const registry = crew();

Deno.test("a question to the person is no decision where nobody is at the keyboard and there is work", () => {
  const state = started({ headless: true }, FAILING);
  assert.equal(refusal(state, registry, { name: "request_user_input", arguments: {} }), "Nobody is at the keyboard.");
});
