import assert from "node:assert/strict";
import fc from "fast-check";
import { BLANK, type Editor, editorRows, EDITS, insert, moveLine } from "../../src/tui/editor.ts";

Deno.test("keys edit by characters, words and lines, also over wide characters", () => {
  let editor = insert(BLANK, "eins zwei 漢字");
  editor = EDITS["backspace"]!(editor);
  assert.equal(editor.text, "eins zwei 漢");
  editor = EDITS["ctrl-w"]!(editor);
  assert.equal(editor.text, "eins zwei");
  editor = EDITS["home"]!(editor);
  editor = EDITS["delete"]!(editor);
  assert.deepEqual(editor, { text: "ins zwei", cursor: 0 });
  editor = EDITS["ctrl-k"]!(insert(editor, "W"));
  assert.deepEqual(editor, { text: "W", cursor: 1 });
});

Deno.test("up and down move in a text of several lines and say when there is no further line", () => {
  const editor = insert(BLANK, "first\nsecond\nx");
  const up = moveLine(editor, -1)!;
  assert.equal(up.cursor, 7);
  assert.equal(moveLine(moveLine(up, -1)!, -1), null);
  assert.equal(moveLine(editor, 1), null);
});

Deno.test("up and down never stop within a character, whatever it is made of", () => {
  const family = "👩‍👩‍👧‍👦";
  for (
    const [text, cursor, by, found] of [
      ["😀😀\nab", 6, -1, 0],
      ["a\n😀", 1, 1, 2],
      [`${family}${family}\nabc`, 2 * family.length + 4, -1, 0],
      [`abcd\n${"e\u0301".repeat(3)}`, 3, 1, 7],
      ["abcd\n😀", 4, 1, 7],
    ] as const
  ) {
    assert.equal(moveLine({ text, cursor }, by)?.cursor, found, JSON.stringify(text));
  }
  const characters = fc.array(fc.constantFrom("a", "漢", "😀", family, "e\u0301", "각".normalize("NFD"), "\n"));
  const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  fc.assert(
    fc.property(characters, fc.array(fc.constantFrom("left", "up", "down", "home"), { maxLength: 30 }), (all, keys) => {
      let editor = { text: all.join(""), cursor: all.join("").length };
      const places = new Set([...segmenter.segment(editor.text)].map(({ index }) => index).concat(editor.text.length));
      for (const key of keys) {
        editor = key === "up" || key === "down"
          ? moveLine(editor, key === "up" ? -1 : 1) ?? editor
          : EDITS[key]!(editor);
        assert.ok(places.has(editor.cursor), `${editor.cursor} in ${JSON.stringify(editor.text)}`);
      }
    }),
  );
});

Deno.test("whatever is typed, the cursor stays in the text and on the screen", () => {
  const keys = fc.array(fc.constantFrom(...Object.keys(EDITS), "a", " ", "漢", "\n"), { maxLength: 60 });
  fc.assert(fc.property(keys, fc.integer({ min: 4, max: 20 }), (pressed, width) => {
    let editor: Editor = BLANK;
    for (const key of pressed) editor = EDITS[key]?.(editor) ?? insert(editor, key);
    assert.ok(editor.cursor >= 0 && editor.cursor <= editor.text.length);
    const shown = editorRows(editor, width, 3);
    assert.ok(shown.rows.length <= 3 && shown.row >= 0 && shown.row < shown.rows.length, "the cursor's row is shown");
    assert.ok(shown.offset >= 0 && shown.offset <= shown.rows[shown.row]!.length);
  }));
});
