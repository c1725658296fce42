import type { ToolDeclaration } from "../../kernel/call.ts";
import { effortFor, readLiteral } from "../loose_value.ts";
import { readPythonCalls } from "../python_calls.ts";
import { argumentSchema, typedValue } from "../typed_value.ts";
import type { FoundCall, TextFormat } from "../types.ts";

const HEAD =
  /(?:(?:<start_function_call>|<\|tool_call>|<\|tool_call\|>|(?<=^|\n|>))\s*call:\s*|(?:<start_function_call>|<\|tool_call>)\s*(?=[\w.:/-]{1,120}\{)|(?<=^|\n)(?=[\w.:/-]{1,120}\{\s{0,9}[\w.-]{1,120}\s{0,9}:\s{0,9}(?:<escape>|<\|"\|>)))(?:([\w.:/-]{1,120})\s*\{|(?=[\w.:/-]{1,120}\())/g;
const CLOSE = /\s*\}?\s*(?:<end_function_call>|<tool_call\|>|<\|tool_call\|>|<end_of_turn>|<eos>)/y;
const QUOTE = /<escape>|<\|"\|>/y;
const KEY = /\s*(?:(?:<escape>|<\|"\|>|")([^<"]{1,120})(?:<escape>|<\|"\|>|")|([\w.-]{1,120}))\s*[:=]\s*/y;
/** Where a bare value ends: at the next key, the end of its list or object. */
const BARE_END = /,\s*(?:[\w.-]{1,120}|<\|"\|>[^<]{1,120}<\|"\|>)\s*:|[}\]]|$/g;

/** Deepest nesting that is still read as such. */
const DEEPEST = 30;

/** The model goes on after its call and invents the result: nothing there is its own. */
const RESULT = /<start_function_response>|<\|tool_response>/;

/** FunctionGemma and Gemma 4: `call:name{key:<escape>text<escape>,n:3}`, quotes as `<escape>` or `<|"|>`, with or without its marks. */
export const gemmaCall: TextFormat = {
  name: "gemma_call",
  marks: ["call:", "<escape>", '<|"|>', "<start_function_call>", "<|tool_call>"],
  read: (text, tools) => {
    const result = text.search(RESULT);
    const own = result < 0 ? text : text.slice(0, result);
    const calls: FoundCall[] = [];
    const effort = effortFor(own);
    HEAD.lastIndex = 0;
    for (let found = HEAD.exec(own); found !== null; found = HEAD.exec(own)) {
      const name = found[1];
      if (name === undefined) {
        const [call] = readPythonCalls(own, HEAD.lastIndex, tools, effort).calls;
        if (call !== undefined) {
          calls.push({ ...call, span: [found.index, call.span[1]], mended: ["round brackets for braces"] });
        }
        HEAD.lastIndex = call?.span[1] ?? HEAD.lastIndex + 1;
        continue;
      }
      const reader = new GemmaReader(own, HEAD.lastIndex, (key) => ({ name, key, tools }));
      const value = reader.object(true);
      CLOSE.lastIndex = reader.at;
      const end = CLOSE.test(own) ? CLOSE.lastIndex : reader.at;
      calls.push({
        name,
        arguments: value,
        span: [found.index, end],
        mended: [...reader.mends],
        ...(reader.cut ? { cut: true } : {}),
      });
      HEAD.lastIndex = Math.max(end, HEAD.lastIndex);
    }
    return calls;
  },
};

interface Place {
  readonly name: string;
  readonly key: string;
  readonly tools: readonly ToolDeclaration[];
}

/** Reads Gemma's object writing, aware of its quotes. */
class GemmaReader {
  readonly mends = new Set<string>();
  cut = false;
  private depth = 0;

  constructor(private readonly text: string, public at: number, private readonly place: (key: string) => Place) {}

  object(top = false): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    this.depth++;
    for (;;) {
      this.skip(/[\s,]*/y);
      if (this.at >= this.text.length) {
        this.mends.add("an object that is not closed");
        if (Object.keys(result).length === 0) this.cut = true;
        break;
      }
      if (this.text[this.at] === "}") {
        this.at++;
        break;
      }
      KEY.lastIndex = this.at;
      const found = KEY.exec(this.text);
      const key = found?.[1] ?? found?.[2];
      if (found === null || key === undefined) {
        this.mends.add("a member that is not readable");
        break;
      }
      this.at = KEY.lastIndex;
      if (found[0].trimEnd().endsWith("=")) this.mends.add("equals signs for colons");
      const value = this.value(top ? key : null);
      if (this.cut) break;
      Object.defineProperty(result, key, { value, enumerable: true, writable: true, configurable: true });
    }
    this.depth--;
    return result;
  }

  private value(key: string | null): unknown {
    QUOTE.lastIndex = this.at;
    if (QUOTE.test(this.text)) return this.quoted(QUOTE.lastIndex);
    const char = this.text[this.at];
    if (this.depth <= DEEPEST && char === "{") {
      this.at++;
      return this.object();
    }
    if (this.depth <= DEEPEST && char === "[") return this.list();
    if (char === '"' || char === "'") {
      const literal = readLiteral(this.text, this.at, effortFor(this.text.slice(this.at, this.at + 4000)));
      if (literal !== null && typeof literal.value === "string") {
        this.at = literal.end;
        this.mends.add("quotes");
        return literal.value;
      }
    }
    return this.bare(key);
  }

  private quoted(start: number): string {
    const mark = this.text.startsWith("<escape>", this.at) ? "<escape>" : '<|"|>';
    const end = this.text.indexOf(mark, start);
    if (end < 0) {
      // An opening mark alone: the value ends where the call does.
      this.mends.add("a text that is not closed");
      const rest = this.text.slice(start);
      const close = /\}*\s*(?:<end_function_call>|<tool_call\|>)?\s*$/.exec(rest);
      this.cut = close === null || close[0] === "";
      this.at = this.text.length - (close?.[0].length ?? 0);
      return this.text.slice(start, this.at);
    }
    this.at = end + mark.length;
    return this.text.slice(start, end);
  }

  private list(): unknown[] {
    this.at++;
    this.depth++;
    const result: unknown[] = [];
    for (let count = 0; count < 10_000; count++) {
      this.skip(/[\s,]*/y);
      if (this.at >= this.text.length) {
        this.mends.add("a list that is not closed");
        break;
      }
      if (this.text[this.at] === "]") {
        this.at++;
        break;
      }
      const before = this.at;
      result.push(this.value(null));
      if (this.at === before) this.at++;
    }
    this.depth--;
    return result;
  }

  private bare(key: string | null): unknown {
    BARE_END.lastIndex = this.at;
    const inList = key === null ? /[,}\]]|$/g : BARE_END;
    inList.lastIndex = this.at;
    const end = inList.exec(this.text)?.index ?? this.text.length;
    const text = this.text.slice(this.at, end).trim();
    this.at = end;
    if (end >= this.text.length) this.cut = true;
    const { name, key: argument, tools } = this.place(key ?? "");
    return typedValue(text, argument === "" ? undefined : argumentSchema(tools, name, argument));
  }

  private skip(pattern: RegExp): void {
    pattern.lastIndex = this.at;
    if (pattern.test(this.text)) this.at = pattern.lastIndex;
  }
}
