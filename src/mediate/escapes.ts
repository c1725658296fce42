/** A way in which all signs of a call may be written as those of another text. */
export interface Escape {
  /** What shows that calls may be written so. */
  readonly begins: RegExp;
  /** Global expression for the signs. */
  readonly signs: RegExp;
  /** What each of them says. */
  readonly plain: Readonly<Record<string, string>>;
  /** Words for what is mended. */
  readonly words: string;
}

/** Escapes in which whole calls were seen: the signs of a page, and a string of JSON right behind a tag or as the whole reply. */
export const ESCAPES: readonly Escape[] = [
  {
    begins: /(?:^|[\n>])[ \t]{0,40}(?:&lt;[\w|]|[[{]\s{0,40}&(?:quot|#34);)/,
    signs: /&(?:quot|lt|gt|amp|apos|#34|#39);/gi,
    plain: {
      "&quot;": '"',
      "&#34;": '"',
      "&apos;": "'",
      "&#39;": "'",
      "&lt;": "<",
      "&gt;": ">",
      "&amp;": "&",
    },
    words: "signs written as those of a page",
  },
  {
    begins: /(?:^|>)\s{0,40}"?[[{]\s{0,40}\\"/,
    signs: /\\["\\/nrt]/g,
    plain: { '\\"': '"', "\\\\": "\\", "\\/": "/", "\\n": "\n", "\\r": "\r", "\\t": "\t" },
    words: "a call that is written as a string",
  },
];
