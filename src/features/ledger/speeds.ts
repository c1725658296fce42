import type { HostLedger, ModelLedger, Speed } from "./slice.ts";

/** How much more work has to be done with one more ask at once before that counts as a slot. */
const WORTH = 1.1;
/** Replies by which one number of asks at once is compared with another. */
const ENOUGH = 2;

/**
 * Says how fast a model writes on a host.
 *
 * @param level number of asks at work there at once; absent: whatever it was
 * @returns tokens per second; null where it was not measured
 */
export function writingSpeed(model: ModelLedger | undefined, level?: number): number | null {
  const all = Object.values(model?.writes ?? {});
  const own = level === undefined ? undefined : model?.writes[level];
  return speedOf(own === undefined ? all : [own]);
}

/** Says how fast a model reads on a host, in tokens per second; null where it was not measured. */
export function readingSpeed(model: ModelLedger | undefined): number | null {
  return model === undefined || model.reads === null ? null : speedOf([model.reads]);
}

/** Says how fast all models of a host write together, in tokens per second; null where nothing was measured. */
export function hostSpeed(host: HostLedger | undefined): number | null {
  return speedOf(Object.values(host ?? {}).flatMap(({ writes }) => Object.values(writes)));
}

/**
 * Says how many slots of a host count: those that it tells of, up to the first that was measured to be no faster than the asks in a row.
 *
 * @param told slots that the host tells of, or that are configured
 * @param host what was measured there
 */
export function worthSlots(told: number, host: HostLedger | undefined): number {
  let best = 1;
  for (let level = 2; level <= told; level++) {
    const gain = gainOf(host, level);
    if (gain === null) continue;
    if (gain < best * WORTH) return level - 1;
    best = gain;
  }
  return told;
}

/** Work done with so many asks at once, as a multiple of what a lone one does; null where it was not measured. */
function gainOf(host: HostLedger | undefined, level: number): number | null {
  const gains = Object.values(host ?? {}).flatMap(({ writes }) => {
    const [alone, together] = [writes[1], writes[level]];
    if (alone === undefined || together === undefined) return [];
    if (alone.replies < ENOUGH || together.replies < ENOUGH) return [];
    return [level * (speedOf([together]) ?? 0) / (speedOf([alone]) ?? Infinity)];
  });
  return gains.length === 0 ? null : gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
}

function speedOf(speeds: readonly Speed[]): number | null {
  const ms = speeds.reduce((sum, speed) => sum + speed.ms, 0);
  return ms === 0 ? null : speeds.reduce((sum, speed) => sum + speed.tokens, 0) * 1_000 / ms;
}
