/** What stands behind the version of a server that says that its models are played, as build metadata of the version. */
export const PLAYED = "+rehearsal";

/**
 * Tells whether a server's models are played, which nothing else of the wire shows.
 *
 * @param version version that the server gave
 * @returns true for a server of `rehearse --serve`
 */
export function isPlayed(version: string | null): boolean {
  return version?.endsWith(PLAYED) === true;
}
