import { taggedArgumentsFormat } from "../tagged_arguments.ts";
import type { TextFormat } from "../types.ts";

const tagged = taggedArgumentsFormat({
  name: "arguments_in_marks",
  marks: ["arg:start|>", "arg_start|>", "call:start|>", "call_start|>"],
  call:
    /(?:<\|(?![^<>|\n]{0,40}(?:arg|result|response|end))(?=[^<>|\n]{0,40}(?:tool|call|function))[^<>|\n]{2,48}\|>[ \t]{0,9}|(?<=^|\n)[ \t]{0,9}(?=[\w.-]{1,120}\s{0,9}<\|(?=[^<>|\n]{0,40}(?:arg|param))(?![^<>|\n]{0,40}(?:val|end|close))))(?<name>[\w.-]{1,120})\s{0,9}(?=<\|)/,
  argument:
    /<\|(?=[^<>|\n]{0,40}(?:arg|param))[^<>|\n]{2,48}\|>\s{0,9}(?<key>[\w.-]{1,120})\s{0,9}<\|(?=[^<>|\n]{0,40}val)[^<>|\n]{2,48}\|>/,
  argumentEnd: /<\|(?=[^<>|\n]{0,40}(?:arg|param|val))(?=[^<>|\n]{0,40}(?:end|close))[^<>|\n]{2,48}\|>/,
  callEnd:
    /<\|(?![^<>|\n]{0,40}arg)(?=[^<>|\n]{0,40}(?:tool|call|function))(?=[^<>|\n]{0,40}(?:end|close))[^<>|\n]{2,48}\|>/,
  exact: true,
});

/**
 * Solar Open 2 and others whose tags are tokens of their template: a mark that speaks of a tool, its name, and each argument between marks
 * that speak of arguments and values: `<|tool_call:start|>n\n<|tool_arg:start|>k<|tool_arg:value|>v<|tool_arg:end|>\n<|tool_call:end|>`.
 */
export const argumentsInMarks: TextFormat = { ...tagged, ofAnyFamily: true };
