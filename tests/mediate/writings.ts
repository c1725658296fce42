/** The call of `read_file` (and of `finish_task` after it) as each family writes it. */
export const WRITINGS: Readonly<Record<string, { readonly one: string; readonly two: string }>> = {
  hermes_json: {
    one: '<tool_call>\n{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}\n</tool_call>',
    two:
      '<tool_call>{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}</tool_call><tool_call>{"name": "finish_task", "arguments": {"summary": "Done."}}</tool_call>',
  },
  tools_tag: {
    one: '<tools>\n{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}\n</tools>',
    two:
      '<tools>\n{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}\n{"name": "finish_task", "arguments": {"summary": "Done."}}\n</tools>',
  },
  plain_json: {
    one: 'I read it.\n{"name": "read_file", "parameters": {"path": "src/a b.ts", "start_line": 3}}',
    two:
      '{"name": "read_file", "parameters": {"path": "src/a b.ts", "start_line": 3}}; {"name": "finish_task", "parameters": {"summary": "Done."}}',
  },
  qwen3_coder_xml: {
    one:
      "<tool_call>\n<function=read_file>\n<parameter=path>\nsrc/a b.ts\n</parameter>\n<parameter=start_line>\n3\n</parameter>\n</function>\n</tool_call>",
    two:
      "<function=read_file>\n<parameter=path>\nsrc/a b.ts\n</parameter>\n<parameter=start_line>\n3\n</parameter>\n</function>\n</tool_call>\n<tool_call>\n<function=finish_task>\n<parameter=summary>Done.</parameter>\n</function>\n</tool_call>",
  },
  invoke_xml: {
    one:
      '<minimax:tool_call>\n<invoke name="read_file">\n<parameter name="path">src/a b.ts</parameter>\n<parameter name="start_line">3</parameter>\n</invoke>\n</minimax:tool_call>',
    two:
      '<｜DSML｜function_calls>\n<｜DSML｜invoke name="read_file">\n<｜DSML｜parameter name="path" string="true">src/a b.ts</｜DSML｜parameter>\n<｜DSML｜parameter name="start_line" string="false">3</｜DSML｜parameter>\n</｜DSML｜invoke>\n<｜DSML｜invoke name="finish_task">\n<｜DSML｜parameter name="summary" string="true">Done.</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜function_calls>',
  },
  minicpm_xml: {
    one:
      '<function name="read_file"><param name="path">src/a b.ts</param><param name="start_line">3</param></function>',
    two:
      '<function name="read_file"><param name="path"><![CDATA[src/a b.ts]]></param><param name="start_line">3</param></function>\n<function name="finish_task"><param name="summary">Done.</param></function>',
  },
  glm_xml: {
    one:
      "<tool_call>read_file\n<arg_key>path</arg_key>\n<arg_value>src/a b.ts</arg_value>\n<arg_key>start_line</arg_key>\n<arg_value>3</arg_value>\n</tool_call>",
    two:
      "<tool_calls>\n<tool_call>read_file<tool_sep>\n<arg_key>path</arg_key>\n<arg_value>src/a b.ts</arg_value>\n<arg_key>start_line</arg_key>\n<arg_value>3</arg_value>\n</tool_call>\n<tool_call>finish_task<tool_sep><arg_key>summary</arg_key><arg_value>Done.</arg_value></tool_call>\n</tool_calls>",
  },
  mistral_list: {
    one: '[TOOL_CALLS] [{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}]',
    two:
      '[TOOL_CALLS][{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}, {"name": "finish_task", "arguments": {"summary": "Done."}}]',
  },
  mistral_args: {
    one: '[TOOL_CALLS]read_file[ARGS]{"path": "src/a b.ts", "start_line": 3}',
    two:
      '[TOOL_CALLS]read_file[ARGS]{"path": "src/a b.ts", "start_line": 3}[TOOL_CALLS]finish_task[ARGS]{"summary": "Done."}',
  },
  deepseek: {
    one:
      '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>read_file\n```json\n{"path": "src/a b.ts", "start_line": 3}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
    two:
      '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>read_file<｜tool▁sep｜>{"path": "src/a b.ts", "start_line": 3}<｜tool▁call▁end｜><｜tool▁call▁begin｜>finish_task<｜tool▁sep｜>{"summary": "Done."}<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
  },
  kimi: {
    one:
      '<|tool_calls_section_begin|><|tool_call_begin|>functions.read_file:0<|tool_call_argument_begin|>{"path": "src/a b.ts", "start_line": 3}<|tool_call_end|><|tool_calls_section_end|>',
    two:
      '<|tool_calls_section_begin|><|tool_call_begin|>functions.read_file:0<|tool_call_argument_begin|>{"path": "src/a b.ts", "start_line": 3}<|tool_call_end|><|tool_call_begin|>functions.finish_task:1<|tool_call_argument_begin|>{"summary": "Done."}<|tool_call_end|><|tool_calls_section_end|>',
  },
  harmony: {
    one:
      '<|channel|>analysis<|message|>I read it.<|end|><|start|>assistant<|channel|>commentary to=functions.read_file <|constrain|>json<|message|>{"path": "src/a b.ts", "start_line": 3}<|call|>',
    two:
      '<|start|>assistant to=functions.read_file<|channel|>commentary json<|message|>{"path": "src/a b.ts", "start_line": 3}<|call|><|start|>assistant<|channel|>commentary to=functions.finish_task <|constrain|>json<|message|>{"summary": "Done."}<|call|>',
  },
  functionary: {
    one: '<|from|>assistant\n<|recipient|>read_file\n<|content|>{"path": "src/a b.ts", "start_line": 3}',
    two:
      'read_file\n<|content|>{"path": "src/a b.ts", "start_line": 3}\n<|from|>assistant\n<|recipient|>finish_task\n<|content|>{"summary": "Done."}<|stop|>',
  },
  tool_use_xml: {
    one:
      '<tool_use>\n<name>read_file</name>\n<arguments>{"path": "src/a b.ts", "start_line": 3}</arguments>\n</tool_use>',
    two:
      '<tool_use>\n<name>read_file</name>\n<arguments>{"path": "src/a b.ts", "start_line": 3}</arguments>\n</tool_use>\n<tool_use>\n<name>finish_task</name>\n<arguments>{"summary": "Done."}</arguments>\n</tool_use>',
  },
  named_tags: {
    one: "<read_file>\n<path>src/a b.ts</path>\n<start_line>3</start_line>\n</read_file>",
    two:
      "<read_file>\n<path>src/a b.ts</path>\n<start_line>3</start_line>\n</read_file>\n<function=finish_task>\n<summary>Done.</summary>\n</function>",
  },
  kimi_k3: {
    one:
      '<|open|>tools<|sep|><|open|>call tool="read_file" index="1"<|sep|><|open|>argument key="path" type="string"<|sep|>src/a b.ts<|close|>argument<|sep|><|open|>argument key="start_line" type="number"<|sep|>3<|close|>argument<|sep|><|close|>call<|sep|><|close|>tools<|sep|>',
    two:
      '<|open|>tools<|sep|><|open|>call tool="read_file" index="1"<|sep|><|open|>argument key="path" type="string"<|sep|>src/a b.ts<|close|>argument<|sep|><|open|>argument key="start_line" type="number"<|sep|>3<|close|>argument<|sep|><|close|>call<|sep|><|open|>call tool="finish_task" index="2"<|sep|><|open|>argument key="summary" type="string"<|sep|>Done.<|close|>argument<|sep|><|close|>call<|sep|><|close|>tools<|sep|>',
  },
  minimax_m3: {
    one:
      ']<]minimax[>[<tool_call>\n]<]minimax[>[<invoke name="read_file">\n]<]minimax[>[<path>src/a b.ts]<]minimax[>[</path>\n]<]minimax[>[<start_line>3]<]minimax[>[</start_line>\n]<]minimax[>[</invoke>\n]<]minimax[>[</tool_call>',
    two:
      ']<]minimax[>[<tool_call>\n]<]minimax[>[<invoke name="read_file">\n]<]minimax[>[<path>src/a b.ts]<]minimax[>[</path>\n]<]minimax[>[<start_line>3]<]minimax[>[</start_line>\n]<]minimax[>[</invoke>\n]<]minimax[>[<invoke name="finish_task">\n]<]minimax[>[<summary>Done.]<]minimax[>[</summary>\n]<]minimax[>[</invoke>\n]<]minimax[>[</tool_call>',
  },
  qwen_agent: {
    one: '✿FUNCTION✿: read_file\n✿ARGS✿: {"path": "src/a b.ts", "start_line": 3}\n✿RESULT✿: invented',
    two:
      '✿FUNCTION✿: read_file\n✿ARGS✿: {"path": "src/a b.ts", "start_line": 3}\n✿FUNCTION✿: finish_task\n✿ARGS✿: {"summary": "Done."}\n✿RESULT✿: invented',
  },
  inkling: {
    one:
      '<|message_model|><|content_invoke_tool_json|>{"name":"read_file","args":{"path":"src/a b.ts","start_line":3}}<|end_message|>',
    two:
      '<|message_model|><|content_invoke_tool_json|>{"name":"read_file","args":{"path":"src/a b.ts","start_line":3}}<|end_message|><|message_model|><|content_invoke_tool_json|>{"name":"finish_task","args":{"summary":"Done."}}<|end_message|>',
  },
  gemma_call: {
    one: "<start_function_call>call:read_file{path:<escape>src/a b.ts<escape>,start_line:3}<end_function_call>",
    two:
      '<|tool_call>call:read_file{path:<|"|>src/a b.ts<|"|>,start_line:3}<tool_call|><|tool_call>call:finish_task{summary:<|"|>Done.<|"|>}<tool_call|>',
  },
  jamba: {
    one: '<tool_calls>[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}]</tool_calls>',
    two:
      '<tool_calls>[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}, {"name": "finish_task", "arguments": {"summary": "Done."}}]</tool_calls>',
  },
  nemotron: {
    one: '<TOOLCALL>[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}]</TOOLCALL>',
    two:
      '<TOOLCALL>[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}, {"name": "finish_task", "arguments": {"summary": "Done."}}]</TOOLCALL>',
  },
  granite: {
    one: '<|tool_call|>[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}]',
    two:
      '<|tool_call|>[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}, {"name": "finish_task", "arguments": {"summary": "Done."}}]',
  },
  phi4_functools: {
    one: 'functools[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}]',
    two:
      'functools[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}, {"name": "finish_task", "arguments": {"summary": "Done."}}]',
  },
  internlm2: {
    one:
      '<|action_start|><|plugin|>\n{"name": "read_file", "parameters": {"path": "src/a b.ts", "start_line": 3}}<|action_end|>',
    two:
      '<|action_start|><|plugin|>\n{"name": "read_file", "parameters": {"path": "src/a b.ts", "start_line": 3}}<|action_end|>\n<|action_start|><|plugin|>\n{"name": "finish_task", "parameters": {"summary": "Done."}}<|action_end|>',
  },
  cohere: {
    one:
      '<|START_ACTION|>[{"tool_call_id": "0", "tool_name": "read_file", "parameters": {"path": "src/a b.ts", "start_line": 3}}]<|END_ACTION|>',
    two:
      '<|START_ACTION|>[{"tool_call_id": "0", "tool_name": "read_file", "parameters": {"path": "src/a b.ts", "start_line": 3}}, {"tool_call_id": "0", "tool_name": "finish_task", "parameters": {"summary": "Done."}}]<|END_ACTION|>',
  },
  apertus: {
    one: '<|tools_prefix|>[{"read_file": {"path": "src/a b.ts", "start_line": 3}}]<|tools_suffix|>',
    two:
      '<|tools_prefix|>[{"read_file": {"path": "src/a b.ts", "start_line": 3}}, {"finish_task": {"summary": "Done."}}]<|tools_suffix|>',
  },
  llama_json: {
    one: '<|python_tag|>{"name": "read_file", "parameters": {"path": "src/a b.ts", "start_line": 3}}',
    two:
      '<|python_tag|>{"name": "read_file", "parameters": {"path": "src/a b.ts", "start_line": 3}}; {"name": "finish_task", "parameters": {"summary": "Done."}}',
  },
  gigachat: {
    one:
      '<|message_sep|>function call<|role_sep|>\n{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}',
    two:
      'function call<|role_sep|>\n{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}<|message_sep|>function call<|role_sep|>\n{"name": "finish_task", "arguments": {"summary": "Done."}}',
  },
  lfm2_json: {
    one:
      '<|tool_call_start|>[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}]<|tool_call_end|>',
    two:
      '<|tool_call_start|>{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}, {"name": "finish_task", "arguments": {"summary": "Done."}}<|tool_call_end|>',
  },
  function_calls_json: {
    one:
      '<function_calls>[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}]</function_calls>',
    two:
      '<function_calls>\n{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}\n{"name": "finish_task", "arguments": {"summary": "Done."}}\n</function_calls>',
  },
  arguments_in_marks: {
    one:
      "<|tool_call:start|>read_file\n<|tool_arg:start|>path<|tool_arg:value|>src/a b.ts<|tool_arg:end|>\n<|tool_arg:start|>start_line<|tool_arg:value|>3<|tool_arg:end|>\n<|tool_call:end|>",
    two:
      "<|tool_call:start|>read_file\n<|tool_arg:start|>path<|tool_arg:value|>src/a b.ts<|tool_arg:end|>\n<|tool_arg:start|>start_line<|tool_arg:value|>3<|tool_arg:end|>\n<|tool_call:end|>\n<|tool_call:start|>finish_task\n<|tool_arg:start|>summary<|tool_arg:value|>Done.<|tool_arg:end|>\n<|tool_call:end|>",
  },
  name_in_marks: {
    one:
      '<|plamo:begin_tool_requests:plamo|><|plamo:begin_tool_request:plamo|><|plamo:begin_tool_name:plamo|>read_file<|plamo:end_tool_name:plamo|><|plamo:begin_tool_arguments:plamo|><|plamo:constrain|>json<|plamo:msg|>{"path": "src/a b.ts", "start_line": 3}<|plamo:end_tool_arguments:plamo|><|plamo:end_tool_request:plamo|><|plamo:end_tool_requests:plamo|>',
    two:
      '<|use_function|>read_file<|with|>{"path": "src/a b.ts", "start_line": 3}<|use_end|><|use_function|>finish_task<|with|>{"summary": "Done."}<|use_end|>',
  },
  tool_block: {
    one: "```tool\nTOOL_NAME: read_file\nBEGIN_ARG: path\nsrc/a b.ts\nEND_ARG\nBEGIN_ARG: start_line\n3\nEND_ARG\n```",
    two:
      "```tool\nTOOL_NAME: read_file\nBEGIN_ARG: path\nsrc/a b.ts\nEND_ARG\nBEGIN_ARG: start_line\n3\nEND_ARG\n```\n```tool\nTOOL_NAME: finish_task\nBEGIN_ARG: summary\nDone.\nEND_ARG\n```",
  },
  tool_input: {
    one: '<tool>read_file</tool><tool_input>{"path": "src/a b.ts", "start_line": 3}</tool_input>',
    two:
      '<tool>read_file</tool><tool_input>{"path": "src/a b.ts", "start_line": 3}</tool_input>\n<tool>finish_task</tool><tool_input>Done.</tool_input>',
  },
  chatglm: {
    one: 'read_file\n```python\ntool_call(path="src/a b.ts", start_line=3)\n```',
    two:
      'read_file\n```python\ntool_call(path="src/a b.ts", start_line=3)\n```\n<|assistant|>finish_task\n```python\ntool_call(summary="Done.")\n```',
  },
  calling_tool: {
    one: '[Calling tool="read_file" path="src/a b.ts" start_line="3"]',
    two:
      '[Calling tool: read_file({"path": "src/a b.ts", "start_line": 3})][Calling tool: finish_task({"summary": "Done."})]',
  },
  python_tagged: {
    one: '<|tool_call_start|>[read_file(path="src/a b.ts", start_line=3)]<|tool_call_end|>',
    two: "```tool_code\nprint(read_file(path='src/a b.ts', start_line=3))\nfinish_task(summary='Done.')\n```",
  },
  name_above: {
    one: 'read_file\n{"path": "src/a b.ts", "start_line": 3}',
    two: '>>>read_file\n{"path": "src/a b.ts", "start_line": 3}\n>>>finish_task\n{"summary": "Done."}',
  },
  react: {
    one: 'Thought: I read it.\nAction: read_file\nAction Input: {"path": "src/a b.ts", "start_line": 3}',
    two:
      'Action: read_file\nAction Input: {"path": "src/a b.ts", "start_line": 3}\nAction: finish_task\nAction Input: {"summary": "Done."}\nObservation: ok\nAction: read_file\nAction Input: {"path": "invented"}',
  },
  python_bare: {
    one: "Reading: [read_file(path='src/a b.ts', start_line=3)]",
    two: 'read_file(path=\'src/a b.ts\', start_line=3)\nfinish_task(summary="""Done.""")',
  },
};
