import type { HostSnapshot } from "./fleet_snapshot.ts";

/** Bytes in memory for each byte on the disk, where a model was never seen in memory: its window takes the rest. */
const BESIDE_WEIGHTS = 1.2;

/** What of a host is needed to know what has room in its memory. */
export type Room = Pick<HostSnapshot, "memory" | "sizes" | "models" | "resident">;

/**
 * Says whether a model has room on a host beside others.
 *
 * @param model model as the host names it
 * @param others models that are to stay
 * @returns false also where nobody knows: then a load is taken to push them out
 */
export function hasRoom(host: Room, model: string, others: readonly string[]): boolean {
  if (others.length === 0) return true;
  const sizes = [model, ...others].map((name) => sizeOf(host, name));
  if (host.memory === null || sizes.includes(null)) return false;
  return sizes.reduce((sum: number, size) => sum + (size ?? 0), 0) <= host.memory;
}

/**
 * Says how much memory a model takes on a host: as it was seen there, else by its file.
 *
 * @returns bytes; null where the host says neither
 */
export function sizeOf({ sizes, models }: Room, model: string): number | null {
  const bytes = models.find(({ name }) => name === model)?.bytes ?? null;
  return sizes[model] ?? (bytes === null ? null : bytes * BESIDE_WEIGHTS);
}
