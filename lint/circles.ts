/**
 * Finds the circles in a graph of imports: the largest sets of files of which each reaches each other.
 *
 * @param imports the files that each file imports
 * @returns the circles, the largest first, the files of each in order; a file that imports itself is one
 */
export function circlesOf(imports: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  // Tarjan's algorithm: a file that reaches nothing older than itself closes the circle of all that was entered after it.
  const entered = new Map<string, number>();
  const oldest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const enter = (file: string): void => {
    entered.set(file, entered.size);
    oldest.set(file, entered.get(file)!);
    open.push(file);
    for (const next of imports.get(file) ?? []) {
      if (!imports.has(next)) continue;
      if (!entered.has(next)) enter(next);
      if (open.includes(next)) oldest.set(file, Math.min(oldest.get(file)!, oldest.get(next)!));
    }
    if (oldest.get(file) !== entered.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1 || imports.get(file)?.includes(file)) circles.push(circle.sort());
  };
  for (const file of imports.keys()) {
    if (!entered.has(file)) enter(file);
  }
  return circles.sort((one, other) => other.length - one.length || (one[0]! < other[0]! ? -1 : 1));
}
