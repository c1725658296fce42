/** Characters that a terminal obeys, or that have a person read something else than stands there. */
const CHARACTERS: readonly string[] = [
  ...range(0x00, 0x08),
  ...range(0x0b, 0x1f),
  ...range(0x7f, 0x9f),
  "\u00ad",
  "\u061c",
  ...range(0x200b, 0x200f),
  ...range(0x2028, 0x202e),
  ...range(0x2060, 0x206f),
  "\ufeff",
  "\ufff9",
  "\u{e0041}",
  "\ud83d",
  "\ude00",
];

/** Whole and broken sequences, in 7 and in 8 bits. */
const SEQUENCES: readonly string[] = [
  "\x1b[2J",
  "\x1b[31;1m",
  "\x1b[6n",
  "\x1b[?1049h",
  "\x1bc",
  "\x1b(0",
  "\x1b[",
  "\x9b2J",
]
  .concat(
    ["]0;title", "]52;c;ZXZpbA==", "]8;;http://evil", "Pq#0", "_app", "^pm", "Xsos"].flatMap((string) =>
      ["", "\x07", "\x1b\\", "\x9c", "\x1b[31m"].map((end) => `\x1b${string}${end}`)
    ),
  )
  .concat([
    "\x9d0;title\x07",
    "\x90q\x9c",
    "\x9fapp",
    "\x1b\x1b[0m[31m",
    "\x1b]0;\x1b]0;",
    "\r\x1b[2K",
    "\x1b[\x1b[31m",
  ]);

/** Two hundred texts with control sequences and characters, each inside words. */
export const HOSTILE: readonly string[] = [...CHARACTERS, ...SEQUENCES]
  .flatMap((text, index) => [`h${index}${text}i`, `${text}${index}`]).slice(
    0,
    2 * (CHARACTERS.length + SEQUENCES.length),
  );

/** What may not reach a terminal, but for line breaks and tabs. */
const ARRIVED =
  // deno-lint-ignore no-control-regex
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\ud800-\udfff]/u;

/**
 * Finds what may not reach a terminal.
 *
 * @param text what was written to it
 * @returns the first such character with what stands around it, as JSON; null where there is none
 */
export function arrivedIn(text: string): string | null {
  const at = text.search(ARRIVED);
  return at === -1 ? null : JSON.stringify(text.slice(Math.max(0, at - 40), at + 40));
}

/** Members of facts and of state that hold words of people, models, files and servers. */
const WORDS: ReadonlySet<string> = new Set(
  "goal label version dirty description reason text question context evidence cause describes checks path files name model host summary name title broke commands fault partial content url tool target project query message"
    .split(" "),
);

/**
 * Puts a hostile text before all words in a value; what is an id (`t1`, `k2.ask.1`) or a word of a closed list stays.
 *
 * @param value facts, or a state
 * @param word what is put before
 */
export function poisoned<T>(value: T, word: string, key = ""): T {
  if (typeof value === "string") {
    const isId = /^[a-z]{1,4}\d+(?:\.|$)/i.test(value) || value.length === 0;
    return (WORDS.has(key) && !isId ? `${word} ${value}` : value) as T;
  }
  if (Array.isArray(value)) return value.map((item) => poisoned(item, word, key)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, poisoned(item, word, name)]),
  ) as T;
}

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index));
}
