import type { DeliveredCall, ToolDeclaration, Way } from "../../src/kernel/call.ts";
import { readReply } from "../../src/mediate/read_reply.ts";
import type { Reading, ReplyToRead } from "../../src/mediate/types.ts";

/** Tools as the crew has them, one with an argument that is asked for as text. */
export const TOOLS: readonly ToolDeclaration[] = [
  {
    name: "read_file",
    describes: "Reads a text file of the project.",
    parameters: {
      type: "object",
      required: ["path"],
      properties: {
        path: { type: "string", description: "File, relative to the project." },
        start_line: { type: "integer", description: "First line, from 1." },
        end_line: { type: "integer" },
      },
      additionalProperties: false,
    },
  },
  {
    name: "create_file",
    describes: "Creates a new file.",
    asText: "content",
    parameters: {
      type: "object",
      required: ["path", "content"],
      properties: { path: { type: "string" }, content: { type: "string" } },
    },
  },
  {
    name: "search_code",
    describes: "Searches the project.",
    parameters: {
      type: "object",
      required: ["text"],
      properties: { text: { type: "string" }, folder: { type: "string" }, whole_words: { type: "boolean" } },
    },
  },
  {
    name: "report_issue",
    describes: "Reports a fault.",
    parameters: {
      type: "object",
      required: ["path", "severity"],
      properties: { path: { type: "string" }, severity: { type: "string", enum: ["low", "medium", "high"] } },
    },
  },
  {
    name: "finish_task",
    describes: "Ends the task.",
    parameters: { type: "object", required: ["summary"], properties: { summary: { type: "string" } } },
  },
];

/** Reads a reply in the prompted way. */
export function read(text: string, more: Partial<ReplyToRead> = {}): Reading {
  return readReply({ text, delivered: [], thinking: "", tools: TOOLS, way: "prompted", forced: false, ...more });
}

/** Reads a reply that came in a way of calling. */
export function readAs(way: Way, text: string, delivered: readonly DeliveredCall[] = []): Reading {
  return read(text, { way, delivered });
}

/** The calls of a reply without their reasons. */
export function callsIn(text: string, more: Partial<ReplyToRead> = {}): unknown {
  return read(text, more).calls.map(({ name, arguments: given }) => ({ name, arguments: given }));
}
