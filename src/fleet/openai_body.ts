import type { ChatMessage, ChatRequest } from "../ports/model_host.ts";
import { isHeldLow } from "./model_family.ts";
import { refuseToolsWithSchema, schemaForFormat, serializeTools } from "./serialize_tools.ts";

/**
 * Writes the body of `/v1/chat/completions`. The window is the server's own; it refuses what does not fit.
 *
 * @throws {HostFailure} `bad_request` for tools together with a schema, or for tools that must not be sent
 */
export function openaiBody(request: ChatRequest): Readonly<Record<string, unknown>> {
  refuseToolsWithSchema(request);
  return {
    model: request.model,
    ...openaiPrompt(request),
    ...(request.schema === undefined ? {} : {
      response_format: {
        type: "json_schema",
        json_schema: { name: "reply", strict: true, schema: schemaForFormat(request.schema) },
      },
    }),
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: request.answerLimit,
    temperature: request.temperature,
    seed: request.seed,
    ...(request.stop === undefined ? {} : { stop: request.stop }),
  };
}

/**
 * Writes the part of a body that makes the prompt, as `/apply-template` takes it too.
 *
 * @returns messages, tools and what the template is told about thinking
 */
export function openaiPrompt(request: ChatRequest): Readonly<Record<string, unknown>> {
  return {
    messages: wireMessages(request.messages),
    ...(request.tools === undefined ? {} : { tools: serializeTools(request.tools) }),
    ...(request.think === undefined ? {} : {
      chat_template_kwargs: isHeldLow(request) ? { reasoning_effort: "low" } : { enable_thinking: request.think },
    }),
  };
}

/** Writes the messages. The wire joins calls and results by identifiers, which are counted here: the same history gives the same prompt. */
function wireMessages(messages: readonly ChatMessage[]): readonly Readonly<Record<string, unknown>>[] {
  let counted = 0;
  const waiting: { readonly name: string; readonly id: string }[] = [];
  return messages.map((message) => {
    if (message.role === "tool") {
      const named = waiting.findIndex((call) => call.name === message.toolName);
      const [call] = waiting.splice(Math.max(named, 0), 1);
      return {
        role: "tool",
        content: message.content,
        tool_call_id: call?.id ?? identifier(++counted),
        ...(message.toolName === undefined ? {} : { name: message.toolName }),
      };
    }
    if (message.calls === undefined || message.calls.length === 0) {
      return { role: message.role, content: message.content };
    }
    const tool_calls = message.calls.map(({ name, arguments: given }) => {
      const id = identifier(++counted);
      waiting.push({ name, id });
      return { id, type: "function", function: { name, arguments: JSON.stringify(given) } };
    });
    return { role: message.role, content: message.content, tool_calls };
  });
}

/** Identifier of a call: nine letters and digits, since Mistral's templates refuse any other. */
function identifier(number: number): string {
  return `call${String(number).padStart(5, "0")}`;
}
