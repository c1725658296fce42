import assert from "node:assert/strict";
import type { Turn } from "../../../src/features/turns/slice.ts";
import type { Call } from "../../../src/kernel/call.ts";
import { read } from "../../given/given_answer.ts";
import { atRepair } from "../../given/given_repair.ts";

const BEFORE = "exports.add = (a, b) => a - b;\nexports.id = (a) => a;\n";
const DIFF = "```diff\n@@ -1 +1 @@\n-exports.add = (a, b) => a - b;\n+exports.add = (a, b) => a + b;\n```";
const CHANGED = "exports.add = (a, b) => a + b;\nexports.id = (a) => a;\n";

/** A turn that waits for the text of a call; `seen` is what it saw of calc.js. */
function waiting(call: Call, seen: Partial<Turn> = {}): Turn {
  const [turn] = Object.values(atRepair().turns.open);
  return { ...turn!, prepared: null, seen: {}, calls: [call], ...seen };
}

/** What a reply to the ask for its text says. */
function content(text: string, turn: Turn, more: Parameters<typeof read>[1] = {}) {
  return read(text, { ask: { purpose: "text" }, turn, ...more });
}

const REWRITE: Call = { name: "rewrite_file", arguments: { path: "calc.js" } };

Deno.test("a change in place of the asked text is applied to the file as the turn saw it last", () => {
  const stored = waiting(REWRITE, { seen: { "calc.js": "h1" } });
  assert.equal(content(DIFF, stored, { files: { h1: BEFORE } }).content, CHANGED);
  const shown = { path: "calc.js", text: { text: BEFORE.trimEnd(), chars: BEFORE.length }, lines: 2, from: 1, to: 2 };
  const prepared = { files: [], texts: [{ ...shown, hash: "h1" }], changes: null };
  const whole = waiting(REWRITE, { prepared, seen: { "calc.js": "h1" } });
  assert.equal(content(DIFF, whole).content, CHANGED);
  const since = waiting(REWRITE, { prepared, seen: { "calc.js": "h2" } });
  assert.equal(content(DIFF, since, { files: { h2: `// new\n${BEFORE}` } }).content, `// new\n${CHANGED}`);
});

Deno.test("a change is refused where the turn does not know the whole file", () => {
  const part = { path: "calc.js", text: { text: BEFORE, chars: BEFORE.length }, lines: 90, from: 1, to: 2, hash: "h1" };
  for (
    const turn of [
      waiting(REWRITE),
      waiting(REWRITE, { seen: { "calc.js": null } }),
      waiting(REWRITE, { prepared: { files: [], texts: [part], changes: null }, seen: { "calc.js": "h1" } }),
    ]
  ) {
    const { content: text, fault } = content(DIFF, turn);
    assert.equal(text, null);
    assert.match(JSON.stringify(fault), /The reply is a diff, not the text of calc\.js; it cannot be applied here\./);
  }
});

Deno.test("a text that the server delivered as the call once more is taken out of it", () => {
  const calls = [{ name: "rewrite_file", arguments: { path: "calc.js", content: CHANGED } }];
  assert.equal(content("", waiting(REWRITE), { reply: { calls } }).content, CHANGED);
  const other = [{ name: "read_file", arguments: { path: "calc.js" } }];
  assert.match(JSON.stringify(content("", waiting(REWRITE), { reply: { calls: other } }).fault), /a call of read_file/);
});

Deno.test("the same call in text, as the tools that the turn was shown are written, gives its text", () => {
  for (
    const reply of [
      `rewrite_file(path="calc.js", content=${JSON.stringify(CHANGED)})`,
      `rewrite_file\n${JSON.stringify({ path: "calc.js", content: CHANGED })}`,
      `<tool_call>\n${
        JSON.stringify({ name: "rewrite_file", arguments: { path: "calc.js", content: CHANGED } })
      }\n</tool_call>`,
    ]
  ) assert.equal(content(reply, waiting(REWRITE)).content, CHANGED, reply);
});
