import assert from "node:assert/strict";
import { callsIn } from "./samples.ts";

const WRITINGS = [
  '```json\n{"name": "read_file", "arguments": {"path": "a"}}\n```',
  '{"name": "read_file", "arguments": {"path": "a"}}',
  'read_file(path="a")',
  'read_file {"path": "a"}',
  '[read_file(path="a")]',
];
const CALL = [{ name: "read_file", arguments: { path: "a" } }];

Deno.test("a call without marks that is introduced as the form of calls, and with words behind it, is shown and not made", () => {
  for (
    const before of [
      "The request looks like:",
      "A call to `read_file` looks like this:",
      "A client asks for a file by an object of this form:",
      "You can also call it like:",
      "You could write it like this:",
    ]
  ) {
    for (const call of WRITINGS) {
      for (const gap of ["\n", "\n\n"]) {
        const text = `Words.\n\n${before}${gap}${call}\n\nThe answer comes as a message.`;
        assert.deepEqual(callsIn(text), [], text);
      }
    }
  }
});

Deno.test("a call that its author announces, or that ends a reply, is made however it is introduced", () => {
  for (const call of WRITINGS) {
    for (
      const text of [
        `I'll make a call that looks like this:\n${call}\n\nAfter that I go on.`,
        `The form looks right, so let me call it:\n${call}\n\nThen I go on.`,
        `To read it I make this call:\n\n${call}\n\nThen I go on.`,
        `The call looks like this:\n${call}`,
        `Words about something of this form.\n\n${call}\n\nThen I go on.`,
      ]
    ) assert.deepEqual(callsIn(text), CALL, text);
  }
});

Deno.test("a call in a block that is indented below a colon, with words behind it, is quoted", () => {
  const object = '{"name": "read_file", "arguments": {"path": "a"}}';
  for (const indent of ["    ", "\t"]) {
    assert.deepEqual(callsIn(`The log shows the reply:\n\n${indent}${object}\n\nIt broke the parser.`), []);
    assert.deepEqual(callsIn(`The log shows it:\n\n${indent}[x][${object}][y]\n\nIt broke the parser.`), []);
    assert.deepEqual(callsIn(`I'll read it:\n\n${indent}${object}\n\nThen I go on.`), CALL);
  }
});

Deno.test("marks of a call between quotation marks are a text of a program", () => {
  for (const mark of ["'", '"', "`"]) {
    for (
      const call of [
        '[TOOL_CALLS]read_file[ARGS]{"path": "a"}',
        'to=functions.read_file<|message|>{"path": "a"}<|call|>',
      ]
    ) {
      assert.deepEqual(callsIn(`const raw = ${mark}${call}${mark};`), [], mark);
      assert.deepEqual(callsIn(call), CALL, call);
      assert.deepEqual(callsIn(`I read ${mark}a${mark}${call}`), CALL, call);
    }
  }
});
