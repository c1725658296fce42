/** Offsets into a text, `[start, end)`. */
export type Span = readonly [number, number];

/** The places of a text that are taken. */
export class Cover {
  private readonly spans: Span[] = [];

  /** @param spans places that are taken, in any order */
  constructor(spans: readonly Span[]) {
    for (const [start, end] of spans.toSorted((left, right) => left[0] - right[0])) {
      const last = this.spans.at(-1);
      if (last === undefined || start > last[1]) this.spans.push([start, end]);
      else if (end > last[1]) this.spans[this.spans.length - 1] = [last[0], end];
    }
  }

  /** @param end the text's length @returns the places that are free, in order */
  gaps(end: number): readonly Span[] {
    const starts = [0, ...this.spans.map((span) => span[1])];
    return starts.map((start, index): Span => [start, this.spans[index]?.[0] ?? end]);
  }

  /** @param span a place @returns whether a part of it is taken */
  overlaps([start, end]: Span): boolean {
    let low = 0;
    let high = this.spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.spans[middle]?.[1] ?? 0) > start) high = middle;
      else low = middle + 1;
    }
    const next = this.spans[low];
    return next !== undefined && next[0] < end;
  }
}

/**
 * Finds what stands inside a span of another group.
 * @param groups spans; those of one group may stand inside one another
 * @returns the same groups with, for each span, whether it stands inside a greater one of another group
 */
export function insideOthers(groups: readonly (readonly Span[])[]): readonly (readonly boolean[])[] {
  const inside = groups.map((spans) => spans.map(() => false));
  const all = groups.flatMap((spans, group) => spans.map((span, index) => ({ span, group, index })));
  all.sort((left, right) => left.span[0] - right.span[0] || right.span[1] - left.span[1]);
  // The furthest end so far, and the furthest of any other group.
  let first: { span: Span; group: number } | null = null;
  let second: { span: Span; group: number } | null = null;
  for (const { span, group, index } of all) {
    const other = first !== null && first.group !== group ? first : second;
    if (other !== null && (other.span[1] > span[1] || (other.span[1] === span[1] && other.span[0] < span[0]))) {
      const row = inside[group];
      if (row !== undefined) row[index] = true;
    }
    if (first === null || span[1] > first.span[1]) {
      if (first !== null && first.group !== group) second = first;
      first = { span, group };
    } else if (group !== first.group && (second === null || span[1] > second.span[1])) second = { span, group };
  }
  return inside;
}
