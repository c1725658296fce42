/** A block of a prompt file that is for models of one size only: a line `<small>` or `<large>`, its lines, a line that closes it. */
const BLOCK = /^<(small|large)>[ \t]*\n([\s\S]*?)^<\/\1>[ \t]*(?:\n|$)/gm;

/** A line that opens or closes a block. */
const MARK = /^<(\/?)(\w+)>[ \t]*$/gm;

/**
 * Takes the text of a prompt file for models of one size: blocks for the other size go, the marks of its own, too.
 *
 * @param text text of a prompt file
 * @param variant small or large
 * @returns the text without blank lines at its ends
 */
export function variantText(text: string, variant: "small" | "large"): string {
  return text.replace(BLOCK, (_block, size: string, body: string) => size === variant ? body : "")
    .replace(/\n{3,}/g, "\n\n").trim();
}

/**
 * Finds marks of blocks that have no other end, or no meaning.
 *
 * @param text text of a prompt file
 * @returns faults with their place in the text
 */
export function variantFaults(text: string): readonly { readonly offset: number; readonly text: string }[] {
  const faults: { offset: number; text: string }[] = [];
  let open: { size: string; offset: number } | null = null;
  for (const mark of text.matchAll(MARK)) {
    const [, closes, size = ""] = mark;
    if (size !== "small" && size !== "large") continue;
    if (closes === "/") {
      if (open?.size !== size) faults.push({ offset: mark.index, text: `</${size}> closes nothing.` });
      open = null;
    } else {
      if (open !== null) faults.push({ offset: open.offset, text: `<${open.size}> is not closed by </${open.size}>.` });
      open = { size, offset: mark.index };
    }
  }
  if (open !== null) faults.push({ offset: open.offset, text: `<${open.size}> is not closed by </${open.size}>.` });
  return faults;
}
