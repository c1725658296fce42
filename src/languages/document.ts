/** Names of files that people read, by their ending. */
const READ = /\.(?:md|mdx|markdown|rst|adoc|org|txt)$/i;
/** Folders of documents. */
const FOLDER = /(?:^|\/)(?:docs?|documentation|manual)\//i;
/** Texts that machines read. */
const FOR_MACHINES = /(?:^|\/)(?:requirements[^/]*|constraints[^/]*|CMakeLists|robots|package-list)\.txt$/i;

/**
 * Tells whether a file of a project is written for people: what the documentation phase may change.
 *
 * @param path file, relative to the project
 * @returns true for documents
 */
export function isDocument(path: string): boolean {
  if (FOR_MACHINES.test(path)) return false;
  return READ.test(path) || FOLDER.test(path) || /(?:^|\/)(?:README|CHANGELOG|NEWS|HISTORY)$/i.test(path);
}
