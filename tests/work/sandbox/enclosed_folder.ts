import type { Enclosure } from "../../../src/work/sandbox/enclosure.ts";
import { findTier } from "../../../src/work/sandbox/tier.ts";
import { supervise, type Supervised, type SuperviseOptions } from "../../../src/work/supervise.ts";
import { inTemporaryFolder } from "../../run/fixtures/temporary_folder.ts";

/** What this machine offers. */
export const found = await findTier("auto");

/** Whether commands can run enclosed by bubblewrap here, with a network of their own. */
export const hasBubblewrap = found.tier === "bubblewrap";

/** Defines a test that needs bubblewrap; without it the test is left out by name, and the reason is printed. */
export function enclosedTest(name: string, test: () => Promise<void> | void, lacks: string | null = null): void {
  const reason = hasBubblewrap ? lacks : found.why;
  const ignore = reason !== null;
  Deno.test({ name: ignore ? `${name} (left out: ${reason})` : name, ignore, fn: test });
}

/** A place for commands in a folder of one test. */
export interface EnclosedFolder {
  /** The folder of the test; none of it but what follows is inside the sandbox's reach. */
  readonly folder: string;
  readonly enclosure: Enclosure;
  /** Runs a text of the shell enclosed. */
  run(text: string, options?: Partial<SuperviseOptions>): Promise<Supervised>;
}

/** Makes a folder with a place, a project and a temporary folder, and removes it afterwards. */
export async function inEnclosedFolder(
  test: (place: EnclosedFolder) => Promise<void>,
  own: (folder: string) => Partial<Enclosure> = () => ({}),
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    for (const name of ["project", "state/place", "temporary"]) {
      Deno.mkdirSync(`${folder}/${name}`, { recursive: true });
    }
    const enclosure: Enclosure = {
      ...{ tier: "bubblewrap", place: `${folder}/state/place`, project: `${folder}/project` },
      ...{ temporary: `${folder}/temporary`, shared: [], spots: [], network: false, write: [] },
      hidden: [`${folder}/state`],
      ...own(folder),
    };
    const run = (text: string, options: Partial<SuperviseOptions> = {}) =>
      supervise({
        ...{ command: ["sh", "-c", text], folder: "/", timeoutMs: 60_000 },
        ...{ signal: new AbortController().signal, enclosure },
        ...options,
      });
    await test({ folder, enclosure, run });
  });
}
