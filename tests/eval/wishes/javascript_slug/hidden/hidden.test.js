import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, overview } from "./src/posts.js";
import { slug } from "./src/slug.js";

test("slugs", () => {
  assert.equal(slug("Crème Brûlée"), "creme-brulee");
  assert.equal(slug("  What's new in 2.0?! "), "what-s-new-in-2-0");
  assert.equal(slug("a -- b__c"), "a-b-c");
  assert.equal(slug("plain"), "plain");
  assert.equal(slug("?!"), "");
});

test("addresses", () => {
  assert.equal(addressOf({ number: 4, title: "Crème brûlée", date: "2024-05-01" }), "/2024/creme-brulee");
  assert.equal(addressOf({ number: 5, title: "1, 2, 3", date: "1999-12-31" }), "/1999/1-2-3");
});

test("the overview is as before", () => {
  assert.deepEqual(overview([{ number: 1, title: "É!", date: "2024-01-31" }]), ["2024-01-31 É!"]);
});
