import { type Effort, effortFor } from "../loose_value.ts";
import { readPythonCalls } from "../python_calls.ts";
import type { ToolDeclaration } from "../../kernel/call.ts";
import type { FoundCall, TextFormat } from "../types.ts";

const START =
  /^[ \t]*(?<fence>`{3,})[^\n]*\n?|^[ \t]*(?<code><(?:code|answer)>\s*)(?=[\p{L}_](?:[\p{L}\p{N}_.]|\\_)*\()|(?<list>\[[ \t\n]*)(?=["']?[\p{L}_](?:[\p{L}\p{N}_.]|\\_)*\()|^[ \t]*(?:tool_code[ \t]*=[ \t]*|Call:[ \t]*|Action:[ \t]*)?(?=[\p{L}_](?:[\p{L}\p{N}_.]|\\_)*\()/gmu;
const LIST_END = /\s*,?\s*(?:\](?!\()|$)/y;
const LINE_END = /[ \t]*[;,.]?[ \t]*(?=\r?\n|$|<)/y;
const CODE_END = /\s*<\/(?:code|answer)>[ \t]*(?=\r?\n|$)|\s*$/y;
const FENCE_END = /\s*`{3,}|\s*$/y;

/**
 * Llama 3.2 and 4 and many small models: calls in Python's writing, in a list or alone on their lines. The name must be a
 * tool's and every argument a literal; in a fence, and in the tags `<code>` of SmolLM and `<answer>` of AutoGLM, nothing may stand beside them. A list that is the whole reply may name
 * anything.
 */
export const pythonBare: TextFormat = {
  name: "python_bare",
  marks: [],
  read: (text, tools) => {
    const names = new Set(tools.map((tool) => tool.name));
    const effort = effortFor(text);
    const calls: FoundCall[] = [];
    START.lastIndex = 0;
    for (let found = START.exec(text); found !== null; found = START.exec(text)) {
      const from = START.lastIndex;
      const ticks = found.groups?.fence;
      const read = ticks === undefined
        ? readAt(text, found.index, from, endIn(found), tools, names, effort)
        : readFence(text, found.index, from, tools, names, effort);
      if (read !== null) {
        calls.push(...read);
        START.lastIndex = Math.max(read[0]?.span[1] ?? from, found.index + 2);
      } else if (ticks !== undefined) START.lastIndex = endOfFence(text, from, ticks);
      else if (from === found.index) START.lastIndex = from + ((text.codePointAt(from) ?? 0) > 0xffff ? 2 : 1);
    }
    return calls;
  },
};

/** What ends calls, by what they began with. */
function endIn({ groups }: RegExpExecArray): RegExp {
  return groups?.list !== undefined ? LIST_END : groups?.code !== undefined ? CODE_END : LINE_END;
}

function readAt(
  text: string,
  start: number,
  from: number,
  close: RegExp,
  tools: readonly ToolDeclaration[],
  names: ReadonlySet<string>,
  effort: Effort,
): readonly FoundCall[] | null {
  if (text[start - 1] === "`" || text[start - 1] === "!") return null;
  const alone = close === LIST_END && text.slice(0, start).trim() === "";
  const read = readPythonCalls(text, from, tools, effort, (name) => names.has(name) || alone);
  close.lastIndex = read.end;
  if (read.calls.length === 0 || !close.test(text)) return null;
  const end = close.lastIndex;
  const named = read.calls.every(({ name }) => names.has(name));
  if (!named && text.slice(end).trim() !== "") return null;
  return read.calls.map((call) => ({ ...call, span: [start, end] }));
}

function readFence(
  text: string,
  start: number,
  from: number,
  tools: readonly ToolDeclaration[],
  names: ReadonlySet<string>,
  effort: Effort,
): readonly FoundCall[] | null {
  const bracket = /\s*\[/y;
  bracket.lastIndex = from;
  const listed = bracket.test(text);
  const read = readPythonCalls(text, listed ? bracket.lastIndex : from, tools, effort, (name) => names.has(name));
  LIST_END.lastIndex = read.end;
  FENCE_END.lastIndex = listed && LIST_END.test(text) ? LIST_END.lastIndex : read.end;
  if (read.calls.length === 0 || !FENCE_END.test(text)) return null;
  const end = FENCE_END.lastIndex;
  return read.calls.map((call) => ({ ...call, span: [start, end] }));
}

function endOfFence(text: string, from: number, ticks: string): number {
  const end = text.indexOf(`\n${ticks}`, Math.max(0, from - 1));
  return end < 0 ? text.length : end + 1 + ticks.length;
}
