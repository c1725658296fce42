import type { State } from "../state.ts";

/**
 * Names the situation: task statuses, file hashes, check results, the phase and the last fact that a person caused; no counters, no times.
 *
 * @returns a short hash; equal situations have equal ones
 */
export function fingerprint(state: State): string {
  const files = Object.entries(state.files.byPath)
    .filter(([, file]) => file.current !== file.original)
    .map(([path, file]) => `${path}=${file.current}`)
    .sort();
  const situation = [
    state.run.phase,
    String(state.people.seq),
    ...state.tasks.list.map((task) => `${task.id}:${task.status}`),
    ...files,
    ...(state.checks.latest ?? []).map((result) => `${result.name}:${result.passed ? 1 : 0}`),
    state.checks.stale ? "stale" : "",
  ];
  return hash(situation.join("\n"));
}

/** FNV-1a in two lanes: 64 bits without big integers. */
function hash(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  return ((high >>> 0).toString(16).padStart(8, "0")) + (low >>> 0).toString(16).padStart(8, "0");
}
