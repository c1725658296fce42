import type { Call } from "../../src/kernel/call.ts";
import type { Reading, ReplyToRead } from "../../src/mediate/types.ts";
import { isRecord } from "../../src/kernel/json.ts";
import { validate } from "../../src/mediate/validate.ts";
import { readStrictly } from "./strict_reader.ts";

/**
 * Reads a reply as a client without mediation does: calls that the server delivered, else what the corpus's strict reader takes, with
 * the exact name of a tool and arguments that fit its schema as they are.
 *
 * @param reply the reply
 * @returns the call, or a fault that says that there is none
 */
export function readStrictJson(reply: ReplyToRead): Reading {
  const [found] = reply.delivered.length > 0 ? reply.delivered : readStrictly(reply.text) ?? [];
  const tool = reply.tools.find(({ name }) => name === found?.name);
  const checked = tool === undefined || !isRecord(found?.arguments)
    ? { faults: [] }
    : validate(tool.parameters, found.arguments);
  const calls: Call[] = tool !== undefined && "value" in checked && checked.conversions.length === 0 &&
      isRecord(checked.value)
    ? [{ name: tool.name, arguments: checked.value }]
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
