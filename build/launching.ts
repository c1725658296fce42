/**
 * How Deno runs the program: with little memory for what lives shortly, since it stands open for hours, and without compiling code that is
 * run once. What each permission is for says `docs/safety.md`. The tasks of `deno.json` have the same words, which a test holds.
 */
export const LAUNCH_FLAGS: readonly string[] = [
  "--v8-flags=--max-semi-space-size=2,--no-sparkplug",
  "--no-prompt",
  "--allow-env",
  "--allow-net",
  "--allow-read",
  "--allow-write",
  "--allow-run",
  "--allow-sys=systemMemoryInfo,loadavg,osUptime,hostname,cpus",
];

/**
 * Says how Deno runs the program out of the folder that it was bundled into.
 *
 * @param folder the folder
 * @returns words behind `deno run` or `deno install`
 */
export function launching(folder: string): readonly string[] {
  return [...LAUNCH_FLAGS, "--config", `${folder}/deno.json`, `${folder}/main.js`];
}
