import assert from "node:assert/strict";
import type { CellStyle, StyledText } from "./virtual_terminal.ts";

const INKS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/**
 * Compares a frame with the one that is stored, `tests/tui/golden/NAME.txt`. With `-- --golden` behind the names of the tests it is written
 * anew: what changed is then read in the difference.
 *
 * @param name of the file
 * @param rows rows of the frame
 */
export async function assertGolden(name: string, rows: readonly string[]): Promise<void> {
  const path = new URL(`golden/${name}.txt`, import.meta.url);
  const text = `${rows.map((row) => row.trimEnd()).join("\n").trimEnd()}\n`;
  if (Deno.args.includes("--golden")) return await Deno.writeTextFile(path, text);
  const stored = await Deno.readTextFile(path).catch(() => "");
  assert.equal(text, stored, `${name}: deno task golden writes the frames anew`);
}

/** Writes the rows of a frame with their styles: `‹bold cyan:text›`; text of the terminal's own look stands as it is. */
export function writtenStyles(rows: readonly (readonly StyledText[])[]): string[] {
  return rows.map((row) =>
    row.map(({ text, style }) => {
      const words = wordsOf(style);
      return words === "" || text.trim() === "" && !style.inverse ? text : `‹${words}:${text}›`;
    }).join("")
  );
}

function wordsOf({ ink, ground, bold, dim, inverse, underline }: CellStyle): string {
  assert.equal(ground, null, "no theme that comes with the program has a ground");
  assert.ok(ink === null || typeof ink === "number" && ink < 16, `${ink} is none of the sixteen colours`);
  return [
    ...(bold ? ["bold"] : []),
    ...(dim ? ["dim"] : []),
    ...(underline ? ["underline"] : []),
    ...(inverse ? ["inverse"] : []),
    ...(ink === null ? [] : [`${ink < 8 ? "" : "bright-"}${INKS[ink % 8]}`]),
  ].join(" ");
}
