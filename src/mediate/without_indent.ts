/**
 * Takes the blanks of a layout from a value: where the tag above it is indented and its one line stands deeper than that, the blanks
 * before it are the layout's. Of more lines some may be their own, so that all are kept.
 * @param value what stands between an opening and a closing tag
 * @param tag the opening tag with the blanks before it
 */
export function withoutIndent(value: string, tag: string): string {
  const indent = /\n([ \t]{1,200})\S/.exec(tag)?.[1];
  const [, blanks = "", line = ""] = /^\r?\n([ \t]{1,400})(\S[^\n]*)\n[ \t]*$/.exec(value) ?? [];
  return indent !== undefined && blanks.length > indent.length && blanks.startsWith(indent) ? line.trimEnd() : value;
}
