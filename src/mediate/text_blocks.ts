/** A fenced block of a reply. */
export interface Block {
  /** The language that its fence names; empty where none. */
  readonly label: string;
  /** All that stands behind the fence's marks. */
  readonly info: string;
  /** The last line before it that is not blank, trimmed. */
  readonly lead: string;
  readonly text: string;
  /** False where the fence was opened and never closed. */
  readonly closed: boolean;
}

const FENCE = /^([ \t]*)(`{3,}|~{3,})([^\n`]*)$/;

/** @param lines lines of a reply @returns the lines that hold marks of a fence, by their index */
export function fenceLines(lines: readonly string[]): readonly number[] {
  return lines.flatMap((line, index) => FENCE.test(line.trimEnd()) ? [index] : []);
}

/** @param line a fence's line @returns the language of its label, without a path or attributes */
export function labelOf(line: string): string {
  return infoOf(line).split(/[\s:,{=]/)[0] ?? "";
}

function infoOf(line: string): string {
  return FENCE.exec(line.trimEnd())?.[3]?.trim() ?? "";
}

/** How much deeper than the fence around it a fence is of the text: by CommonMark it closes nothing there. */
const DEEPER = 4;

/**
 * Finds blocks by their marks: a labelled fence inside a block opens a nested one, a bare one closes the innermost. Where one that stands
 * deep inside is of the text, as in an example within a comment, and where they come in no pairs, they are meant all the same.
 * @param fences what {@link fenceLines} found
 */
export function blocksOf(lines: readonly string[], fences: readonly number[]): readonly Block[] {
  const [first] = fences;
  const flat = fences.filter((index) => depthOf(lines[index]) < depthOf(lines[first!]) + DEEPER);
  if (flat.length === fences.length) return blocksBy(lines, fences);
  const blocks = blocksBy(lines, flat);
  const isOpen = blocks.some(({ closed }) => !closed);
  // Marks that stand deep inside come in pairs; where a block does not end, what is labelled would be lost in it.
  const isMeant = (fences.length - flat.length) % 2 === 1 ||
    isOpen && flat.slice(1).some((index) => labelOf(lines[index]!) !== "");
  return isMeant ? blocksBy(lines, fences) : blocks;
}

function depthOf(line = ""): number {
  return FENCE.exec(line.trimEnd())?.[1]?.length ?? 0;
}

function blocksBy(lines: readonly string[], fences: readonly number[]): readonly Block[] {
  const blocks: Block[] = [];
  let depth = 0;
  let start = -1;
  for (const index of fences) {
    const line = lines[index] ?? "";
    const [, , marks = "", info = ""] = FENCE.exec(line.trimEnd()) ?? [];
    const opening = FENCE.exec((lines[start] ?? "").trimEnd());
    if (depth === 0) {
      start = index;
      depth = 1;
    } else if (marks[0] !== opening?.[2]?.[0] || marks.length < (opening?.[2]?.length ?? 0)) continue;
    else if (info.trim() !== "") depth++;
    else if (--depth === 0) blocks.push(blockBetween(lines, start, index, true));
  }
  if (depth > 0) {
    const inner = fences.filter((index) => index > start);
    const last = inner.at(-1);
    const trailing = last !== undefined && lines.slice(last + 1).join("").trim() === "";
    blocks.push(blockBetween(lines, start, trailing ? last : lines.length, trailing));
  }
  return blocks;
}

/**
 * Finds the one block of a Markdown file, inside which fences stand: the outer one ends at the last bare fence.
 * @param first the outer fence's line
 */
export function outerBlock(lines: readonly string[], first: number, fences: readonly number[]): Block {
  const inner = fences.filter((index) => index > first);
  const last = inner.findLast((index) => labelOf(lines[index] ?? "") === "");
  // With as many openings as closings after the first, the last bare fence belongs to an inner block.
  const labelled = inner.filter((index) => labelOf(lines[index] ?? "") !== "").length;
  const bare = inner.length - labelled;
  const closed = last !== undefined && bare > labelled;
  return blockBetween(lines, first, closed ? last : lines.length, closed);
}

function blockBetween(lines: readonly string[], start: number, end: number, closed: boolean): Block {
  const [, indent = ""] = FENCE.exec((lines[start] ?? "").trimEnd()) ?? [];
  const body = lines.slice(start + 1, end).map((line) =>
    indent !== "" && line.startsWith(indent) ? line.slice(indent.length) : line
  );
  const before = lines.slice(Math.max(0, start - 4), start).findLast((line) => line.trim() !== "") ?? "";
  return {
    label: labelOf(lines[start] ?? ""),
    info: infoOf(lines[start] ?? ""),
    lead: before.trim(),
    text: body.join("\n"),
    closed,
  };
}
