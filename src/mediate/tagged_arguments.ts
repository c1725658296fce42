import type { ToolDeclaration } from "../kernel/call.ts";
import { allowsText, argumentSchema, typedValue } from "./typed_value.ts";
import { NOT_CLOSED } from "./json_format.ts";
import { type Effort, effortFor, readLoose } from "./loose_value.ts";
import { isRecord } from "../kernel/json.ts";
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
}

/**
 * Makes a format that writes each argument between tags. A closing tag inside a value is told from the real one by what
 * follows it: only another argument, the end of the call or of the text may.
 * @param form name, marks and expressions of the format
 * @returns the format
 */
export function taggedArgumentsFormat(form: TaggedArguments): TextFormat {
  const flags = [form.call, form.argument, form.argumentEnd, form.callEnd].some(({ flags }) => flags.includes("u"))
    ? "u"
    : "";
  const heads = new RegExp(form.call.source, `g${flags}`);
  const argument = new RegExp(`\\s*(?:${form.argument.source})`, `y${flags}`);
  const follows = `(?=\\s*(?:(?:${nameless(form.argument)})|(?:${form.callEnd.source})|(?:${nameless(form.call)})|$))`;
  const end = new RegExp(`(?:${form.argumentEnd.source})${follows}`, `g${flags}`);
  const lax = new RegExp(
    `(?:\\n\\s*|${form.argumentEnd.source}\\s*)?(?=(?:${nameless(form.argument)})|(?:${form.callEnd.source}))`,
    `g${flags}`,
  );
  const callEnd = new RegExp(`\\s*(?:${form.callEnd.source})`, `y${flags}`);

  const readCall = (
    text: string,
    start: number,
    bodyStart: number,
    name: string,
    tools: readonly ToolDeclaration[],
    ends: Finder,
    laxEnds: Finder,
  ) => {
    const values: Record<string, unknown> = {};
    let at = bodyStart;
    const mended: string[] = [];
    let cut = false;
    argument.lastIndex = at;
    for (let found = argument.exec(text); found !== null; found = argument.exec(text)) {
      const from = argument.lastIndex;
      const strict = ends.next(from);
      const closing = strict ?? laxEnds.next(from);
      if (strict === null && form.mustClose?.test(found[0]) !== true && !mended.includes(LAX)) mended.push(LAX);
      if (closing === null) {
        // The reply ended inside the value: what is there of it is not all that was meant.
        cut = true;
        at = text.length;
        const begun = text.slice(from).replace(/^\r?\n/, "");
        const key = (found.groups?.key ?? "").trim();
        Object.defineProperty(values, key, { value: begun, enumerable: true, writable: true, configurable: true });
        break;
      }
      if (strict === null && form.mustClose?.test(found[0]) === true) {
        mended.push("an argument that is not closed, left out");
        argument.lastIndex = at = closing.index + closing[0].length;
        continue;
      }
      const to = closing.index;
      const key = (found.groups?.key ?? "").trim();
      const whole = text.slice(from, to);
      const raw = form.exact === true ? whole : whole.replace(/^\r?\n/, "").replace(/\r?\n[ \t]*$/, "");
      const isText = (found.groups?.text ?? "") !== "";
      const unwrapped = /^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/.exec(raw)?.[1];
      const schema = argumentSchema(tools, name, key);
      const literal = isText || (unwrapped !== undefined && allowsText(schema));
      const value = literal ? unwrapped ?? raw : typedValue(unwrapped ?? raw, schema);
      Object.defineProperty(values, key, { value, enumerable: true, writable: true, configurable: true });
      at = to + closing[0].length;
      argument.lastIndex = at;
    }
    callEnd.lastIndex = at;
    const closed = callEnd.test(text);
    return {
      call: {
        name,
        arguments: values,
        span: [start, closed ? callEnd.lastIndex : at] as const,
        mended: closed ? mended : [...mended, NOT_CLOSED],
        ...(cut ? { cut } : {}),
      },
      closed,
      empty: at === bodyStart,
    };
  };

  /** The arguments as one JSON object in place of tags. */
  const readObject = (text: string, start: number, bodyStart: number, name: string, effort: Effort) => {
    BRACE.lastIndex = bodyStart;
    const object = BRACE.test(text) ? readLoose(text, BRACE.lastIndex - 1, effort) : null;
    if (object === null || !isRecord(object.value)) return null;
    callEnd.lastIndex = object.end;
    const closed = callEnd.test(text);
    const span = [start, closed ? callEnd.lastIndex : object.end] as const;
    const mended = closed ? object.mended : [...object.mended, NOT_CLOSED];
    const call = { name, arguments: object.value, span, mended, ...(object.cut ? { cut: true } : {}) };
    return { call, closed, empty: false };
  };

  return {
    name: form.name,
    marks: form.marks,
    ...(form.declaredOnly === true ? { declaredOnly: true } : {}),
    read: (text, tools) => {
      const calls = new CallList();
      const ends = new Finder(end, text);
      const laxEnds = new Finder(lax, text);
      const effort = effortFor(text);
      const shown = new Map(tools.map((tool) => [tool.name, tool]));
      heads.lastIndex = 0;
      for (let found = heads.exec(text); found !== null; found = heads.exec(text)) {
        const bodyStart = heads.lastIndex;
        const name = (found.groups?.name ?? "").trim();
        const within = !LINE_START.test(text.slice(Math.max(0, found.index - 20), found.index));
        const known = shown.size === 0 || shown.has(name);
        if (within && !known && form.mention?.test(found[0]) === true) continue;
        const object = readObject(text, found.index, bodyStart, name, effort);
        const { call, closed, empty } = object ?? readCall(text, found.index, bodyStart, name, tools, ends, laxEnds);
        const bare = !within && takesNothing(shown.get(name)) && BLANK.test(text.slice(bodyStart));
        if (empty && !closed && !bare) continue;
        // Without arguments and within a sentence it is spoken of, not called.
        if (
          empty && within && form.mention?.test(found[0]) === true &&
          IN_LINE.test(text.slice(call.span[1], call.span[1] + 40))
        ) {
          continue;
        }
        calls.add(call, closed);
        heads.lastIndex = Math.max(call.span[1], bodyStart);
      }
      return calls.calls;
    },
  };
}

const LINE_START = /(?:^|[\n>])\s*$/;
const IN_LINE = /^[ \t]*[^\s<]/;
const BLANK = /^\s*$/;
const BRACE = /\s*\{/y;
const LAX = "an argument that is not closed";

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
