import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LAUNCH_FLAGS, launching } from "../../build/launching.ts";
import { startRehearsalFleet } from "../../src/rehearsal/fleet.ts";
import { copySample } from "../../src/rehearsal/sample_project.ts";
import { understudies } from "../../src/rehearsal/understudies.ts";
import { openProgram, type Program } from "./program.ts";

const GOAL = "Make the failing tests of this project pass.";

const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const deno = (path: string, ...args: readonly string[]) => [
  Deno.execPath(),
  "run",
  ...LAUNCH_FLAGS,
  "--config",
  file("deno.json"),
  file(path),
  ...args,
];

/** Opens the least that Ink can show; it stands when {@link HELLO} is written. */
export function openHello(): Promise<Program> {
  return openProgram(deno("tests/bench/hello_ink.tsx"), { NODE_ENV: "production" });
}

/** What the floor shows. */
export const HELLO = "Hello, Ink.";

/** What `autonomy run` shows first: the project, in the title bar. */
export const TITLE = "autonomy-rehearsal-";

/** What the screen shows once all of its first frame stands. */
export const WHOLE = "opening";

/** What the screen shows once the panes of a run stand. */
export const FRAME = "arbiter";

/** What the screen shows once a run is at work. */
export const BEGUN = "checks at work";

/**
 * Opens the screen on a made up run, as the tests of the terminal do.
 *
 * @param what `load`: twelve threads at 100 tokens a second each and 50,000 lines of history; `idle`: nothing runs
 * @param heapFile where it notes its heap from time to time, in bytes, a line each; absent: nowhere
 * @returns the program
 */
export function openMadeUpScreen(what: "load" | "idle", heapFile?: string): Promise<Program> {
  const [program, flag, ...words] = deno("tests/terminal/fixture.tsx", what);
  if (heapFile === undefined) return openProgram([program!, flag!, ...words]);
  return openProgram([program!, flag!, "--v8-flags=--expose-gc", ...words], { HEAP_FILE: heapFile });
}

/**
 * Opens the real program in a terminal.
 *
 * @param words its arguments
 * @param environment where its files lie
 * @param bundled folder that it was bundled into, out of which the installed command runs; absent: out of its sources, as the task `start` does
 */
export function openAutonomy(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  bundled?: string,
): Promise<Program> {
  if (bundled === undefined) return openProgram(deno("main.ts", ...words), environment);
  return openProgram([Deno.execPath(), "run", ...launching(bundled), ...words], environment);
}

/** The real program at work against two servers in this process. */
export interface Workplace {
  /**
   * Opens `autonomy run` on the sample project.
   *
   * @param trust whether its code may run; where not, the run waits for the person's answer
   * @returns the program
   */
  open(trust: boolean): Promise<Program>;
  /** Closes the servers and removes what runs left. */
  close(): Promise<void>;
}

/**
 * Starts two rehearsal servers at a believable pace.
 *
 * @param bundled as {@link openAutonomy} has it
 * @returns where the real program can be opened
 */
export async function openWorkplace(bundled?: string): Promise<Workplace> {
  const folder = await Deno.makeTempDir({ prefix: "autonomy_bench_" });
  const fleet = await startRehearsalFleet({ players: understudies(), pace: 1 });
  const projects: string[] = [];
  return {
    async open(trust) {
      const project = await copySample();
      projects.push(project);
      const hosts = Object.entries(fleet.hosts).flatMap(([name, url]) => ["--host", `${name}=${url}`]);
      const words = ["run", GOAL, "-C", project, ...hosts, ...(trust ? ["--trust"] : [])];
      return await openAutonomy(words, {
        AUTONOMY_STATE_HOME: join(folder, "state"),
        XDG_CONFIG_HOME: join(folder, "config"),
      }, bundled);
    },
    async close() {
      await fleet.close();
      for (const path of [...projects, folder]) await Deno.remove(path, { recursive: true });
    },
  };
}
