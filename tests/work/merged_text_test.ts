import assert from "node:assert/strict";
import fc from "fast-check";
import { mergedText } from "../../src/work/merged_text.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const merged = (base: string, mine: string, theirs: string) => {
  const both = mergedText(bytes(base), bytes(mine), bytes(theirs));
  return both === null ? null : new TextDecoder("utf-8", { ignoreBOM: true }).decode(both);
};

Deno.test("two changes of other lines stand both, of the same lines neither; equal ones are one", () => {
  assert.equal(merged("a\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n"), "A\nb\nc\nd\nE\n");
  assert.equal(merged("a\nb\nc\n", "a\nX\nc\n", "a\nY\nc\n"), null);
  assert.equal(merged("a\nb\nc\n", "a\nX\nc\n", "a\nX\nc\n"), "a\nX\nc\n");
  assert.equal(merged("\uFEFFa\r\nb\r\nc\r\n", "\uFEFFA\r\nb\r\nc\r\n", "\uFEFFa\r\nb\r\nC"), "\uFEFFA\r\nb\r\nC");
});

Deno.test("what is no text is not merged", () => {
  const base = bytes("a\nb\nc\n");
  assert.equal(mergedText(base, new Uint8Array([255, 254]), base), null);
  assert.equal(mergedText(base, bytes("a\u0000"), base), null);
});

Deno.test("where one side changed nothing the other stands, whatever the texts hold", () => {
  const text = fc.array(fc.constantFrom("", "a", "b", "}", "constructor", "__proto__"), { maxLength: 12 })
    .map((lines) => lines.join("\n"));
  fc.assert(fc.property(text, text, (base, other) => {
    assert.equal(merged(base, base, other), other);
    assert.equal(merged(base, other, base), other);
    assert.equal(merged(base, other, other), other);
  }));
});

Deno.test("texts of 20,000 lines are merged, or given up, in a bounded number of steps", () => {
  const many = (line: (index: number) => string, count = 19_990) =>
    `${Array.from({ length: count }, (_, index) => line(index)).join("\n")}\n`;
  const unique = many((index) => `line ${index}`);
  const changed = (text: string, from: string, to: string) => text.replace(`${from}\n`, `${to}\n`);
  assert.equal(
    merged(unique, changed(unique, "line 3", "mine"), changed(unique, "line 19900", "theirs")),
    changed(changed(unique, "line 3", "mine"), "line 19900", "theirs"),
  );
  // One line over and over would have 400 million pairs of equal lines.
  const same = many(() => "x");
  assert.equal(merged(same, `mine\n${same}y\n`, `${same}theirs\nz\n`), null);
  assert.equal(
    merged(same, many((index) => index % 2 === 0 ? "x" : "y"), many((index) => index % 3 === 0 ? "x" : "z")),
    null,
  );
  assert.equal(merged(`${unique}${unique}`, unique, same), null);
  const turned = many((index) => `line ${19_989 - index}`);
  assert.equal(merged(unique, turned, many((index) => `other ${index}`)), null);
});
