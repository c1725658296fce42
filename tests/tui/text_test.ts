import assert from "node:assert/strict";
import fc from "fast-check";
import { cells, cut, neutralise, wrap } from "../../src/tui/text.ts";
import { tidy } from "../../src/tui/select/reply_words.ts";
import { StreamRows } from "../../src/tui/stream_rows.ts";

const CHUNKS = fc.array(fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "\x1b[31m",
    "\x1b]0;t\x07",
    "\x1b",
    "]52;c;x",
    "\x07",
    "\r",
    "\n",
    "word ",
    "漢字",
    "👩‍💻",
    "\x9b2J",
    "\t",
  ),
));

Deno.test("neutralised text has no control but newline", () => {
  fc.assert(fc.property(CHUNKS, (chunks) => {
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(neutralise(chunks.join("")), /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
  }));
});

Deno.test("sequences are gone whole, words around them stay", () => {
  assert.equal(neutralise("a\x1b]52;c;ZXZpbA==\x07b\x1b[1;31mc\x1b[0m\x1b(Bd\x1bPq#\x1b\\e"), "abcde");
  assert.equal(neutralise("one\r\ntwo\rthree\tfour"), "one\ntwo\nthree  four");
  assert.equal(neutralise("abc\u202edef"), "abc\ufffddef");
  assert.equal(neutralise("👩‍💻 ⚠️ 🇩🇪 1️⃣"), "👩💻 ⚠ DE 1");
});

Deno.test("wrapped rows fit the width and hold every character but the breaks", () => {
  fc.assert(fc.property(CHUNKS, fc.integer({ min: 2, max: 30 }), (chunks, width) => {
    const text = neutralise(chunks.join(""));
    const rows = wrap(text, width);
    for (const row of rows) assert.ok(cells(row) <= width, `${JSON.stringify(row)} is wider than ${width}`);
    assert.equal(rows.join("").replace(/[ \n]/g, ""), text.replace(/[ \n]/g, ""));
  }));
});

Deno.test("a cut line has at most its width, also where a wide character stands at the edge", () => {
  assert.equal(cut("漢字漢字", 4), "漢…");
  assert.equal(cells(cut("漢字漢字", 4)), 3);
  assert.equal(cut("plain", 5), "plain");
});

Deno.test("Hangul by its parts takes the cells of its syllables, as terminals draw it, and a filler those of what it fills", () => {
  for (const word of ["한글", "각", "훈민정음"]) {
    assert.equal(cells(word.normalize("NFD")), cells(word), word);
  }
  // Old vowels and finals, which no syllable of its own stands for.
  assert.equal(cells("\u1112\u119e\u11ab"), 2);
  assert.equal(cells("\ua960\ud7b0\ud7cb"), 2);
  assert.deepEqual(["\u115f", "\u3164", "\uffa0"].map(cells), [2, 2, 1]);
  assert.equal(cut("한글한글".normalize("NFD"), 5).normalize("NFC"), "한글…");
  assert.deepEqual(wrap("한글한글".normalize("NFD"), 4).map((row) => row.normalize("NFC")), ["한글", "한글"]);
});

/** Rows of a text that came in pieces, each shown before the next one came. */
function streamed(chunks: readonly string[], width: number, lead = ""): readonly string[] {
  const rows = new StreamRows();
  const pieces: string[] = [];
  let shown = rows.update({ lead, pieces }, width);
  for (const chunk of chunks) {
    pieces.push(chunk);
    shown = rows.update({ lead, pieces }, width);
  }
  return [...shown];
}

Deno.test("a text that streams in has the rows of the whole text, however it was divided", () => {
  fc.assert(fc.property(CHUNKS, fc.integer({ min: 2, max: 20 }), (chunks, width) => {
    // What may still become a sequence is held back; the end of a line settles it.
    const end = "\x18\n.";
    assert.deepEqual(streamed([...chunks, end], width, "as "), streamed([chunks.join("") + end], width, "as "));
  }));
});

Deno.test("a text that streams in is wrapped anew for another width, and begins anew where it is another text", () => {
  const rows = new StreamRows();
  const pieces = ["one two ", "three"];
  assert.deepEqual([...rows.update({ lead: "", pieces }, 7)], ["one two", "three"]);
  pieces.push(" four");
  assert.deepEqual([...rows.update({ lead: "", pieces }, 13)], ["one two three", "four"]);
  assert.deepEqual([...rows.update({ lead: "(thinking) ", pieces: ["Hm."] }, 13)], ["(thinking)", "Hm."]);
});

Deno.test("a text that streams in has no holes: no blank lines before and behind it, one at most within", () => {
  const hole = ["\n", " \n", "\n  one", "\n", "\n", "\t\n", "\n two ", " \n", "\n"];
  assert.deepEqual(streamed(hole, 20), ["  one", "", " two"]);
  assert.equal(tidy(hole.join("")), "  one\n\n two");
});

Deno.test("a carriage return waits for its line feed behind a sequence, too", () => {
  assert.deepEqual(streamed(["one", "\r", "\x1b]0;t\x07", "\n", "two", "."], 8), ["one", "two."]);
});
