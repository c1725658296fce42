/** Most names of one list of exports that are looked at. */
const MOST_NAMES = 400;

/**
 * Makes a finder of the names that a text offers to others, by lines and lists.
 *
 * @param lines first lines of what is offered; the first group is its name
 * @param lists texts that list names; the first group is the list, of which `a as b` and `b: a` offer `b`
 * @returns the finder, as `Language.exports` wants it
 */
export function exportsByForm(lines: readonly RegExp[], lists: readonly RegExp[] = []): (text: string) => string[] {
  return (text) => {
    const found = new Set<string>();
    for (const line of text.split("\n")) {
      const short = line.slice(0, 400);
      const name = lines.map((form) => form.exec(short)?.[1]).find((one) => one !== undefined);
      if (name !== undefined) found.add(name);
    }
    for (const list of lists) {
      for (const [, names = ""] of text.matchAll(list)) {
        for (const one of names.split(",").slice(0, MOST_NAMES)) {
          const name = /^["']?([\w$]+)/.exec(one.trim().replace(/^\S+[ \t]+as[ \t]+/, ""))?.[1];
          if (name !== undefined) found.add(name);
        }
      }
    }
    return [...found];
  };
}
