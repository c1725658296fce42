import type { ToolDeclaration } from "../kernel/call.ts";
import { type Effort, readKeywords, readLoose } from "./loose_value.ts";
import type { FoundCall } from "./types.ts";
import { isRecord } from "../kernel/json.ts";

const NAME = /[\s,;]*["']?(?:print\s*\(\s*)?(?:await\s+)?([\p{L}_](?:[\p{L}\p{N}_.:/-]|\\_)*)\s*(?=\()/uy;

/** Gemini's module of tools, and the method by which Llama calls its built-in ones. */
const AROUND_NAME = /^(?:default_api|functions|tools)\.|\.call$/g;

/**
 * Reads calls in Python's writing that follow one another from an offset: `f(a=1), g(b="x")` or one per line.
 * @param text the whole text
 * @param start offset of the first name, blanks before it allowed
 * @param tools tools whose declared order names arguments without a name
 * @param effort what may still be spent; lowered
 * @param accepts which names may be called here
 * @returns the calls and the offset after the last
 */
export function readPythonCalls(
  text: string,
  start: number,
  tools: readonly ToolDeclaration[],
  effort: Effort,
  accepts: (name: string) => boolean = () => true,
): { readonly calls: readonly FoundCall[]; readonly end: number } {
  const calls: FoundCall[] = [];
  let at = start;
  for (;;) {
    NAME.lastIndex = at;
    const found = NAME.exec(text);
    const written = found?.[1]?.replaceAll("\\_", "_");
    const plain = written?.replace(AROUND_NAME, "");
    // What a model was taught to write around the names of its tools.
    const name = plain !== undefined && tools.some((tool) => tool.name === plain) ? plain : written;
    if (found === null || name === undefined || !accepts(name)) break;
    const open = NAME.lastIndex;
    const given = objectArgument(text, open, effort) ??
      readKeywords(text, open, effort, argumentOrder(tools, name));
    if (given === null) break;
    // `print(f())` and `['f()']`: what was opened around the call is closed after it.
    const around = found[0].includes("print") ? ")" : /["']/.exec(found[0])?.[0];
    const wrapped = around !== undefined && text[given.end] === around;
    const from = at + (found[0].length - found[0].trimStart().length);
    at = wrapped ? given.end + 1 : given.end;
    calls.push({
      name,
      arguments: given.value,
      span: [from, at],
      mended: given.mended,
      ...(given.cut ? { cut: true } : {}),
    });
  }
  return { calls, end: at };
}

const BRACE = /\(\s*(?=\{)/y;
const CLOSE = /\s*\)/y;

/** `f({"a": 1})`: the arguments as one object. */
function objectArgument(text: string, open: number, effort: Effort) {
  BRACE.lastIndex = open;
  if (!BRACE.test(text)) return null;
  const value = readLoose(text, BRACE.lastIndex, effort);
  if (value === null || !isRecord(value.value)) return null;
  CLOSE.lastIndex = value.end;
  return CLOSE.test(text)
    ? { ...value, mended: [...value.mended, "an object for named arguments"], end: CLOSE.lastIndex }
    : null;
}

/** Required arguments first, in the order declared; a tool that is not known takes none without a name. */
function argumentOrder(tools: readonly ToolDeclaration[], name: string): readonly string[] {
  const parameters = tools.find((tool) => tool.name === name)?.parameters;
  if (!isRecord(parameters?.properties)) return [];
  const keys = Object.keys(parameters.properties);
  const required = Array.isArray(parameters.required) ? parameters.required : [];
  return [...keys.filter((key) => required.includes(key)), ...keys.filter((key) => !required.includes(key))];
}
