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

Deno.test("a call within a sentence that gives an illustration is shown, one whose author speaks of the act is made", () => {
  const call = '`{"name": "read_file", "arguments": {"path": "a"}}`';
  for (
    const before of [
      "As an illustration, a model that wants a file would write",
      "An agent, for example, sends",
      "A client would emit",
    ]
  ) assert.deepEqual(callsIn(`Words. ${before} ${call}. Nothing was called.`), [], before);
  assert.deepEqual(callsIn(`Words. For example I will read it: ${call}. Then I go on.`), CALL);
  assert.deepEqual(callsIn(`Words. It is time for ${call}. Then I go on.`), CALL);
});

Deno.test("a call in a block of code under an illustration is quoted where it names no tool that was shown", () => {
  for (
    const form of [
      (name: string) => `<tool_call>\n{"name": "${name}", "arguments": {"path": "a"}}\n</tool_call>`,
      (name: string) => `{"name": "${name}", "arguments": {"path": "a"}}`,
      (name: string) => `<function=${name}><parameter=path>a</parameter></function>`,
    ]
  ) {
    for (const before of ["A model writes it like this, for example:", "For instance:", "A server would send:"]) {
      const text = (name: string) => `${before}\n\n\`\`\`\n${form(name)}\n\`\`\`\n\nThe server reads that.`;
      assert.deepEqual(callsIn(text("my_function")), [], text("my_function"));
    }
    const announced = `For example I'll read it:\n\`\`\`\n${form("read_file")}\n\`\`\`\nThen I go on.`;
    assert.deepEqual(callsIn(announced), CALL, announced);
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
