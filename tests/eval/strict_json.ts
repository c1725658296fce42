import type { Call } from "../../src/core/call.ts";
import type { Reading, ReplyToRead } from "../../src/mediate/types.ts";
import { isRecord, validate } from "../../src/mediate/validate.ts";

/**
 * Reads a reply as a client without mediation does: calls that the server delivered, else JSON that parses, bare or between
 * `<tool_call>` tags, with the exact name of a tool and arguments that fit its schema as they are.
 *
 * @param reply the reply
 * @returns the call, or a fault that says that there is none
 */
export function readStrictJson(reply: ReplyToRead): Reading {
  const tagged = /^\s*<tool_call>([\s\S]*)<\/tool_call>\s*$/.exec(reply.text)?.[1];
  const found = reply.delivered.length > 0 ? reply.delivered[0] : parsed(tagged ?? reply.text);
  const tool = reply.tools.find(({ name }) => isRecord(found) && name === found.name);
  const given = isRecord(found) ? found.arguments : undefined;
  const checked = tool === undefined || !isRecord(given) ? { faults: [] } : validate(tool.parameters, given);
  const fits = "value" in checked && checked.conversions.length === 0 && isRecord(checked.value);
  const calls: Call[] = fits && tool !== undefined
    ? [{ name: tool.name, arguments: checked.value as Record<string, unknown> }]
    : [];
  return {
    calls,
    fault: calls.length > 0 ? null : "No call was found. Reply with exactly one tool call.",
    attempted: [],
    step: reply.delivered.length > 0 ? "native" : "constrained",
    repairs: [],
    prose: "",
    thinking: "",
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no JSON, no call
  }
}
