/** Names of files that people read, by their ending. */
const READ = /\.(?:md|mdx|markdown|rst|adoc|org|txt)$/i;
/** Folders of documents. */
const FOLDER = /(?:^|\/)(?:docs?|documentation|manual)\//i;
/** Documents by their names alone. */
const NAMED = /(?:^|\/)(?:README|CHANGELOG|NEWS|HISTORY)$/i;
/** Texts that machines read. */
const FOR_MACHINES = /(?:^|\/)(?:requirements[^/]*|constraints[^/]*|CMakeLists|robots|package-list)\.txt$/i;

/**
 * Tells whether a file of a project is written for people: what the documentation phase may change.
 *
 * @param path file, relative to the project
 * @returns true for documents
 */
export function isDocument(path: string): boolean {
  // Most files are no documents by any of the three, and each turn looks at all of them.
  return (READ.test(path) || FOLDER.test(path) || NAMED.test(path)) && !FOR_MACHINES.test(path);
}
