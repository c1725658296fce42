import type { ChatMessage, ChatRequest } from "../ports/model_host.ts";

/**
 * Writes a request for a template that knows no system message: what it says stands at the beginning of the first message of the user.
 *
 * @param request without tools
 */
export function withoutSystem(request: ChatRequest): ChatRequest {
  const system = request.messages.filter(({ role }) => role === "system").map(({ content }) => content);
  const [first, ...rest] = request.messages.filter(({ role }) => role !== "system");
  const opening: ChatMessage = first?.role === "user"
    ? { ...first, content: [...system, first.content].join("\n\n") }
    : { role: "user", content: system.join("\n\n") };
  return { ...request, messages: [opening, ...first === undefined || first.role === "user" ? rest : [first, ...rest]] };
}
