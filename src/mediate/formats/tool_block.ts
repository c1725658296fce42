import { taggedArgumentsFormat } from "../tagged_arguments.ts";
import type { TextFormat } from "../types.ts";

/** Continue, which tells models without tools of its own way: a fence `tool` with `TOOL_NAME: n` and, for each argument, `BEGIN_ARG: k`, its value and `END_ARG`. */
export const toolBlock: TextFormat = taggedArgumentsFormat({
  name: "tool_block",
  marks: ["TOOL_NAME:"],
  call:
    /(?:(?<=^|\n)[ \t]{0,8}`{3,6}tool[ \t]*\r?\n)?(?<=^|\n)[ \t]{0,8}TOOL_NAME:[ \t]*(?<name>[\w.-]{1,120})[ \t]*(?=\r?\n|$)/,
  argument: /BEGIN_ARG:[ \t]*(?<key>[\w.-]{1,120})[ \t]*(?=\r?\n)/,
  argumentEnd: /END_ARG\b/,
  callEnd: /`{3,6}/,
});
