/**
 * What each role of text looks like, in words: names of the terminal's colours and attributes. The one place that says it. Meaning is never
 * carried by it alone: there is always a word or a sign with it.
 */
const TERMINAL = {
  /** Ordinary text. */
  plain: "",
  /** What matters less. */
  dim: "dim",
  /** What matters more. */
  strong: "bold",
  /** What stands over a part. */
  heading: "cyan",
  /** What has the keys. */
  focus: "cyan",
  /** What is at work now. */
  works: "cyan",
  /** A key, or a command that can be typed. */
  key: "cyan",
  /** What a model calls. */
  call: "cyan",
  /** The filled part of a meter. */
  meter: "cyan",
  /** What went well. */
  passed: "green",
  /** What went wrong. */
  failed: "red",
  /** Lines that come. */
  added: "green",
  /** Lines that go. */
  removed: "red",
  /** What waits for a person, or is held. */
  waits: "yellow",
  /** What is near its end, or otherwise than it should be. */
  warned: "yellow",
  /** The row that keys mean. */
  selected: "inverse",
  /** A word that stands for the whole screen, or that calls. */
  label: "inverse",
  /** Where the next character goes. */
  cursor: "inverse",
};

/** A role of text: how it looks is the theme's. */
export type Style = keyof typeof TERMINAL;

/** What each role of text looks like, in words such as `bold red`. */
export type Theme = Readonly<Record<Style, string>>;

/** SGR sequences by style; the empty text where a style does not show. */
export type Palette = Readonly<Record<Style, string>>;

/** The numbers of SGR by their words. */
const CODES: Readonly<Record<string, number>> = {
  bold: 1,
  dim: 2,
  inverse: 7,
  red: 31,
  green: 32,
  yellow: 33,
  cyan: 36,
};

/** Attributes in place of colours: they tell apart what a person has to see, and leave the rest to signs and words. */
const WITHOUT_COLOUR: Theme = {
  ...TERMINAL,
  heading: "bold",
  focus: "bold",
  works: "bold",
  key: "bold",
  call: "bold",
  meter: "bold",
  passed: "",
  failed: "bold",
  added: "",
  removed: "bold",
  waits: "bold",
  warned: "bold",
};

function paletteOf(theme: Theme): Palette {
  const sgr = (words: string): string => {
    const codes = words.split(" ").flatMap((word) => CODES[word] ?? []);
    return codes.length === 0 ? "" : `\x1b[${codes.join(";")}m`;
  };
  return Object.fromEntries(Object.entries(theme).map(([style, words]) => [style, sgr(words)])) as Palette;
}

/**
 * Chooses the colours of the screen.
 *
 * @param env `NO_COLOR` (set and not empty: no colours), `TERM` (`dumb`: no styles at all)
 */
export function paletteFor(env: { readonly NO_COLOR?: string; readonly TERM?: string }): Palette {
  if (env.TERM === "dumb") {
    return paletteOf({ ...TERMINAL, ...Object.fromEntries(Object.keys(TERMINAL).map((style) => [style, ""])) });
  }
  return paletteOf(env.NO_COLOR ? WITHOUT_COLOUR : TERMINAL);
}
