/**
 * Reads how fast a stored run is played.
 *
 * @param text `8` is eight times as fast as it went
 * @returns a factor above 0
 * @throws where it is no such number
 */
export function parseSpeed(text: string): number {
  const speed = Number(text);
  if (!Number.isFinite(speed) || speed <= 0 || speed > 1_000) throw new Error("wanted a number above 0, at most 1000");
  return speed;
}
