import assert from "node:assert/strict";
import { byWords } from "../../src/effects/prepare/by_words.ts";

const ranked = (wish: string, texts: Readonly<Record<string, string>>) => byWords(wish, new Map(Object.entries(texts)));

Deno.test("the source comes first that holds what the wish speaks of, in whatever form and within names", () => {
  const texts = {
    "invoice.go": "// Total is what a customer pays.\nfunc Total(order Order) int { return price.Of(order) }",
    "price.go":
      "// Of gives customers of many pieces a discount.\nfunc Of(order Order) int { percentOff := 5; return percentOff }",
    "empty.go": "",
  };
  const wish = "The discount changes: customers get 10 percent off when they order 20 pieces or more.";
  assert.deepEqual(ranked(wish, texts), ["price.go", "invoice.go"]);
});

Deno.test("what all of them hold tells less than what one holds, and words of any text tell nothing", () => {
  const texts = {
    "one.js": "export const header = (page) => page.title + page.foot;",
    "two.js": "export const title = (page) => escaped(page.heading);",
  };
  assert.deepEqual(ranked("Titles of pages are to be escaped.", texts), ["two.js", "one.js"]);
  assert.deepEqual(ranked("Write a program that prints the values with their names.", texts), []);
  assert.deepEqual(ranked("Escaped signs look odd.", texts), [], "one word may stand anywhere");
});

Deno.test("of a text without an end the beginning counts", () => {
  const late = `${"x ".repeat(30_000)}customers discount`;
  assert.deepEqual(ranked("Customers get a discount.", { "late.js": late, "early.js": `customers discount ${late}` }), [
    "early.js",
  ]);
});
