/** Whole numbers below a limit, the same for the same seed. */
export type Dice = (limit: number) => number;

/**
 * Makes a source of chance that can be repeated (mulberry32).
 * @param seed any whole number
 * @returns numbers from 0 up to, not with, the limit it is asked for
 */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * limit);
  };
}

/** Pieces that readers look for; put where they do not belong. */
const PIECES = [
  "<tool_call>",
  "</tool_call>",
  "<think>",
  "</think>",
  "```json\n",
  "```",
  "<function=read_file>",
  "</parameter>",
  "[TOOL_CALLS]",
  "<|channel|>commentary to=functions.read_file<|message|>",
  "<escape>",
  '<|"|>',
  "call:read_file{",
  '{"name": "read_file", "arguments": ',
  "read_file(",
  "{{",
  "}}",
  '\\"',
  "\\u12",
  "'",
  "\u0000",
  "\ud800",
  "\u{1f600}",
  "//",
  "/*",
];

type Mutation = (text: string, other: string, dice: Dice) => string;

const at = (text: string, dice: Dice) => dice(text.length + 1);

const MUTATIONS: readonly Mutation[] = [
  // Cut.
  (text, _, dice) => text.slice(0, at(text, dice)),
  (text, _, dice) => text.slice(at(text, dice)),
  // Duplicated.
  (text, _, dice) => {
    const [start, end] = [at(text, dice), at(text, dice)].sort((left, right) => left - right) as [number, number];
    return text.slice(0, end) + text.slice(start, end).repeat(1 + dice(3)) + text.slice(end);
  },
  // Nested.
  (text, other, dice) => {
    const place = at(text, dice);
    return text.slice(0, place) + other + text.slice(place);
  },
  (text, other) => JSON.stringify({ name: "create_file", arguments: { path: text, content: other } }),
  // Interleaved.
  (text, other, dice) => {
    const width = 1 + dice(20);
    let mixed = "";
    for (let from = 0; from < Math.max(text.length, other.length); from += width) {
      mixed += text.slice(from, from + width) + other.slice(from, from + width);
    }
    return mixed;
  },
  // Random bytes and misplaced marks.
  (text, _, dice) => {
    const place = at(text, dice);
    const bytes = Array.from({ length: 1 + dice(8) }, () => String.fromCharCode(dice(256))).join("");
    return text.slice(0, place) + bytes + text.slice(place + dice(4));
  },
  (text, _, dice) => {
    const place = at(text, dice);
    return text.slice(0, place) + (PIECES[dice(PIECES.length)] ?? "") + text.slice(place + dice(6));
  },
  // Left out.
  (text, _, dice) => {
    const place = at(text, dice);
    return text.slice(0, place) + text.slice(place + 1 + dice(12));
  },
];

/**
 * Makes a broken reply out of whole ones: one to four mutations, each a cut, a copy, a nesting, a mixture or noise.
 * @param replies whole replies, at least one
 * @param dice chance
 * @returns a reply of at most 20,000 characters
 */
export function mutatedReply(replies: readonly string[], dice: Dice): string {
  const pick = () => replies[dice(replies.length)] ?? "";
  let text = pick();
  for (let count = 1 + dice(4); count > 0; count--) {
    text = (MUTATIONS[dice(MUTATIONS.length)] ?? ((same) => same))(text, pick(), dice).slice(0, 20_000);
  }
  return text;
}
