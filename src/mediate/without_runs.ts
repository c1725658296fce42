/** Longest run of blanks, or of one sign, that is kept. */
const LONGEST_RUN = 500;

/**
 * Shortens runs of blanks and of one and the same sign that no text of use holds: models that are stuck write them, and patterns that
 * are quick on any other text would take the square of their length. Letters and digits stay: data may hold such runs.
 *
 * @param text a reply, or a part of it
 * @returns it, each such run cut to 500 characters
 */
export function withoutRuns(text: string): string {
  const parts: string[] = [];
  let from = 0;
  let begun = 0;
  for (let at = 1; at <= text.length; at++) {
    if (at < text.length && goesOn(text.charCodeAt(at - 1), text.charCodeAt(at))) continue;
    if (at - begun > LONGEST_RUN && isSign(text.charCodeAt(begun))) {
      parts.push(text.slice(from, begun + LONGEST_RUN));
      from = at;
    }
    begun = at;
  }
  return parts.length === 0 ? text : parts.join("") + text.slice(from);
}

function goesOn(before: number, code: number): boolean {
  return before === code || (isBlank(before) && isBlank(code));
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff ||
    (code >= 0x2000 && code <= 0x200a) || code === 0x2028 || code === 0x2029 || code === 0x3000;
}

/** Whether a code is neither a letter nor a digit of ASCII; those of other scripts count as signs. */
function isSign(code: number): boolean {
  return !(code >= 48 && code <= 57) && !(code >= 65 && code <= 90) && !(code >= 97 && code <= 122);
}
