/**
 * Adds the tag that a name without one stands for.
 * @param name name of a model
 * @returns the name with its tag
 */
export function tagged(name: string): string {
  return name.includes(":") ? name : `${name}:latest`;
}
