/**
 * Tells whether a JSON value is an object.
 * @param value any value
 * @returns true for an object that is neither null nor an array
 */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
