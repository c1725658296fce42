import { nearName } from "../mediate/near_name.ts";

/** A role of text: what it says, and how it looks in each theme that comes with Autonomy, in words such as `bold red`. */
type Role = readonly [says: string, terminal: string, light: string, dark: string, withoutColour: string];

/**
 * What each role of text looks like: the one place that says it. Meaning is never carried by it alone: there is always a word or a sign with
 * it. `terminal` keeps to what can be read on light and on dark grounds.
 */
const ROLES = {
  plain: ["ordinary text", "", "", "", ""],
  dim: ["what matters less", "dim", "dim", "dim", "dim"],
  strong: ["what matters more", "bold", "bold", "bold", "bold"],
  heading: ["what stands over a part", "bold cyan", "bold blue", "bold bright-cyan", "bold"],
  focus: ["what has the keys", "cyan", "blue", "bright-cyan", "bold"],
  works: ["what is at work now", "cyan", "blue", "bright-cyan", "bold"],
  key: ["a key, or a command that can be typed", "cyan", "blue", "bright-cyan", "bold"],
  call: ["what a model calls", "cyan", "blue", "bright-cyan", "bold"],
  meter: ["the filled part of a meter", "cyan", "blue", "bright-cyan", "bold"],
  passed: ["what went well", "green", "green", "bright-green", ""],
  failed: ["what went wrong", "red", "red", "bright-red", "bold"],
  added: ["lines that come", "green", "green", "bright-green", ""],
  removed: ["lines that go", "red", "red", "bright-red", "bold"],
  waits: ["what waits for you, or is held", "yellow", "magenta", "bright-yellow", "bold"],
  warned: ["what is near its end, or not as it should be", "yellow", "magenta", "bright-yellow", "bold"],
  selected: ["the row that keys mean", "inverse", "inverse", "inverse", "inverse"],
  label: ["a word that calls, or stands for the whole screen", "inverse", "inverse", "inverse", "inverse"],
  found: ["what was found", "underline yellow", "underline magenta", "underline bright-yellow", "underline"],
  cursor: ["where the next character goes", "inverse", "inverse", "inverse", "inverse"],
  code: ["code within a sentence", "cyan", "blue", "bright-cyan", "bold"],
  link: ["an address", "underline", "underline", "underline", "underline"],
  keyword: ["in code: a word of the language", "magenta", "blue", "bright-magenta", ""],
  string: ["in code: a text", "yellow", "cyan", "bright-yellow", ""],
  number: ["in code: a number, or what stands for itself", "cyan", "cyan", "bright-cyan", ""],
  comment: ["in code: a comment", "dim", "dim", "dim", "dim"],
} as const satisfies Record<string, Role>;

/** A role of text: how it looks is the theme's. */
export type Style = keyof typeof ROLES;

/** What each role of text looks like, in words such as `bold red`. */
export type Theme = Readonly<Record<Style, string>>;

/** SGR sequences by style; the empty text where a style does not show. */
export type Palette = Readonly<Record<Style, string>>;

/** The roles of text, with what they say. */
export const STYLES: readonly (readonly [style: Style, says: string])[] = Object.entries(ROLES).map((
  [style, [says]],
) => [style as Style, says]);

function themeBy(look: (role: Role) => string): Theme {
  return Object.fromEntries(Object.entries(ROLES).map(([style, role]) => [style, look(role)])) as Theme;
}

/** Themes that come with Autonomy, by name: the first is the usual one. */
export const THEMES: Readonly<Record<"terminal" | "light" | "dark", Theme>> = {
  terminal: themeBy(([, terminal]) => terminal),
  light: themeBy(([, , light]) => light),
  dark: themeBy(([, , , dark]) => dark),
};

const WITHOUT_COLOUR = themeBy((role) => role[4]);

const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** The numbers of SGR by the words of a theme: attributes, the terminal's own colours, and the same as grounds. */
const CODES: ReadonlyMap<string, number> = new Map([
  ...Object.entries({ bold: 1, dim: 2, italic: 3, underline: 4, inverse: 7 }),
  ...COLOURS.flatMap((colour, index): [string, number][] => [
    [colour, 30 + index],
    [`bright-${colour}`, 90 + index],
    [`on-${colour}`, 40 + index],
    [`on-bright-${colour}`, 100 + index],
  ]),
]);

const wordsOf = (look: string): readonly string[] => look.split(/\s+/).filter((word) => word !== "");

/** Says what the look of a role may be made of. */
const WANTED = `attributes (bold, dim, italic, underline, inverse), a colour (${
  COLOURS.join(", ")
}, each also as bright-NAME), a ground (on-NAME)`;

/**
 * Says what is wrong with a line of a theme.
 *
 * @param style the role of text as it was written
 * @param look how it shall look, as it was written
 * @returns a sentence; null where nothing is
 */
export function styleFault(style: string, look: unknown): string | null {
  if (!Object.hasOwn(ROLES, style)) {
    const names = Object.keys(ROLES);
    const near = nearName(style, names);
    return `there is no such role of text; ${
      near === null ? `wanted one of ${names.join(", ")}` : `did you mean ${JSON.stringify(near)}?`
    }`;
  }
  if (typeof look !== "string") return `wanted a text such as "bold red"; found ${JSON.stringify(look)}`;
  const unknown = wordsOf(look).find((word) => !CODES.has(word));
  return unknown === undefined ? null : `${JSON.stringify(unknown)} is no look; wanted ${WANTED}`;
}

/**
 * Chooses the colours of the screen.
 *
 * @param env `NO_COLOR` (set and not empty: attributes in place of colours), `TERM` (`dumb`: no styles at all)
 * @param theme what holds elsewhere
 */
export function paletteFor(
  env: { readonly NO_COLOR?: string; readonly TERM?: string },
  theme: Theme = THEMES.terminal,
): Palette {
  const sgr = (look: string): string => {
    const codes = wordsOf(look).flatMap((word) => CODES.get(word) ?? []);
    return codes.length === 0 || env.TERM === "dumb" ? "" : `\x1b[${codes.join(";")}m`;
  };
  const held = env.NO_COLOR ? WITHOUT_COLOUR : theme;
  return Object.fromEntries(Object.entries(held).map(([style, look]) => [style, sgr(look)])) as Palette;
}
