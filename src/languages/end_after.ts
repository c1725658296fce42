/**
 * Finds where a mark ends.
 *
 * @param from index from which it is looked for
 * @returns index behind the first one; the text's length where there is none
 */
export function endAfter(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}
