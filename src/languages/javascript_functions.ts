/** Most characters of a type, and of what stands in its `<…>`, beside what stands in other brackets. */
const MOST = 1_000;
const MOST_TAKEN = 500;
/** Words of types behind which a type goes on. */
const GOES_ON = new Set("is keyof extends asserts typeof infer readonly new unique abstract".split(" "));

/** Code without comments and quotes, and where its brackets close. */
export interface FunctionCode {
  readonly text: string;
  /** Index behind the bracket that closes, by that of the one that opens. */
  readonly ends: ReadonlyMap<number, number>;
}

/** Finds the brackets of code, which must be without comments and quotes. */
export function functionCode(text: string): FunctionCode {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if ("([{".includes(text[at]!)) open.push(at);
    else if (")]}".includes(text[at]!) && open.length > 0) ends.set(open.pop()!, at + 1);
  }
  return { text, ends };
}

/** Behind blanks and ends of lines. */
export function behindBlanks(text: string, at: number): number {
  while (at < text.length && /\s/.test(text[at]!)) at++;
  return at;
}

/**
 * Finds the body of a function behind its name.
 *
 * @param code code in which it stands
 * @param at index at which what it takes begins: types, or parameters
 * @param opens what the body begins with
 * @returns index of that; -1 where no function stands there, or only how it is called
 */
export function bodyAt(code: FunctionCode, at: number, opens: "{" | "=>"): number {
  const { text } = code;
  let end = behindBlanks(text, at);
  if (text[end] === "<") end = behindAngles(code, end);
  if (end < 0) return -1;
  end = behindBlanks(text, end);
  if (text[end] !== "(") return -1;
  end = behindBrackets(code, end);
  if (end < 0) return -1;
  end = behindBlanks(text, end);
  if (text[end] === ":") return typeEnd(code, end + 1, opens);
  return text.startsWith(opens, end) ? end : -1;
}

/**
 * Finds the body of a function that stands as a value.
 *
 * @param code code in which it stands
 * @param at index behind `=` or `:`
 * @returns index of its `{`, or of the `=>` before its body; -1 where the value is no function
 */
export function valueBody(code: FunctionCode, at: number): number {
  const { text } = code;
  const from = behindBlanks(text, at);
  const head = text.slice(from, from + MOST);
  const named = /^(?:async\s{1,20})?function\b\s{0,20}(?:\*\s{0,20})?[\w$]{0,200}/.exec(head)?.[0];
  if (named !== undefined) return bodyAt(code, from + named.length, "{");
  const single = /^(?:async[ \t]{1,20})?[\w$]{1,200}\s{0,20}(?==>)/.exec(head)?.[0];
  if (single !== undefined) return from + single.length;
  return bodyAt(code, from + (/^async\b/.exec(head)?.[0].length ?? 0), "=>");
}

/**
 * Finds where a type ends.
 *
 * @param code code in which it stands
 * @param at index behind its `:`
 * @param end what stands behind it
 * @returns index of that; -1 where something else does
 */
export function typeEnd(code: FunctionCode, at: number, end: "{" | "=>" | "="): number {
  const { text } = code;
  // What stands before: a sign behind which a type goes on, or a whole one.
  let isOpen = true;
  let steps = 0;
  for (let index = at; index < text.length && steps < MOST; steps++) {
    const sign = text[index]!;
    if (/\s/.test(sign)) index++;
    else if (end === "{" && sign === "{" && !isOpen) return index;
    else if (text.startsWith("=>", index)) {
      if (end === "=>") return index;
      index += 2;
      isOpen = true;
    } else if (sign === "=") return end === "=" ? index : -1;
    else if (/[;,)\]}]/.test(sign)) return -1;
    else if (/[([{<]/.test(sign)) {
      index = sign === "<" ? behindAngles(code, index) : behindBrackets(code, index);
      if (index < 0) return -1;
      isOpen = false;
    } else if (/[\w$"]/.test(sign)) {
      const word = /^(?:[\w$]+|"\s*")/.exec(text.slice(index, index + 200))?.[0] ?? sign;
      // Two types behind each other: the second belongs to what follows.
      if (!isOpen && !GOES_ON.has(word)) return -1;
      isOpen = GOES_ON.has(word);
      index += word.length;
    } else {
      isOpen = true;
      index++;
    }
  }
  return -1;
}

/** Behind the brackets that open at a place; -1 where they do not close. */
function behindBrackets({ ends }: FunctionCode, at: number): number {
  return ends.get(at) ?? -1;
}

/** Behind `<…>`; -1 where it does not close, as where it says that something is less. */
function behindAngles(code: FunctionCode, at: number): number {
  const { text } = code;
  let depth = 0;
  let steps = 0;
  for (let end = at; end >= 0 && end < text.length && steps < MOST_TAKEN; steps++) {
    const sign = text[end]!;
    if ("([{".includes(sign)) {
      end = behindBrackets(code, end);
      continue;
    }
    if (/[;)\]}]/.test(sign)) return -1;
    if (sign === "<") depth += 1;
    else if (sign === ">" && text[end - 1] !== "=" && --depth === 0) return end + 1;
    end += 1;
  }
  return -1;
}
