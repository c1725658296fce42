import assert from "node:assert/strict";
import { callsIn, read } from "./samples.ts";

const GIVEN = { path: "src/a b.ts", start_line: 3 };
const ONE = [{ name: "read_file", arguments: GIVEN }];
const DONE = [{ name: "finish_task", arguments: { summary: "All is done." } }];

/** Asserts what each text is read as. */
function assertRead(texts: readonly string[], calls: unknown): void {
  for (const text of texts) assert.deepEqual(callsIn(text), calls, text);
}

Deno.test("a call in the wrapper of an API or an agent is read", () => {
  assertRead(
    [
      { functionCall: { name: "read_file", args: GIVEN } },
      { toolUse: { toolUseId: "t1", name: "read_file", input: GIVEN } },
      { toolCall: { name: "read_file", arguments: GIVEN } },
      { thoughts: { text: "The file first." }, command: { name: "read_file", args: GIVEN } },
      { role: "assistant", content: null, function_call: { name: "read_file", arguments: JSON.stringify(GIVEN) } },
    ].flatMap((value) => [JSON.stringify(value), `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``]),
    ONE,
  );
  assertRead([
    '{"command": {"path": "src/a.ts"}}',
    '{"command": "read_file"}',
    '{"toolUse": {"name": "open_door", "note": "read_file"}}',
  ], []);
});

Deno.test("arguments that are alone in a list are the arguments", () => {
  assertRead([
    `<tool_call>${JSON.stringify({ name: "read_file", arguments: [GIVEN] })}</tool_call>`,
    JSON.stringify({ tool: "read_file", input: [GIVEN] }),
  ], ONE);
});

Deno.test("a block that names its tool and each argument on lines of their own is read", () => {
  const block =
    "```tool\nTOOL_NAME: read_file\nBEGIN_ARG: path\nsrc/a b.ts\nEND_ARG\nBEGIN_ARG: start_line\n3\nEND_ARG\n```";
  assertRead([
    block,
    `I look.\n\n${block}\nThen I go on.`,
    block.replaceAll("\n", "\r\n"),
    block.replace("```tool\n", "").replace("\n```", ""),
    block.replace("\nEND_ARG\n```", "\nEND_ARG"),
  ], ONE);
  assert.equal(read(`I look.\n${block}`).prose, "I look.");
  assertRead([
    "The block begins with TOOL_NAME: read_file and then BEGIN_ARG: path.",
    "`TOOL_NAME: read_file` is its second line.",
  ], []);
});

Deno.test("a name above a call of tool_call, and a tool and its input in tags, are read", () => {
  const python = 'read_file\n```python\ntool_call(path="src/a b.ts", start_line=3)\n```';
  const tags = `<tool>read_file</tool><tool_input>${JSON.stringify(GIVEN)}</tool_input>`;
  assertRead([
    python,
    `I look.\n${python}`,
    `<|assistant|>${python}<|observation|>`,
    python.replace("```python\n", "").replace("\n```", ""),
    tags,
    tags.replace("<tool>", ""),
    tags.replace("</tool_input>", ""),
    tags.replace("><tool_input", ">\n<tool_input"),
  ], ONE);
  assertRead(["<tool>finish_task</tool><tool_input>All is done.</tool_input>"], DONE);
  assertRead([
    "<tool>read_file</tool> and then its <tool_input>.",
    "<tool>report_issue</tool><tool_input>a text for one of two</tool_input>",
    '```python\ntool_call(path="a")\n```',
  ], []);
});

Deno.test("a text alone in the tag of a tool is its only argument", () => {
  assertRead([
    "<finish_task>All is done.</finish_task>",
    "I end it.\n<finish_task>\nAll is done.\n</finish_task>\n",
  ], DONE);
  assertRead([
    "Use <finish_task>All is done.</finish_task> for that.",
    "<finish_task>All is done.</finish_task> ends it.",
    "<finish_task><b>All</b></finish_task>",
    "<finish_task></finish_task>",
    "<report_issue>a text for one of two</report_issue>",
  ], []);
});

Deno.test("a call in Python's writing is read behind the word Action and in the tag of an answer", () => {
  const call = 'read_file(path="src/a b.ts", start_line=3)';
  assertRead([`Thought: I look.\nAction: ${call}`, `<answer>${call}</answer>`, `<answer>\n${call}\n</answer>`], ONE);
  assertRead([`Action: ${call} reads it.`, "<answer>The answer is 42.</answer>", "Action: look(path='a')"], []);
});
