/** Which models of a host are used, by patterns in which `*` stands for any text. */
export interface ModelPatterns {
  /** Only these; absent: all. */
  readonly include?: readonly string[];
  /** None of these. */
  readonly exclude?: readonly string[];
}

/**
 * Whether a model of a host is used.
 *
 * @param name name as the host gives it; capitals and small letters are the same
 */
export function isUsed(name: string, { include, exclude }: ModelPatterns): boolean {
  const fits = (pattern: string) => fitsPattern(name.toLowerCase(), pattern.toLowerCase());
  return (include === undefined || include.some(fits)) && exclude?.some(fits) !== true;
}

/** Whether a text fits a pattern: its parts stand in it in their order, the first at the beginning and the last at the end. */
function fitsPattern(text: string, pattern: string): boolean {
  const [first = "", ...parts] = pattern.split("*");
  const last = parts.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
