import assert from "node:assert/strict";
import { type Line, lookFor, type Style } from "../../src/tui/line.ts";
import { markdownRows } from "../../src/tui/markdown.ts";
import { cells } from "../../src/tui/text.ts";

/** Rows as text, with `‹style:…›` around what is in another style than its surroundings. */
function written(text: string, { width = 60, style = "plain" as Style, lead = [] as Line, env = {} } = {}): string[] {
  return markdownRows(text, { width, style, look: lookFor(env), lead }).map((line) =>
    line.map((piece) => piece.style === style ? piece.text : `‹${piece.style}:${piece.text}›`).join("")
  );
}

Deno.test("headings, bold, code and addresses have their styles and lose their marks; all else stands as it was written", () => {
  assert.deepEqual(
    written(
      "## What it does\nIt is **quick** and calls `f(x)`; see [the page](https://a.b/c) or https://d.e.\n2 * 3 * 4, a_b_c",
    ),
    [
      "‹heading:What it does›",
      "It is ‹strong:quick› and calls ‹code:f(x)›; see the page (‹link:https://a.b/c›) or",
      "‹link:https://d.e.›",
      "2 * 3 * 4, a_b_c",
    ],
  );
});

Deno.test("an item of a list keeps its sign, and what is wrapped stands behind it", () => {
  assert.deepEqual(written("- one two three four\n  * five\n10. six seven eight", { width: 14 }), [
    "• one two",
    "  three four",
    "  • five",
    "10. six seven",
    "    eight",
  ]);
  assert.deepEqual(written("- one\n> said\n---", { env: { TERM: "dumb" } }), [
    "* one",
    "‹dim:| ›‹dim:said›",
    `‹dim:${"-".repeat(24)}›`,
  ]);
});

Deno.test("fenced code stands behind a line, as it is, also where the fence is never closed", () => {
  assert.deepEqual(written("Do:\n```py\nif a:\n    **b**\n```\nDone.\n~~~\n# no heading"), [
    "Do:",
    "‹dim:│ ›if a:",
    "‹dim:│ ›    **b**",
    "Done.",
    "‹dim:│ ›# no heading",
  ]);
});

Deno.test("what stands before a text is on its first line, or alone above what is no sentence", () => {
  const lead: Line = [{ text: "arbiter › ", style: "strong" }];
  assert.deepEqual(written("Do **it**.", { style: "dim", lead }), ["‹strong:arbiter › ›Do ‹strong:it›."]);
  assert.deepEqual(written("- one", { style: "dim", lead }), ["‹strong:arbiter › ›", "• one"]);
});

Deno.test("no row is wider than there is room for, whatever is written", () => {
  const texts = [
    "漢字 **漢字漢字** `漢`",
    "- ".repeat(40),
    "#".repeat(90),
    `> ${"a".repeat(99)}`,
    "```\n```",
    "[a](b) ".repeat(30),
  ];
  for (const text of texts) {
    for (const width of [10, 11, 40]) {
      for (const line of markdownRows(text, { width, style: "plain", look: lookFor({}), lead: [] })) {
        assert.ok(line.reduce((sum, piece) => sum + cells(piece.text), 0) <= width, `${text} at ${width}`);
      }
    }
  }
});
