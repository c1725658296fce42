/** What stands for itself in a path, and for something else in the address of a file. */
const SPECIAL = /[%\\\n\r\t]/g;

/**
 * Gives the address of a file. That of `node:url` does the same, and costs each process of a plugin the start of all that is Node in Deno.
 *
 * @param path absolute path
 */
export function fileUrl(path: string): string {
  const url = new URL("file:///");
  url.pathname = path.replaceAll(SPECIAL, encodeURIComponent);
  return url.href;
}

/** Gives the path of a file whose address is known. */
export function filePath(url: string): string {
  return decodeURIComponent(new URL(url).pathname);
}
