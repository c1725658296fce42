import type { ToolDeclaration } from "../kernel/call.ts";
import { argumentsOf } from "./given_arguments.ts";
import { nearTool } from "./near_name.ts";
import { readFormats, splitReply } from "./read_formats.ts";
import type { FoundCall } from "./types.ts";

/** What a text says, before anything is compared with schemas. */
export interface CallsRead {
  /** Name of the format that was read; null where the text holds no call. */
  readonly format: string | null;
  /** Calls that are whole, in order, their arguments an object. */
  readonly calls: readonly FoundCall[];
  /** Calls that the text's end has cut, with the members that are whole. */
  readonly cut: readonly FoundCall[];
  readonly thinking: string;
}

/**
 * Reads the calls of a text as they are written, without comparing their arguments with schemas.
 * @param text a reply's whole text, thinking included
 * @param tools the tools that the model was shown; none where they are not known
 * @param family name of the format that the model is known to write, tried first
 * @returns the calls, with the format that was read
 */
export function readCalls(text: string, tools: readonly ToolDeclaration[], family?: string): CallsRead {
  const isTool = ({ name }: FoundCall) => nearTool(name, tools) !== null;
  const good = (call: FoundCall) => whole(call, tools) !== null && (tools.length === 0 || isTool(call));
  const split = splitReply(text, tools, good, family);
  const read = readFormats(split.text, tools, good, family);
  const calls = read.calls.flatMap((call) => {
    const given = whole(call, tools);
    return given === null ? [] : [{ ...call, arguments: given }];
  });
  const named = calls.filter(isTool);
  return {
    format: read.format?.name ?? null,
    calls: read.format?.declaredOnly === true && named.length > 0 ? named : calls,
    cut: read.calls.filter(({ cut }) => cut === true),
    thinking: split.thinking,
  };
}

/** The arguments of a call that is whole, or null. */
function whole(call: FoundCall, tools: readonly ToolDeclaration[]): Readonly<Record<string, unknown>> | null {
  if (call.cut === true || call.unreadable === true || call.name.trim() === "") return null;
  return argumentsOf(call.arguments, call.name, nearTool(call.name, tools)?.parameters)?.value ?? null;
}
