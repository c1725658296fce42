import { withoutRuns } from "../../mediate/without_runs.ts";
import type { ChatReply } from "../../ports/model_host.ts";

/** Depth to which arguments are looked through: no tool has deeper ones. */
const DEEPEST = 20;

/**
 * Takes out of a reply's texts the runs that only a stuck model writes: whoever reads them is quick, then.
 *
 * @param reply as the host gave it
 * @returns it, text, thinking and the texts in arguments without such runs
 */
export function withoutRunsIn(reply: ChatReply): ChatReply {
  const calls = reply.calls.map((call) => ({ ...call, arguments: withoutRunsInside(call.arguments, DEEPEST) }));
  return { ...reply, text: withoutRuns(reply.text), thinking: withoutRuns(reply.thinking), calls };
}

function withoutRunsInside(value: unknown, depth: number): unknown {
  if (typeof value === "string") return withoutRuns(value);
  if (depth === 0 || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => withoutRunsInside(one, depth - 1));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutRunsInside(one, depth - 1)]));
}
