/** What a name that differs each time may look like: long numbers, hexadecimal ids, clock times, addresses, temporary folders. */
const MAY_CHANGE = /\d{6}|[0-9a-f]{8}|\d:\d\d|\d\.\d|0x[0-9a-f]|\/tmp\/|\/var\/folders\//i;
const TEMPORARY = /\/(?:tmp|var\/tmp|var\/folders)\/\S*/g;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** Whether some names look as if they differed each time, so that a second look is worth its time. */
export function mayChange(results: readonly { readonly name: string }[]): boolean {
  return results.some(({ name }) => MAY_CHANGE.test(name));
}

/**
 * Finds names that differ between two executions of the same files, as with a time or an id of chance in them. Only what was seen to differ
 * before any work counts: whatever else changes its name later has vanished.
 *
 * @returns what such names have in common, each form that of one name alone in both executions
 */
export function changingNames(
  first: readonly { readonly name: string }[],
  second: readonly { readonly name: string }[],
): readonly string[] {
  const names = new Set(second.map(({ name }) => name));
  const again = byForm(second);
  return [...byForm(first)].filter(([form, [name = "", ...others]]) =>
    others.length === 0 && !names.has(name) && again.get(form)?.length === 1
  ).map(([form]) => form);
}

/**
 * Gives results whose names differ each time the form that these have in common. Where several would get the same, each keeps its own.
 *
 * @param changing what {@link changingNames} found
 */
export function withSteadyNames<T extends { readonly name: string }>(
  results: readonly T[],
  changing: readonly string[],
): readonly T[] {
  if (changing.length === 0) return results;
  const forms = byForm(results);
  const steady = new Map(changing.flatMap((form) => {
    const [name, ...others] = forms.get(form) ?? [];
    return name === undefined || others.length > 0 ? [] : [[name, form] as const];
  }));
  return results.map((result) => ({ ...result, name: steady.get(result.name) ?? result.name }));
}

function byForm(results: readonly { readonly name: string }[]): ReadonlyMap<string, readonly string[]> {
  return Map.groupBy(results.map(({ name }) => name), formOf);
}

/** A name without what differs each time: words with a digit, and paths of temporary files. */
function formOf(name: string): string {
  return name.replace(TEMPORARY, "…").replace(UUID, "…").replace(
    /[0-9A-Za-z]+/g,
    (word) => /\d/.test(word) ? "…" : word,
  );
}
