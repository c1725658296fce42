import assert from "node:assert/strict";
import { callsIn, read } from "./samples.ts";

const ONE = [{ name: "read_file", arguments: { path: "src/a b.ts", start_line: 3 } }];
const TWO = [...ONE, { name: "finish_task", arguments: { summary: "Done." } }];

/** Asserts what each text is read as. */
function assertRead(texts: readonly string[], calls: unknown): void {
  for (const text of texts) assert.deepEqual(callsIn(text), calls, text);
}

Deno.test("arguments in tags below a tool's name in a tag are read, with and without the tags around them", () => {
  const name = "<tool_name>read_file</tool_name>";
  const given = "<parameters>\n<path>src/a b.ts</path>\n<start_line>3</start_line>\n</parameters>";
  const done = "<invoke><tool_name>finish_task</tool_name><parameters><summary>Done.</summary></parameters></invoke>";
  const invoke = `<invoke>\n${name}\n${given}\n</invoke>`;
  assertRead([
    invoke,
    `<function_calls>\n${invoke}\n</function_calls>`,
    invoke.replaceAll("\n", ""),
    invoke.replaceAll("\n", "\r\n"),
    `${name}${given}`,
    `<tool_use>${name}${given.replaceAll("parameters", "arguments")}</tool_use>`,
    `<function_calls>\n${invoke}`,
    `<invoke>${name}<parameters>{"path": "src/a b.ts", "start_line": 3}</parameters></invoke>`,
  ], ONE);
  assertRead([`<function_calls>\n${invoke}\n${done}\n</function_calls>`, `${invoke}${done}`], TWO);
  const html = "<p>a</p>\n<summary>b</summary> <path>c</path>";
  assertRead([done.replace("Done.", html)], [{ name: "finish_task", arguments: { summary: html } }]);
  assert.equal(read(`I look.\n<function_calls>\n${invoke}\n</function_calls>`).prose, "I look.");
  assertRead([
    done.replace("</summary></parameters></invoke>", ""),
    "<invoke><tool_name>read_file</tool_name><parameters>src/a.ts</parameters></invoke>",
    "A call has the form <invoke><tool_name>NAME</tool_name><parameters><path>a</path></parameters></invoke>.",
  ], []);
});

Deno.test("arguments in a fence below a tool's name in the tag of a call are read", () => {
  const given = '{"path": "src/a b.ts", "start_line": 3}';
  const one = `<tool_call>read_file\n\`\`\`json\n${given}\n\`\`\`\n</tool_call>`;
  const done = '<tool_call>finish_task\n```json\n{"summary": "Done."}\n```\n</tool_call>';
  assertRead([
    one,
    `<tool_calls>\n${one}\n</tool_calls>`,
    one.replace("json", ""),
    one.replaceAll("\n", "\r\n"),
    one.replace("\n</tool_call>", ""),
    one.replace("read_file\n", "\nread_file\n\n"),
    one.replace(given, JSON.stringify(JSON.parse(given), null, 2)),
  ], ONE);
  assertRead([`<tool_calls>\n${one}\n${done}\n</tool_calls>`, one + done], TWO);
  const fenced = { summary: "Run:\n```sh\nls\n```\n</tool_call>" };
  assertRead([done.replace('{"summary": "Done."}', JSON.stringify(fenced))], [{
    name: "finish_task",
    arguments: fenced,
  }]);
  assert.equal(read(`I look.\n${one}`).prose, "I look.");
});

Deno.test("a call in a tag of code is read where the tag holds calls alone and stands alone on its lines", () => {
  const one = '<code>read_file(path="src/a b.ts", start_line=3)</code>';
  assertRead([
    one,
    `I look.\n${one}\n`,
    one.replace("<code>", "<code>\n").replace("</code>", "\n</code>"),
    one.replace("</code>", ""),
    one.replace("read_file", "print(read_file").replace("</code>", ")</code>"),
  ], ONE);
  assertRead([
    one.replace("</code>", "\nfinish_task(summary='Done.')</code>"),
    `${one}\n<code>finish_task(summary='Done.')</code>`,
  ], TWO);
  assert.equal(read(`I look.\n${one}`).prose, "I look.");
  assertRead([
    `Use ${one} for that.`,
    `${one} looks at the file.`,
    one.replace("</code>", "\nprint(text)</code>"),
    one.replace("read_file", "open"),
    one.replace('"src/a b.ts"', "path"),
    `\`\`\`html\n<p>\n${one}\n</p>\n\`\`\``,
  ], []);
});

Deno.test("a call to a recipient is read, with all of its marks or the last alone", () => {
  const given = '{"path": "src/a b.ts", "start_line": 3}';
  const rest = `read_file\n<|content|>${given}`;
  const done = '<|from|>assistant\n<|recipient|>finish_task\n<|content|>{"summary": "Done."}';
  assertRead([
    `<|from|>assistant\n<|recipient|>${rest}`,
    `<|recipient|>${rest}<|stop|>`,
    `<|from|> assistant\n<|recipient|> read_file\n<|content|> ${given}\n`,
    rest,
    `${rest}<|stop|>`,
    rest.replaceAll("\n", "\r\n"),
    rest.replace("read_file", "functions.read_file"),
  ], ONE);
  assertRead([`${rest}\n${done}`, `<|from|>assistant\n<|recipient|>${rest}<|stop|>${done}<|stop|>`], TWO);
  const said = `<|from|>assistant\n<|recipient|>all\n<|content|>I look.`;
  assertRead([
    `${said}\n<|from|>assistant\n<|recipient|>${rest}<|stop|>`,
    `all\n<|content|>I look.<|recipient|>${rest}`,
  ], ONE);
  assertRead([said, "all\n<|content|>{}", "The form is NAME\n<|content|>TEXT."], []);
});
