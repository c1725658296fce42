import type { ToolDeclaration } from "../kernel/call.ts";
import { allowsText, argumentSchema, typedValue } from "./typed_value.ts";
import { NOT_CLOSED } from "./json_format.ts";
import { type Effort, effortFor, readLoose } from "./loose_value.ts";
import { withNames } from "./nameless_argument.ts";
import { putMember } from "./put_member.ts";
import { isRecord } from "../kernel/json.ts";
import { withoutIndent } from "./without_indent.ts";
import type { FoundCall, TextFormat } from "./types.ts";

/** How a format writes a call whose arguments stand between tags. All expressions are without flags but `u` or `i`. */
export interface TaggedArguments {
  readonly name: string;
  readonly marks: readonly string[];
  /** Opens a call; group `name` is the tool's name. */
  readonly call: RegExp;
  /** Opens an argument; group `key` is its name, group `text` non-empty where the value is text in any case. */
  readonly argument: RegExp;
  /** Closes an argument. */
  readonly argumentEnd: RegExp;
  /** Closes a call. */
  readonly callEnd: RegExp;
  /** A head of this form within a line is a mention of a tool, no call, where it names none that was shown. */
  readonly mention?: RegExp;
  /** Arguments that the family's parsers leave out where nothing closes them. */
  readonly mustClose?: RegExp;
  /** {@link TextFormat.declaredOnly} */
  readonly declaredOnly?: boolean;
  /** Whether line ends next to the tags belong to the value. */
  readonly exact?: boolean;
  /** Arguments whose text is exact in any case, by what opens them. */
  readonly exactText?: RegExp;
}

/** A form's expressions, ready to be looked for in a text. */
interface Expressions {
  readonly heads: RegExp;
  readonly argument: RegExp;
  /** The end of a value that is followed by what may follow one. */
  readonly end: RegExp;
  /** The end of a value that nothing closes: before the next argument, or the end of the call. */
  readonly lax: RegExp;
  readonly callEnd: RegExp;
  /** An argument that begins a line. */
  readonly begun: RegExp;
  /** The end of an argument, whatever follows it. */
  readonly closings: RegExp;
}

/** Where a call was opened. */
interface Head {
  readonly name: string;
  readonly start: number;
  readonly bodyStart: number;
}

/** What stood after a head. */
interface Body {
  readonly call: FoundCall;
  /** Whether the call's end stood there. */
  readonly closed: boolean;
  readonly empty: boolean;
}

/** An argument as it stood in a text. */
interface Argument {
  readonly key: string;
  /** Absent where it is left out. */
  readonly value?: unknown;
  readonly to: number;
  readonly mended: string | null;
  /** Whether the text ended inside the value. */
  readonly cut: boolean;
}

