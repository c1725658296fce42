/**
 * Makes what cannot be seen in a text visible: a person approves what stands there, not what a terminal makes of it.
 *
 * @param text any text, also of a model
 * @returns the text, each character without a shape of its own as `\u{…}`; line breaks and tabs stay
 */
export function visible(text: string): string {
  return text.replaceAll(
    /(?![\n\t])[\p{C}\p{Zl}\p{Zp}\u{34f}\u{115f}\u{1160}\u{3164}\u{fe00}-\u{fe0f}]|(?! )\p{Zs}/gu,
    (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`,
  );
}
