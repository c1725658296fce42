import assert from "node:assert/strict";
import type { ToolDeclaration } from "../../src/kernel/call.ts";
import { readCalls } from "../../src/mediate/read_calls.ts";
import { WRITERS } from "./write_call.ts";

const TOOLS: readonly ToolDeclaration[] = [{
  name: "write_note",
  describes: "Writes a note.",
  parameters: {
    type: "object",
    required: ["title"],
    properties: {
      title: { type: "string" },
      copies: { type: "integer" },
      pinned: { type: "boolean" },
      place: { type: "object" },
    },
  },
}];
const CALL = { name: "write_note", arguments: { title: "a b", copies: 3, pinned: true, place: { folder: "x" } } };
const GIVEN = JSON.stringify(CALL.arguments);

const LAST_MARK = /(?:<\/?[^<>\s]*>|\[\/\w+\]|\n```)\s*$/;
const FIRST_MARK = /^(?:<[^<>\s]*>|\[\w+\]|```\w*\n|functools)\s*/;
const JSON_KEYS = /"title"/;
const TAGS = /<parameter|<param|arg_/;

/** Writings that only their exact form makes calls. */
const FRAGILE: ReadonlySet<string> = new Set(["plain_json, pairs", "name_above", "named_tags"]);

/** One fault each; null where a writing cannot have it. */
const FAULTS: Readonly<Record<string, (text: string) => string | null>> = {
  "the last mark is missing": (text) => LAST_MARK.test(text) ? text.replace(LAST_MARK, "") : null,
  "the first mark is missing": (text) => FIRST_MARK.test(text) ? text.replace(FIRST_MARK, "") : null,
  "the last mark stands twice": (text) => text + (/(?:<\/?[^<>\s]*>|\[\/\w+\])\s*$/.exec(text)?.[0] ?? ""),
  "the first mark stands twice": (text) => (/^(?:<[^<>\s]*>|\[\w+\])\s*/.exec(text)?.[0] ?? "") + text,
  "a comma too many": (text) => text.replace('"x"}}', '"x",},}'),
  "a brace too few": (text) => text.replace(/\}\}(?![\s\S]*\}\})/, "}"),
  "a brace too many": (text) => text.replace(/\}\}(?![\s\S]*\}\})/, "}}}"),
  "single quotes": (text) => JSON_KEYS.test(text) && !TAGS.test(text) ? text.replaceAll('"', "'") : null,
  "quotes of print": (text) =>
    JSON_KEYS.test(text) && !TAGS.test(text) && !/\w="/.test(text) ? text.replace(/"([^"\n]*)"/g, "“$1”") : null,
  "wide colons and commas": (text) =>
    !JSON_KEYS.test(text) ? null : text.replace(/"(title|copies|pinned|place)":/g, '"$1"：').replace("3,", "3，"),
  "words of Python": (text) => text.replace('"pinned":true', '"pinned":True'),
  "a comment": (text) => text.replace('"copies":3,', '"copies":3, // three\n'),
  "keys without quotes": (text) => text.replaceAll(/"(title|copies|pinned|place|folder)":/g, "$1:"),
  "arguments in a string": (text) => text.replace(GIVEN, JSON.stringify(GIVEN)),
  "doubled braces": (text) => text.replace(GIVEN, `{${GIVEN}}`),
  "line ends of Windows": (text) => text.replaceAll("\n", "\r\n"),
  "a fence around": (text) => text.startsWith("```") ? null : `\`\`\`xml\n${text}\n\`\`\``,
  "a template's token after": (text) => `${text}<|im_end|>`,
  "prose around on the same line": (text) => `I do it now: ${text} That is all.`,
  "a blank in the last tag": (text) => text.replace(/<\/(\w+)>\s*$/, "</$1 >"),
};

for (const [fault, spoil] of Object.entries(FAULTS)) {
  Deno.test(`a call is read in the writing of each family although: ${fault}`, () => {
    let spoiled = 0;
    for (const [writer, write] of Object.entries(WRITERS)) {
      if (FRAGILE.has(writer)) continue;
      const right = write([CALL]);
      const text = spoil(right);
      if (text === null || text === right) continue;
      spoiled++;
      const calls = readCalls(text, TOOLS).calls.map(({ name, arguments: given }) => ({ name, arguments: given }));
      assert.deepEqual(calls, [CALL], `${writer}: ${text}`);
    }
    assert.ok(spoiled >= 5, `${spoiled} writings`);
  });
}