const LINE_START = /(?:^|[\n>])\s*$/;
const IN_LINE = /^[ \t]*[^\s<]/;
const BLANK = /^\s*$/;
const BRACE = /\s*(`{3}(?:json)?\s*)?\{/y;
const FENCE_END = /\s*`{3}/y;
const LAX = "an argument that is not closed";
const LEFT_OUT = "an argument that is not closed, left out";

/**
 * Makes a format that writes each argument between tags. A closing tag inside a value is told from the real one by what
 * follows it: only another argument, the end of the call or of the text may.
 *
 * @param form name, marks and expressions of the format
 */
export function taggedArgumentsFormat(form: TaggedArguments): TextFormat {
  const expressions = expressionsOf(form);
  return {
    name: form.name,
    marks: form.marks,
    ...(form.declaredOnly === true ? { declaredOnly: true } : {}),
    read: (text, tools) => new TaggedText(form, expressions, text, tools).calls(),
  };
}

function expressionsOf({ call, argument, argumentEnd, callEnd }: TaggedArguments): Expressions {
  const u = [call, argument, argumentEnd, callEnd].some(({ flags }) => flags.includes("u")) ? "u" : "";
  const ends = `(?:${nameless(argument)})|(?:${callEnd.source})`;
  return {
    heads: new RegExp(call.source, `g${u}`),
    argument: new RegExp(`\\s*(?:${argument.source})`, `y${u}`),
    end: new RegExp(`(?:${argumentEnd.source})(?=\\s*(?:${ends}|(?:${nameless(call)})|$))`, `g${u}`),
    lax: new RegExp(`(?:\\n\\s*|${argumentEnd.source}\\s*)?(?=${ends})`, `g${u}`),
    callEnd: new RegExp(`\\s*(?:${callEnd.source})`, `y${u}`),
    begun: new RegExp(`(?<=\\n)[ \\t]{0,8}(?:${argument.source})`, `g${u}`),
    closings: new RegExp(argumentEnd.source, `g${u}`),
  };
}

/** One text that is read for the calls of a form. */
class TaggedText {
  readonly #ends: Finder;
  readonly #laxEnds: Finder;
  readonly #effort: Effort;
  readonly #shown: ReadonlyMap<string, ToolDeclaration>;

  constructor(
    private readonly form: TaggedArguments,
    private readonly expressions: Expressions,
    private readonly text: string,
    private readonly tools: readonly ToolDeclaration[],
  ) {
    this.#ends = new Finder(expressions.end, text);
    this.#laxEnds = new Finder(expressions.lax, text);
    this.#effort = effortFor(text);
    this.#shown = new Map(tools.map((tool) => [tool.name, tool]));
  }

  /** All calls of the text, in order. */
  calls(): FoundCall[] {
    const { text } = this;
    const { heads } = this.expressions;
    const calls = new CallList();
    heads.lastIndex = 0;
    for (let found = heads.exec(text); found !== null; found = heads.exec(text)) {
      const head = { name: (found.groups?.name ?? "").trim(), start: found.index, bodyStart: heads.lastIndex };
      const within = !LINE_START.test(text.slice(Math.max(0, head.start - 20), head.start));
      const mention = within && this.form.mention?.test(found[0]) === true;
      if (mention && this.#shown.size > 0 && !this.#shown.has(head.name)) continue;
      const body = this.#object(head) ?? this.#tagged(head);
      if (body.empty && !this.#isMeant(head, body, within, mention)) continue;
      calls.add(body.call, body.closed);
      heads.lastIndex = Math.max(body.call.span[1], head.bodyStart);
    }
    return calls.calls;
  }

  /** Whether a head without arguments is a call. Within a sentence the tool is spoken of, not called. */
  #isMeant({ name, bodyStart }: Head, { call, closed }: Body, within: boolean, mention: boolean): boolean {
    const bare = !within && takesNothing(this.#shown.get(name)) && BLANK.test(this.text.slice(bodyStart));
    const spokenOf = mention && IN_LINE.test(this.text.slice(call.span[1], call.span[1] + 40));
    return (closed || bare) && !spokenOf;
  }

  /** The arguments as one JSON object in place of tags. */
  #object({ name, start, bodyStart }: Head): Body | null {
    BRACE.lastIndex = bodyStart;
    const brace = BRACE.exec(this.text);
    const object = brace === null ? null : readLoose(this.text, BRACE.lastIndex - 1, this.#effort);
    if (object === null || !isRecord(object.value)) return null;
    const { value, end, mended, cut } = object;
    FENCE_END.lastIndex = end;
    const fenced = brace?.[1] !== undefined && FENCE_END.test(this.text);
    const { closed, to } = this.#callEnd(fenced ? FENCE_END.lastIndex : end);
    const call = { name, arguments: value, span: [start, to] as const, mended, ...(cut ? { cut } : {}) };
    return { call: callOf(call, closed), closed, empty: false };
  }

  /** The arguments between their tags. */
  #tagged({ name, start, bodyStart }: Head): Body {
    const values: Record<string, unknown> = {};
    const mended: string[] = [];
    let at = bodyStart;
    let cut = false;
    const next = (from: number) => this.#argument(name, from, values);
    for (let found = next(at); found !== null; found = cut ? null : next(at)) {
      if ("value" in found) putMember(values, found.key, found.value);
      if (found.mended !== null && !mended.includes(found.mended)) mended.push(found.mended);
      at = found.to;
      cut = found.cut;
    }
    const { closed, to } = this.#callEnd(at);
    const named = withNames(values, this.#shown.get(name));
    const call = { name, arguments: named.value, span: [start, to] as const, mended: [...mended, ...named.mended] };
    return { call: callOf({ ...call, ...(cut ? { cut } : {}) }, closed), closed, empty: at === bodyStart };
  }

  /** The argument that begins at an offset; `given` are those before it. */
  #argument(tool: string, at: number, given: Readonly<Record<string, unknown>>): Argument | null {
    const { argument } = this.expressions;
    argument.lastIndex = at;
    const found = argument.exec(this.text);
    if (found === null) return null;
    const from = argument.lastIndex;
    const key = (found.groups?.key ?? "").trim();
    const whole = this.#ends.next(from);
    const begun = whole === null ? null : this.#begunWithin(tool, { ...given, [key]: null }, from, whole.index);
    const strict = begun === null ? whole : null;
    const closing = begun ?? strict ?? this.#laxEnds.next(from);
    const mustClose = this.form.mustClose?.test(found[0]) === true;
    const mended = strict === null && !mustClose ? LAX : null;
    if (closing === null) {
      // The reply ended inside the value: what is there of it is not all that was meant.
      return { key, value: this.text.slice(from).replace(/^\r?\n/, ""), to: this.text.length, mended, cut: true };
    }
    const to = closing.index + closing[0].length;
    if (strict === null && mustClose) return { key, to, mended: LEFT_OUT, cut: false };
    const isText = (found.groups?.text ?? "") !== "";
    const exact = this.form.exact === true || (isText && this.form.exactText?.test(found[0]) === true);
    const raw = withoutIndent(this.text.slice(from, closing.index), found[0]);
    const value = this.#value(raw, { isText, exact }, argumentSchema(this.tools, tool, key));
    return { key, value, to, mended, cut: false };
  }

  /**
   * Where within a value that nothing closes the next argument begins: on a line of its own, of a name that the tool has and that was
   * not given. What is closed within the value is a part of it.
   */
  #begunWithin(tool: string, given: Readonly<Record<string, unknown>>, from: number, end: number) {
    const properties = this.#shown.get(tool)?.parameters.properties;
    const { begun, closings } = this.expressions;
    begun.lastIndex = from;
    const found = begun.exec(this.text);
    const key = (found?.groups?.key ?? "").trim();
    if (found === null || found.index >= end || key === "" || Object.hasOwn(given, key)) return null;
    if (!isRecord(properties) || !Object.hasOwn(properties, key)) return null;
    const inside = this.text.slice(from, end).match(closings)?.length ?? 0;
    return inside > 0 ? null : { index: found.index, 0: "" };
  }

  #value(
    whole: string,
    { isText, exact }: { readonly isText: boolean; readonly exact: boolean },
    schema: ReturnType<typeof argumentSchema>,
  ): unknown {
    const raw = exact ? whole : whole.replace(/^\r?\n/, "").replace(/\r?\n[ \t]*$/, "");
    const unwrapped = /^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/.exec(raw)?.[1];
    const literal = isText || (unwrapped !== undefined && allowsText(schema));
    return literal ? unwrapped ?? raw : typedValue(unwrapped ?? raw, schema);
  }

  /** Whether the call's end stands there, and where the call ends. */
  #callEnd(at: number): { readonly closed: boolean; readonly to: number } {
    const { callEnd } = this.expressions;
    callEnd.lastIndex = at;
    return callEnd.test(this.text) ? { closed: true, to: callEnd.lastIndex } : { closed: false, to: at };
  }
}

