import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, overview } from "../src/posts.js";

const POSTS = [
  { number: 1, title: "First", date: "2024-01-31" },
  { number: 2, title: "Second", date: "2024-05-01" },
  { number: 3, title: "Later", date: "2024-06-01", draft: true },
];

test("addresses differ and begin with a slash", () => {
  const addresses = POSTS.map(addressOf);
  assert.equal(new Set(addresses).size, 3);
  assert.ok(addresses.every((address) => address.startsWith("/")));
});

test("the overview shows the latest first and no drafts", () => {
  assert.deepEqual(overview(POSTS), ["2024-05-01 Second", "2024-01-31 First"]);
});
