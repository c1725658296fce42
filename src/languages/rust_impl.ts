/** Characters of the head of an implementation that are looked at. */
const MOST = 2_000;

/** What an implementation is of. */
export interface Implementation {
  /** The last part of the type's path, without what it takes; null for a type without a name, such as a tuple. */
  readonly type: string | null;
  /** Whether it is the one of a trait. */
  readonly isOfTrait: boolean;
}

/**
 * Reads the head of an implementation in Rust.
 *
 * @param code code without comments and quotes, in which the head stands
 * @param at index behind the word `impl`
 */
export function implementationAt(code: string, at: number): Implementation {
  const head = code.slice(at, at + MOST);
  const open = /^\s{0,99}</.exec(head);
  const from = open === null ? 0 : behindAngles(head, open[0].length - 1);
  let start = from;
  let isOfTrait = false;
  let end = from;
  for (; end < head.length && !/[{;]/.test(head[end]!); end++) {
    if (head[end] === "<") end = behindAngles(head, end) - 1;
    else if (/\s/.test(head[end]!) && /^where\b/.test(head.slice(end + 1, end + 7))) break;
    else if (!isOfTrait && /\s/.test(head[end]!) && /^for\s/.test(head.slice(end + 1, end + 5))) {
      start = end + 4;
      isOfTrait = true;
    }
  }
  const type = head.slice(start, end).trim().replace(/^(?:&\s*)?(?:\x27\w{1,80}\s+)?(?:(?:mut|dyn|const)\s+)?/, "");
  const path = /^(?:::)?\w+(?:\s*::\s*\w+)*/.exec(type)?.[0];
  return { type: path === undefined ? null : path.slice(path.lastIndexOf(":") + 1).trim(), isOfTrait };
}

/** Behind the bracket that closes the one at a place; at the text's end where none does. The arrow of a function closes none. */
function behindAngles(text: string, at: number): number {
  let depth = 0;
  for (let end = at; end < text.length; end++) {
    if (text[end] === "<") depth += 1;
    else if (text[end] === ">" && text[end - 1] !== "-" && --depth === 0) return end + 1;
  }
  return text.length;
}
