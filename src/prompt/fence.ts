import type { Piece } from "./prompt.ts";

/** The shortest fence. */
const FENCE = "```";
const OPENS = /(?:^|\n)(`{3,})([^\n`]*)\n$/;
const FENCE_LINE = /^(`{3,})[^`]*$/;

/**
 * Encloses a text that is shown as it is, in lines of its own.
 *
 * @param title what stands above it
 * @param text the text; {@link grown} makes the fence longer than any in it
 * @param info what is said of it behind the opening fence, such as `diff`
 */
export function fenced(title: string, text: Piece, info = ""): Piece[] {
  return [`${title}\n${FENCE}${info}\n`, text, `\n${FENCE}`];
}

/**
 * Makes each fence of a message longer than all backticks in what it encloses: no text can close its own.
 *
 * @param texts the pieces of a message, read
 * @returns the same pieces
 */
export function grown(texts: readonly string[]): string[] {
  const all = [...texts];
  for (let index = 1; index < all.length - 1; index++) {
    const [, ticks, info = ""] = OPENS.exec(all[index - 1]!) ?? [];
    if (ticks === undefined || !all[index + 1]!.startsWith(`\n${ticks}`)) continue;
    const longest = all[index]!.match(/`{3,}/g)?.reduce((most, run) => Math.max(most, run.length), 0) ?? 0;
    if (longest < ticks.length) continue;
    const fence = "`".repeat(longest + 1);
    all[index - 1] = `${all[index - 1]!.slice(0, -ticks.length - info.length - 1)}${fence}${info}\n`;
    all[index + 1] = `\n${fence}${all[index + 1]!.slice(1 + ticks.length)}`;
  }
  return all;
}

/** The fence that a line opens; null where it opens none. */
export function fenceOf(line: string | undefined): string | null {
  return FENCE_LINE.exec(line ?? "")?.[1] ?? null;
}
