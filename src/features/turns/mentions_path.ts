/**
 * Tells whether a text names a file: by its path, or by its name where that can hardly mean anything else.
 *
 * @param path relative to the project
 */
export function mentionsPath(text: string, path: string): boolean {
  if (text.includes(path)) return true;
  const base = path.slice(path.lastIndexOf("/") + 1);
  return base.length > 4 && base.includes(".") && text.includes(base);
}
