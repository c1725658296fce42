/** A call to be written. */
export interface Written {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

const json = ({ name, arguments: given }: Written) => JSON.stringify({ name, arguments: given });
const list = (calls: readonly Written[]) => `[${calls.map(json).join(", ")}]`;
const plain = (value: unknown) => typeof value === "string" ? value : JSON.stringify(value);
const each = (write: (call: Written) => string, between = "\n") => (calls: readonly Written[]) =>
  calls.map(write).join(between);
const tags = (given: Written["arguments"], write: (key: string, value: string) => string) =>
  Object.entries(given).map(([key, value]) => write(key, plain(value))).join("\n");

function python(value: unknown): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null) return "None";
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (typeof value === "object") {
    return `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${python(item)}`).join(", ")}}`;
  }
  return JSON.stringify(value);
}

const pythonCall = ({ name, arguments: given }: Written) =>
  `${name}(${Object.entries(given).map(([key, value]) => `${key}=${python(value)}`).join(", ")})`;

function gemma(value: unknown, quote: string): string {
  if (typeof value === "string") return `${quote}${value}${quote}`;
  if (Array.isArray(value)) return `[${value.map((item) => gemma(item, quote)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, item]) => `${key}:${gemma(item, quote)}`).join(",")}}`;
}

/** How each family writes calls, by the name of its format and, where it has several, what is different. */
export const WRITERS: Readonly<Record<string, (calls: readonly Written[]) => string>> = {
  hermes_json: each((call) => `<tool_call>\n${json(call)}\n</tool_call>`),
  "hermes_json, function_call": each((call) => `<function_call> ${json(call)}`, " "),
  tools_tag: (calls) => `<tools>\n${each(json)(calls)}\n</tools>`,
  "plain_json, parameters": each(({ name, arguments: given }) => JSON.stringify({ name, parameters: given }), "; "),
  "plain_json, fenced": each((call) => `\`\`\`json\n${JSON.stringify(JSON.parse(json(call)), null, 2)}\n\`\`\``),
  "plain_json, list": list,
  qwen3_coder_xml: each(({ name, arguments: given }) =>
    `<tool_call>\n<function=${name}>\n${
      tags(given, (key, value) => `<parameter=${key}>\n${value}\n</parameter>`)
    }\n</function>\n</tool_call>`
  ),
  "qwen3_coder_xml, seed": each(({ name, arguments: given }) =>
    `<seed:tool_call>\n<function=${name}>\n${
      tags(given, (key, value) => `<parameter=${key}>${value}</parameter>`)
    }\n</function>\n</seed:tool_call>`
  ),
  "invoke_xml, MiniMax": each(({ name, arguments: given }) =>
    `<minimax:tool_call>\n<invoke name="${name}">\n${
      tags(given, (key, value) => `<parameter name="${key}">${value}</parameter>`)
    }\n</invoke>\n</minimax:tool_call>`
  ),
  "invoke_xml, DSML": (calls) =>
    `<｜DSML｜function_calls>\n${
      each(({ name, arguments: given }) =>
        `<｜DSML｜invoke name="${name}">\n${
          Object.entries(given).map(([key, value]) =>
            `<｜DSML｜parameter name="${key}" string="${typeof value === "string"}">${plain(value)}</｜DSML｜parameter>`
          ).join("\n")
        }\n</｜DSML｜invoke>`
      )(calls)
    }\n</｜DSML｜function_calls>`,
  minicpm_xml: each(({ name, arguments: given }) =>
    `<function name="${name}">${
      tags(given, (key, value) => `<param name="${key}"><![CDATA[${value}]]></param>`)
    }</function>`
  ),
  glm_xml: each(({ name, arguments: given }) =>
    `<tool_call>${name}\n${
      tags(given, (key, value) => `<arg_key>${key}</arg_key>\n<arg_value>${value}</arg_value>`)
    }\n</tool_call>`
  ),
  "glm_xml, Hunyuan": (calls) =>
    `<tool_calls>\n${
      each(({ name, arguments: given }) =>
        `<tool_call>${name}<tool_sep>\n${
          tags(given, (key, value) => `<arg_key>${key}</arg_key>\n<arg_value>${value}</arg_value>`)
        }\n</tool_call>`
      )(calls)
    }\n</tool_calls>`,
  mistral_list: (calls) => `[TOOL_CALLS] ${list(calls)}`,
  mistral_args: each(({ name, arguments: given }) => `[TOOL_CALLS]${name}[ARGS]${JSON.stringify(given)}`, ""),
  "deepseek, fenced": (calls) =>
    `<｜tool▁calls▁begin｜>${
      each(({ name, arguments: given }) =>
        `<｜tool▁call▁begin｜>function<｜tool▁sep｜>${name}\n\`\`\`json\n${
          JSON.stringify(given)
        }\n\`\`\`<｜tool▁call▁end｜>`
      )(calls)
    }<｜tool▁calls▁end｜>`,
  "deepseek, 3.1": (calls) =>
    `<｜tool▁calls▁begin｜>${
      each(
        ({ name, arguments: given }) =>
          `<｜tool▁call▁begin｜>${name}<｜tool▁sep｜>${JSON.stringify(given)}<｜tool▁call▁end｜>`,
        "",
      )(calls)
    }<｜tool▁calls▁end｜>`,
  kimi: (calls) =>
    `<|tool_calls_section_begin|>${
      calls.map(({ name, arguments: given }, index) =>
        `<|tool_call_begin|>functions.${name}:${index}<|tool_call_argument_begin|>${
          JSON.stringify(given)
        }<|tool_call_end|>`
      ).join("")
    }<|tool_calls_section_end|>`,
  harmony: each(
    ({ name, arguments: given }) =>
      `<|start|>assistant<|channel|>commentary to=functions.${name} <|constrain|>json<|message|>${
        JSON.stringify(given)
      }<|call|>`,
    "",
  ),
  tool_use_xml: each(({ name, arguments: given }) =>
    `<tool_use>\n<name>${name}</name>\n<arguments>${JSON.stringify(given)}</arguments>\n</tool_use>`
  ),
  named_tags: each(({ name, arguments: given }) =>
    `<${name}>\n${tags(given, (key, value) => `<${key}>${value}</${key}>`)}\n</${name}>`
  ),
  kimi_k3: (calls) =>
    `<|open|>tools<|sep|>${
      calls.map(({ name, arguments: given }, index) =>
        `<|open|>call tool="${name}" index="${index + 1}"<|sep|>${
          Object.entries(given).map(([key, value]) =>
            `<|open|>argument key="${key}" type="${typeof value}"<|sep|>${plain(value)}<|close|>argument<|sep|>`
          ).join("")
        }<|close|>call<|sep|>`
      ).join("")
    }<|close|>tools<|sep|>`,
  minimax_m3: (calls) =>
    `]<]minimax[>[<tool_call>\n${
      each(({ name, arguments: given }) =>
        `]<]minimax[>[<invoke name="${name}">\n${
          tags(given, (key, value) => `]<]minimax[>[<${key}>${value}]<]minimax[>[</${key}>`)
        }\n]<]minimax[>[</invoke>`
      )(calls)
    }\n]<]minimax[>[</tool_call>`,
  qwen_agent: each(({ name, arguments: given }) => `✿FUNCTION✿: ${name}\n✿ARGS✿: ${JSON.stringify(given)}`),
  inkling: each(
    ({ name, arguments: given }) =>
      `<|message_model|><|content_invoke_tool_json|>${JSON.stringify({ name, args: given })}<|end_message|>`,
    "",
  ),
  "hermes_json, LongCat": each((call) => `<longcat_tool_call>${json(call)}</longcat_tool_call>`),
  "glm_xml, LongCat": each(({ name, arguments: given }) =>
    `<longcat_tool_call>${name}\n${
      tags(given, (key, value) =>
        `<longcat_arg_key>${key}</longcat_arg_key>\n<longcat_arg_value>${value}</longcat_arg_value>`)
    }\n</longcat_tool_call>`
  ),
  "gemma_call, FunctionGemma": each(
    ({ name, arguments: given }) => `<start_function_call>call:${name}${gemma(given, "<escape>")}<end_function_call>`,
    "",
  ),
  "gemma_call, Gemma 4": each(
    ({ name, arguments: given }) => `<|tool_call>call:${name}${gemma(given, '<|"|>')}<tool_call|>`,
    "",
  ),
  jamba: (calls) => `<tool_calls>${list(calls)}</tool_calls>`,
  nemotron: (calls) => `<TOOLCALL>${list(calls)}</TOOLCALL>`,
  granite: (calls) => `<|tool_call|>${list(calls)}`,
  phi4_functools: (calls) => `functools${list(calls)}`,
  internlm2: each(({ name, arguments: given }) =>
    `<|action_start|><|plugin|>\n${JSON.stringify({ name, parameters: given })}<|action_end|>`
  ),
  cohere: (calls) =>
    `<|START_ACTION|>${
      JSON.stringify(
        calls.map(({ name, arguments: given }, index) => ({
          tool_call_id: String(index),
          tool_name: name,
          parameters: given,
        })),
        null,
        4,
      )
    }<|END_ACTION|>`,
  apertus: (calls) =>
    `<|tools_prefix|>${JSON.stringify(calls.map(({ name, arguments: given }) => ({ [name]: given })))}<|tools_suffix|>`,
  llama_json: (calls) =>
    `<|python_tag|>${each(({ name, arguments: given }) => JSON.stringify({ name, parameters: given }), "; ")(calls)}`,
  gigachat: each((call) => `function call<|role_sep|>\n${json(call)}<|message_sep|>`),
  function_calls_json: (calls) => `<function_calls>${list(calls)}</function_calls>`,
  "python_tagged, LFM2": (calls) => `<|tool_call_start|>[${each(pythonCall, ", ")(calls)}]<|tool_call_end|>`,
  "python_tagged, OLMo": (calls) => `<function_calls>\n${each(pythonCall)(calls)}\n</function_calls>`,
  "python_tagged, tool_code": (calls) => `\`\`\`tool_code\n${each(pythonCall)(calls)}\n\`\`\``,
  "python_tagged, Gorilla": each((call) => `<<function>>${pythonCall(call)}`, ""),
  "plain_json, pairs": (calls) => JSON.stringify(calls.flatMap(({ name, arguments: given }) => [name, given])),
  name_above: (calls) => `\n${each(({ name, arguments: given }) => `${name}\n${JSON.stringify(given)}`)(calls)}`,
  tool_block: each(({ name, arguments: given }) =>
    `\`\`\`tool\nTOOL_NAME: ${name}\n${
      Object.entries(given).map(([key, value]) => `BEGIN_ARG: ${key}\n${plain(value)}\nEND_ARG\n`).join("")
    }\`\`\``
  ),
  tool_input: each(({ name, arguments: given }) =>
    `<tool>${name}</tool><tool_input>${JSON.stringify(given)}</tool_input>`
  ),
  chatglm: each(({ name, arguments: given }) =>
    `${name}\n\`\`\`python\n${pythonCall({ name: "tool_call", arguments: given })}\n\`\`\``
  ),
  arguments_in_marks: each(({ name, arguments: given }) =>
    `<|tool_call:start|>${name}\n${
      Object.entries(given).map(([key, value]) =>
        `<|tool_arg:start|>${key}<|tool_arg:value|>${plain(value)}<|tool_arg:end|>\n`
      ).join("")
    }<|tool_call:end|>`
  ),
  name_in_marks: (calls) =>
    `<|tool_calls|>${
      each(
        ({ name, arguments: given }) =>
          `<|tool_call:begin|>a1b2<|tool_call:name|>${name}<|tool_call:args|>${JSON.stringify(given)}<|tool_call:end|>`,
        "",
      )(calls)
    }<|calls|>`,
  react: (calls) =>
    `\n${
      each(({ name, arguments: given }) => `Action: ${name}\nAction Input: ${JSON.stringify(given)}`)(calls)
    }\nObservation: none`,
  python_bare: (calls) => `[${each(pythonCall, ", ")(calls)}]`,
};