/** A call with all that was mended of its writing. */
function callOf(call: FoundCall & { readonly mended: readonly string[] }, closed: boolean): FoundCall {
  return closed ? call : { ...call, mended: [...call.mended, NOT_CLOSED] };
}

/** Whether a tool is known to take no arguments, so that its name is the whole call. */
function takesNothing(tool: ToolDeclaration | undefined): boolean {
  return tool !== undefined &&
    Object.keys(isRecord(tool.parameters.properties) ? tool.parameters.properties : {}).length === 0;
}

/** Calls in order. One that is begun again inside itself, before it was closed, is one call. */
class CallList {
  readonly calls: FoundCall[] = [];
  private open: string | null = null;

  add(call: FoundCall, closed: boolean): void {
    const said = this.open === null && closed ? null : JSON.stringify([call.name, call.arguments]);
    if (said !== null && said === this.open) this.calls.pop();
    this.calls.push(call);
    this.open = closed ? null : said;
  }
}

/** The expression without its groups' names, which may stand only once in an expression. */
function nameless({ source }: RegExp): string {
  return source.replace(/\(\?<\w+>/g, "(?:");
}

/** Finds an expression's next place in a text, and does not look again where it found none. */
class Finder {
  private none = false;

  constructor(private readonly pattern: RegExp, private readonly text: string) {}

  next(from: number): RegExpExecArray | null {
    if (this.none) return null;
    this.pattern.lastIndex = from;
    const found = this.pattern.exec(this.text);
    this.none = found === null;
    return found;
  }
}
