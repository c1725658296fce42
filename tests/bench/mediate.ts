import { readReply } from "../../src/mediate/read_reply.ts";
import { StreamedReply } from "../../src/mediate/streamed_reply.ts";
import { TOOLS } from "../mediate/samples.ts";
import type { Figure } from "./figure.ts";

const LONG = 1_000_000;
const PARTS = 10;
const GOES = 5;
const MOST_MS = 200;
/** What ten times the length may cost more than ten times as much: caches and the collector are not linear; quadratic were 10. */
const MOST_RATIO = 2.5;

/** A reply of a length, by what it is made of. */
interface Shape {
  readonly what: string;
  readonly text: (length: number) => string;
}

const repeated = (what: string, seed: string): Shape => ({
  what,
  text: (length) => seed.repeat(Math.ceil(length / seed.length)).slice(0, length),
});

const wrapped = (what: string, before: string, seed: string, after: string): Shape => ({
  what,
  text: (length) => {
    const inner = length - before.length - after.length;
    return before + seed.repeat(Math.ceil(inner / seed.length)).slice(0, inner) + after;
  },
});

const CODE = "const value = read(list[0], { a: 1 }); // a line\\n";

const SHAPES: readonly Shape[] = [
  repeated("prose", "I read the file and then I write the test for it. It is (as said) simple, isn't it?\n"),
  wrapped(
    "a file in a call",
    '<tool_call>{"name": "create_file", "arguments": {"path": "a.ts", "content": "',
    CODE,
    '"}}</tool_call>',
  ),
  wrapped(
    "a file in a call that is cut",
    '{"name": "create_file", "arguments": {"path": "a.ts", "content": "',
    CODE,
    "",
  ),
  wrapped(
    "a file between tags",
    "<tool_call><function=create_file><parameter=path>a.ts</parameter><parameter=content>",
    "a line of `code` with </parameter> and <b>\n",
    "</parameter></function></tool_call>",
  ),
  repeated("many calls", '<tool_call>{"name": "read_file", "arguments": {"path": "a.ts"}}</tool_call>\n'),
  repeated("many opening tags", "<tool_call>"),
  repeated("many opening tags of another kind", "<function=read_file><parameter=path>"),
  repeated("many closing tags", "</think></tool_call></parameter>"),
  repeated("many braces", "{"),
  repeated("many brackets", "["),
  repeated("braces and brackets", '{"a":['),
  repeated("many double quotes", '"'),
  repeated("many single quotes", "{'a '"),
  repeated("names with brackets on one line", "read_file(path, search_code(text), "),
  repeated("names with brackets, a line each", "read_file(path='a\n"),
  repeated("fences", "```json\n{\n"),
  repeated("comments", "{/* // # "),
  repeated("backslashes", '{"a\\\\'),
  repeated("blanks", " \n"),
  repeated("thinking that never ends", "<think>{"),
  repeated("Gemma's quotes", "call:read_file{path:<escape>"),
  repeated("Mistral's marks", "[TOOL_CALLS]read_file[ARGS]{"),
  repeated("Harmony's marks", "<|channel|>commentary to=functions.read_file<|message|>{"),
  repeated("DeepSeek's marks", "<｜tool▁call▁begin｜>read_file<｜tool▁sep｜>{"),
  repeated("GLM's marks", "<tool_call>read_file<arg_key>path</arg_key><arg_value>"),
  repeated("invocations", '<invoke name="read_file"><parameter name="path">'),
  repeated("one long word", "a"),
];

/**
 * Measures how long replies of a million characters take to be read into calls, by shape, and against ten of a tenth each,
 * which shows whether the time is linear; and a whole reply that is streamed in pieces of four characters.
 *
 * @returns milliseconds, the best of five, and the ratio
 */
export function measureMediate(): readonly Figure[] {
  const figures: Figure[] = [];
  read(SHAPES[1]!.text(LONG / PARTS));
  for (const shape of SHAPES) {
    const whole = shape.text(LONG);
    const part = shape.text(LONG / PARTS);
    const wholes: number[] = [];
    const parts: number[] = [];
    for (let go = 0; go < GOES; go++) {
      wholes.push(timed(() => read(whole)));
      parts.push(timed(() => {
        for (let count = 0; count < PARTS; count++) read(part);
      }));
    }
    figures.push(figureOf(`reading 1 MB: ${shape.what}`, Math.min(...wholes), Math.min(...parts)));
  }
  for (const shape of SHAPES.slice(0, 4)) {
    const whole = shape.text(LONG);
    const part = shape.text(LONG / PARTS);
    const once = Math.min(...Array.from({ length: GOES }, () => timed(() => stream(whole))));
    const often = Math.min(...Array.from({ length: GOES }, () =>
      timed(() => {
        for (let count = 0; count < PARTS; count++) stream(part);
      })));
    figures.push({ ...figureOf(`streaming 1 MB: ${shape.what}`, once, often), bound: `≤ ${MOST_RATIO}×` });
  }
  return figures;
}

function figureOf(what: string, whole: number, parts: number): Figure {
  const ratio = whole / parts;
  // Below some milliseconds a ratio says nothing.
  const linear = ratio <= MOST_RATIO || parts < 20;
  return {
    what,
    value: `${whole.toFixed(0)} ms, ${ratio.toFixed(2)}×,`,
    baseline: `${parts.toFixed(0)} ms for ten of 100 kB`,
    ratio,
    bound: `< ${MOST_MS} ms and ≤ ${MOST_RATIO}×`,
    met: linear && (what.startsWith("streaming") || whole < MOST_MS),
  };
}

function timed(action: () => void): number {
  const began = performance.now();
  action();
  return performance.now() - began;
}

function read(text: string): void {
  readReply({ text, delivered: [], thinking: "", tools: TOOLS, way: "prompted", forced: false });
}

function stream(text: string): void {
  const reader = new StreamedReply(TOOLS);
  for (let from = 0; from < text.length; from += 4) reader.feed(text.slice(from, from + 4));
  reader.end();
}
