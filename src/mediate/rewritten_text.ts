import type { Span } from "./spans.ts";
import type { FoundCall } from "./types.ts";

/** A place of a text that was replaced. */
interface Edit {
  /** Where it stands now. */
  readonly now: Span;
  /** Where it stood. */
  readonly was: Span;
}

/** A text in which slips of writing are replaced, so that a format can read it, and where each place of it stood before. */
export class RewrittenText {
  readonly text: string;
  private readonly edits: readonly Edit[];

  /**
   * @param original the text as it was written
   * @param slips global expression for what may be a slip
   * @param replaced what stands there instead; the same text where it is no slip
   */
  constructor(original: string, slips: RegExp, replaced: (found: RegExpExecArray) => string) {
    const edits: Edit[] = [];
    let text = "";
    let end = 0;
    for (const found of original.matchAll(slips)) {
      const instead = replaced(found);
      if (instead === found[0]) continue;
      const to = found.index + found[0].length;
      text += original.slice(end, found.index);
      edits.push({ now: [text.length, text.length + instead.length], was: [found.index, to] });
      text += instead;
      end = to;
    }
    this.text = text + original.slice(end);
    this.edits = edits;
  }

  /** Whether anything was replaced. */
  get changed(): boolean {
    return this.edits.length > 0;
  }

  /**
   * Places calls that were read from this text where they stood.
   * @param calls calls with offsets into this text
   * @param mended words for the slips, said of each call that holds one
   * @returns the calls with offsets into the original
   */
  placed(calls: readonly FoundCall[], mended: string): readonly FoundCall[] {
    return calls.map((call) => {
      const [start, end] = call.span;
      const first = this.editsBefore(start);
      const last = this.editsBefore(end);
      const holds = last > first || (this.edits[first - 1]?.now[1] ?? -1) > start;
      return {
        ...call,
        span: [this.offset(start, first, 0), this.offset(end, last, 1)],
        ...(holds ? { mended: [...(call.mended ?? []), mended] } : {}),
      };
    });
  }

  /** How many edits begin before an offset of this text. */
  private editsBefore(offset: number): number {
    let low = 0;
    let high = this.edits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.edits[middle]?.now[0] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** An offset in the original; one inside an edit is the edit's beginning or end. */
  private offset(offset: number, before: number, side: 0 | 1): number {
    const edit = this.edits[before - 1];
    if (edit === undefined) return offset;
    return offset < edit.now[1] ? edit.was[side] : edit.was[1] + offset - edit.now[1];
  }
}
