import assert from "node:assert/strict";
Deno.test("placeholder", () => assert.ok(true));
