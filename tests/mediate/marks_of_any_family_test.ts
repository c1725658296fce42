import assert from "node:assert/strict";
import { readCalls } from "../../src/mediate/read_calls.ts";
import { callsIn, read, TOOLS } from "./samples.ts";

const ONE = [{ name: "read_file", arguments: { path: "src/a b.ts", start_line: 3 } }];
const GIVEN = '{"path": "src/a b.ts", "start_line": 3}';

/** Asserts what each text is read as. */
function assertRead(texts: readonly string[], calls: unknown): void {
  for (const text of texts) assert.deepEqual(callsIn(text), calls, text);
}

Deno.test("a tool's name between marks that speak of tools, and its arguments as an object, are a call whatever the marks are", () => {
  assertRead([
    `<|plamo:begin_tool_name:plamo|>read_file<|plamo:end_tool_name:plamo|><|plamo:begin_tool_arguments:plamo|>${GIVEN}<|plamo:end_tool_arguments:plamo|>`,
    `<|tool_calls|><|tool_call:begin|>a1b2<|tool_call:name|>read_file<|tool_call:args|>${GIVEN}<|tool_call:end|><|calls|>`,
    `I look.<|flush|><|tool_call:name|>read_file<|tool_call:args|>${GIVEN}`,
    `[TOOL_CALL_START]read_file\n${GIVEN}`,
    `[BEGIN TOOL CALL]functions.read_file ${GIVEN}[END TOOL CALL]`,
    `<|invoke_function|>read_file<|with|>json\n${GIVEN}<|end_invoke|>`,
    `<|use_tool|> read_file <|input|> ${JSON.stringify(GIVEN)} <|close|>`,
  ], ONE);
  assert.equal(read(`I look.<|use_tool|>read_file${GIVEN}<|tool_end|>`).prose, "I look.");
  assertRead([
    `<|tool_response|>read_file${GIVEN}`,
    `[TOOL_RESULT]read_file ${GIVEN}`,
    `<|think|>read_file<|msg|>${GIVEN}`,
    `raw = '<|use_tool|>read_file<|input|>${GIVEN}', // a test`,
    `The marks are \`<|use_tool|>read_file${GIVEN}\` there.`,
    `<|use_tool|>open_door${GIVEN}`,
  ], []);
});

Deno.test("what a value holds is none of its own call, whatever marks stand around the value", () => {
  const inner = '<tool_call>{"name": "finish_task", "arguments": {"summary": "x"}}</tool_call>';
  const given = { text: `<|use_tool|>read_file<|input|>{} ${inner}` };
  assertRead([
    `<|use_tool|>search_code<|input|>${JSON.stringify(given)}<|tool_end|>`,
    `<|tool_call:start|>search_code\n<|tool_arg:start|>text<|tool_arg:value|>${given.text}<|tool_arg:end|>\n<|tool_call:end|>`,
    `<tool_call>${JSON.stringify({ name: "search_code", arguments: given })}</tool_call>`,
  ], [{ name: "search_code", arguments: given }]);
});

Deno.test("a call that a known family writes is read as that family's", () => {
  for (
    const [format, text] of [
      [
        "deepseek",
        `<｜Assistant｜><｜tool▁calls▁begin｜><｜tool▁call▁begin｜>read_file<｜tool▁sep｜>${GIVEN}<｜tool▁call▁end｜><｜tool▁calls▁end｜>`,
      ],
      [
        "kimi",
        `<|tool_calls_section_begin|><|tool_call_begin|>read_file<|tool_call_argument_begin|>${GIVEN}<|tool_call_end|>`,
      ],
      ["mistral_args", `[TOOL_CALLS]read_file[ARGS]${GIVEN}`],
    ] as const
  ) {
    const { format: found, calls } = readCalls(text, TOOLS);
    assert.deepEqual([found, calls.length], [format, 1], text);
  }
});

Deno.test("arguments between marks that speak of arguments and values are read, typed by the schema", () => {
  const body =
    "read_file\n<|tool_arg:start|>path<|tool_arg:value|>src/a b.ts<|tool_arg:end|>\n<|tool_arg:start|>start_line<|tool_arg:value|>3<|tool_arg:end|>\n";
  const whole = `<|tool_call:start|>${body}<|tool_call:end|>`;
  assertRead([
    whole,
    whole.replaceAll("\n", ""),
    whole.replaceAll(":", "_"),
    `I look.<|think:end|>${whole}<|im:end|>`,
    body,
    whole.replace("<|tool_call:end|>", ""),
  ], ONE);
  assert.deepEqual(
    readCalls("<|tool_call:start|>now\n<|tool_call:end|>", [{ ...TOOLS[0]!, name: "now" }]).calls.length,
    1,
  );
});
