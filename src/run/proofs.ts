import { readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Remembered } from "../ports/workspace.ts";

/** Most projects that are remembered: the oldest go first. */
const MOST = 200;

/** Name of the file in the state folder. */
export const PROOFS_FILE = "proofs.json";

/**
 * Remembers from run to run for which projects copies will do. What cannot be read or written is as what is not known: it is found out again.
 *
 * @param path absolute path of the file
 */
export function rememberedProofs(path: string): Remembered {
  return {
    get: (key) => read(path).find(([known]) => known === key)?.[1] ?? null,
    set(key, { network }) {
      const all = [...read(path).filter(([known]) => known !== key), [key, { network }] as const].slice(-MOST);
      const temporary = `${path}.${Deno.pid}`;
      try {
        writeFileSync(temporary, `${JSON.stringify(all)}\n`, { mode: 0o600 });
        renameSync(temporary, path);
      } catch {
        // A state folder that cannot be written: the next run looks again.
      }
    },
  };
}

type Known = readonly [key: string, found: { readonly network: boolean }];

function read(path: string): readonly Known[] {
  try {
    const all: unknown = JSON.parse(readFileSync(path, "utf8"));
    return Array.isArray(all) ? all.filter(isKnown) : [];
  } catch {
    return []; // not there yet, or not of our form
  }
}

function isKnown(one: unknown): one is Known {
  return Array.isArray(one) && typeof one[0] === "string" && typeof one[1]?.network === "boolean";
}
