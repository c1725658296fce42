/**
 * Writes JSON as Go's encoder does: the characters `<`, `>` and `&` are escaped.
 * @param value any JSON value
 * @returns the text, byte for byte as Ollama sends and renders it
 */
export function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
