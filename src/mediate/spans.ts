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

/** A place, and whether what stands there is written well. */
export interface Place {
  readonly span: Span;
  readonly sound: boolean;
}

interface Sorted extends Place {
  readonly group: number;
  readonly index: number;
}

/**
 * Finds what stands inside a place of another group: within a greater one, or begun within a sound one by what is not sound.
 * @param groups places; those of one group may stand inside one another
 * @returns the same groups with, for each place, whether it stands inside one of another group
 */
export function insideOthers(groups: readonly (readonly Place[])[]): readonly (readonly boolean[])[] {
  const inside = groups.map((places) => places.map(() => false));
  const all = groups.flatMap((places, group) => places.map((place, index): Sorted => ({ ...place, group, index })));
  all.sort((left, right) => left.span[0] - right.span[0] || right.span[1] - left.span[1]);
  const any = new Furthest();
  const sound = new Furthest();
  for (const place of all) {
    const { span: [start, end], group, index } = place;
    const outer = any.otherThan(group)?.span;
    const firm = sound.otherThan(group)?.span;
    const within = outer !== undefined && (outer[1] > end || (outer[1] === end && outer[0] < start));
    const begun = !place.sound && firm !== undefined && firm[0] < start && firm[1] > start;
    if (within || begun) inside[group]![index] = true;
    any.add(place);
    if (place.sound) sound.add(place);
  }
  return inside;
}

/** The place that reaches furthest, and the one of any other group that does. */
class Furthest {
  private first: Sorted | null = null;
  private second: Sorted | null = null;

  add(place: Sorted): void {
    const { first, second } = this;
    if (first === null || place.span[1] > first.span[1]) {
      if (first !== null && first.group !== place.group) this.second = first;
      this.first = place;
    } else if (place.group !== first.group && (second === null || place.span[1] > second.span[1])) this.second = place;
  }

  otherThan(group: number): Sorted | null {
    return this.first !== null && this.first.group !== group ? this.first : this.second;
  }
}
