const TEST_FOLDER = /(^|\/)(tests?|__tests__|specs?)\//;
const TEST_FILE = /(^|\/)(test_[^/]*\.py|[^/]*(_test|\.test|_spec|\.spec|-test)\.[a-z]+|conftest\.py)$/i;

/**
 * Tells whether a file judges the work rather than being the work.
 *
 * @param path file, relative to the project
 * @returns true for files in test folders or named as tests
 */
export function isTestPath(path: string): boolean {
  return TEST_FOLDER.test(path) || TEST_FILE.test(path);
}
