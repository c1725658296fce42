import type { HostModel, ResidentModel } from "../ports/model_host.ts";

/** Bytes in memory for each byte on the disk, where a model was never seen in memory: its window takes the rest. */
const BESIDE_WEIGHTS = 1.2;

/** What of a host is needed to know what has room in its memory. */
export interface Room {
  /** What it has; of a host that is down, what it had when it last answered. */
  readonly models: readonly HostModel[];
  /** What it held in memory when it last answered. */
  readonly resident: readonly ResidentModel[];
  /** Bytes for models: as configured, else as much as it was seen to hold at once; null where neither is known. */
  readonly memory: number | null;
  /** Bytes in memory, window included, of each model that it was seen to hold. */
  readonly sizes: Readonly<Record<string, number>>;
}

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
