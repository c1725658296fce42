import { functionGemmaPrompt } from "./function_gemma.ts";
import { goJson } from "./go_json.ts";
import type { PlayMessage, PlayTool, TemplateForm } from "./play.ts";

/**
 * Renders a chat to the prompt that the model sees, as Ollama does (recorded in `debug-render*`, `unwrapped-render`,
 * `tool-result-render`). System messages are joined; neighbours of one role become one message; unknown roles vanish.
 * @param form template of the model
 * @param messages messages of the request
 * @param tools tools of the request
 * @returns the prompt
 */
export function renderPrompt(form: TemplateForm, messages: readonly PlayMessage[], tools: readonly PlayTool[]): string {
  const system = messages.filter((message) => message.role === "system").map((message) => message.content).join("\n\n");
  const joined = joinNeighbours(messages);
  if (form === "functiongemma") return functionGemmaPrompt(system, joined, tools);
  const shown = form === "plain" ? [] : tools;
  return systemTurn(system, shown.map((tool) => toolText(form, tool))) +
    joined.map((message, index) => turn(message, index === joined.length - 1)).join("");
}

/**
 * Gives the text of the template as `/api/show` lists it.
 * @param form template of the model
 * @returns Go template source
 */
export function templateSource(form: TemplateForm): string {
  if (form === "functiongemma") return "{{ .Prompt }}";
  if (form === "plain") return HERMES.replace(/\{\{- if \.Tools \}\}[\s\S]*?\{\{- end \}\}(?=<\|im_end\|>)/, "");
  return form === "hermes-go" ? HERMES : HERMES.replace('{"type": "function", "function": {{ .Function }}}', "{{ . }}");
}

const HERMES = `{{- if .Messages }}{{- if or .System .Tools }}<|im_start|>system
{{- if .System }}
{{ .System }}
{{- end }}
{{- if .Tools }}

# Tools

Signatures of the functions, in <tools></tools>:
<tools>
{{- range .Tools }}
{"type": "function", "function": {{ .Function }}}
{{- end }}
</tools>

Answer with one JSON object per call, in <tool_call></tool_call>:
<tool_call>
{"name": <function-name>, "arguments": <args-json-object>}
</tool_call>
{{- end }}<|im_end|>
{{ end }}
{{- range $i, $_ := .Messages }}
{{- $last := eq (len (slice $.Messages $i)) 1 -}}
{{- if eq .Role "user" }}<|im_start|>user
{{ .Content }}<|im_end|>
{{ else if eq .Role "assistant" }}<|im_start|>assistant
{{ if .Content }}{{ .Content }}
{{- else if .ToolCalls }}<tool_call>
{{ range .ToolCalls }}{"name": "{{ .Function.Name }}", "arguments": {{ .Function.Arguments }}}
{{ end }}</tool_call>
{{- end }}{{ if not $last }}<|im_end|>
{{ end }}
{{- else if eq .Role "tool" }}<|im_start|>user
<tool_response>
{{ .Content }}
</tool_response><|im_end|>
{{ end }}
{{- if and (ne .Role "assistant") $last }}<|im_start|>assistant
{{ end }}
{{- end }}
{{- else }}{{- if .System }}<|im_start|>system
{{ .System }}<|im_end|>
{{ end }}{{ if .Prompt }}<|im_start|>user
{{ .Prompt }}<|im_end|>
{{ end }}<|im_start|>assistant
{{ end }}{{ .Response }}{{ if .Response }}<|im_end|>{{ end }}`;

function systemTurn(system: string, tools: readonly string[]): string {
  if (system === "" && tools.length === 0) return "";
  const declared = tools.length === 0
    ? ""
    : `\n\n# Tools\n\nSignatures of the functions, in <tools></tools>:\n<tools>${
      tools.map((tool) => `\n${tool}`).join("")
    }\n</tools>\n\nAnswer with one JSON object per call, in <tool_call></tool_call>:\n<tool_call>\n` +
      `{"name": <function-name>, "arguments": <args-json-object>}\n</tool_call>`;
  return `<|im_start|>system${system === "" ? "" : `\n${system}`}${declared}<|im_end|>\n`;
}

function turn(message: PlayMessage, last: boolean): string {
  const next = last ? "<|im_start|>assistant\n" : "";
  switch (message.role) {
    case "user":
      return `<|im_start|>user\n${message.content}<|im_end|>\n${next}`;
    case "tool":
      return `<|im_start|>user\n<tool_response>\n${message.content}\n</tool_response><|im_end|>\n${next}`;
    case "assistant":
      return `<|im_start|>assistant\n${assistantText(message)}${last ? "" : "<|im_end|>\n"}`;
    default:
      return next;
  }
}

function assistantText(message: PlayMessage): string {
  if (message.content !== "" || message.calls.length === 0) return message.content;
  const calls = message.calls.map((call) => `{"name": "${call.name}", "arguments": ${goJson(call.arguments)}}\n`);
  return `<tool_call>\n${calls.join("")}</tool_call>`;
}

function toolText(form: TemplateForm, tool: PlayTool): string {
  if (form === "hermes-go") return `{"type": "function", "function": ${goStruct(tool)}}`;
  const { name, description, parameters } = tool;
  return goJson({
    type: name === "" ? "" : "function",
    function: {
      name,
      ...(description === "" ? {} : { description }),
      parameters: parameters ?? { type: "", properties: null },
    },
  });
}

/** Prints a tool as Go's `%v` does: fields without names, `<nil>` for what is absent, only the properties as JSON. */
function goStruct(tool: PlayTool): string {
  const { type = "", $defs, items, required, properties } = tool.parameters ?? {};
  const listed = Array.isArray(required) ? required.join(" ") : "";
  return `{${tool.name} ${tool.description} {${String(type)} ${goValue($defs)} ${goValue(items)} [${listed}] ${
    goJson(properties ?? {})
  }}}`;
}

function goValue(value: unknown): string {
  if (value === undefined || value === null) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(goValue).join(" ")}]`;
  if (typeof value !== "object") return String(value);
  const entries = Object.entries(value).sort(([left], [right]) => left < right ? -1 : 1);
  return `map[${entries.map(([key, item]) => `${key}:${goValue(item)}`).join(" ")}]`;
}

function joinNeighbours(messages: readonly PlayMessage[]): PlayMessage[] {
  const joined: PlayMessage[] = [];
  for (const message of messages) {
    const previous = joined.at(-1);
    if (previous?.role === message.role && message.role !== "tool") {
      joined[joined.length - 1] = {
        ...previous,
        content: [previous.content, message.content].filter((content) => content !== "").join("\n\n"),
        calls: [...previous.calls, ...message.calls],
      };
    } else joined.push(message);
  }
  return joined;
}
