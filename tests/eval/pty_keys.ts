import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { Chance } from "../laws/chance.ts";
import { inTemporaryFolder } from "../run/fixtures/temporary_folder.ts";
import { emulated } from "../terminal/emulated.ts";
import { keysOf, SIZES } from "../tui/random_keys.ts";
import type { VirtualTerminal } from "../tui/virtual_terminal.ts";

const ESCAPE = "\x1b";
/** Keys that one program gets before another is started. */
const OF_ONE = 1_250;
/** Keys between two changes of the size, and between two looks whether the program answers. */
const RESIZED = 40;
const LOOKED = 250;
/** Ends a program that no longer answers, ms. */
const HANGS_MS = 900_000;
/** Pauses after Esc, ms, and looks for the help after each. */
const [SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS, LOOKS] = [60, 4_000, 20];
/** What a key may do that ends the program: those are left out. */
const QUITS = /[qQ]/;

/**
 * Leaves whatever stands open, and has the help shown. What a machine that is busy hands over at once is another key, Esc and ? as one:
 * it is tried again, with longer pauses.
 *
 * @throws where it does not come
 */
async function showHelp(terminal: VirtualTerminal, type: (keys: string) => Promise<void>): Promise<void> {
  for (let pauseMs = SHORTEST_PAUSE_MS; pauseMs <= LONGEST_PAUSE_MS; pauseMs *= 4) {
    for (const key of [...ESCAPE.repeat(6), "?"]) {
      await type(key);
      await pause(pauseMs);
    }
    for (let look = 0; look < LOOKS; look++) {
      if (/> keys ─/.test(await terminal.text())) return;
      await pause(pauseMs);
    }
  }
  throw new Error("The help never came after Esc and ?.");
}

/**
 * Types random keys and pastes at rehearsals in pseudo terminals whose size changes, and looks whether each still answers, and leaves its
 * terminal as it found it.
 *
 * @param first seed of the first
 * @param count how many keys
 * @returns whether none broke
 */
export async function typeInPty(first: number, count: number): Promise<boolean> {
  let typed = 0;
  for (let seed = first; typed < count; seed++) {
    const keys = Math.min(OF_ONE, count - typed);
    try {
      await inTemporaryFolder((folder) => session(folder, new Chance(seed), keys));
    } catch (error) {
      process.stdout.write(`seed ${seed}: ${error instanceof Error ? error.message : error}\n`);
      return false;
    }
    typed += keys;
    process.stdout.write(`${typed} keys\n`);
  }
  return true;
}

async function session(folder: string, chance: Chance, count: number): Promise<void> {
  const environment = {
    AUTONOMY_CONFIG_HOME: `${folder}/config`,
    AUTONOMY_STATE_HOME: `${folder}/state`,
    EDITOR: "true",
    VISUAL: "true",
  };
  const where = { columns: 160, rows: 45, environment, signal: AbortSignal.timeout(HANGS_MS) };
  let watched: VirtualTerminal | undefined;
  await emulated(["rehearse", "--keep", `${folder}/kept`], where, async (terminal, type, resize) => {
    await terminal.until((text) => /coding/.test(text), "the crew");
    let last = "";
    try {
      for (let key = 1; key <= count; key++) {
        const keys = keysOf(chance).replace(QUITS, "");
        last = (last + keys).slice(-400);
        await type(keys);
        if (key % RESIZED === 0) await resize(...chance.one(SIZES));
        if (key % LOOKED !== 0 && key !== count) continue;
        await resize(80, 24);
        await showHelp(terminal, type);
        await type(ESCAPE);
        await terminal.until((text) => !/> keys ─/.test(text), "the panes after Esc");
      }
    } catch (cause) {
      const shown = await terminal.text();
      throw new Error(`${cause instanceof Error ? cause.message : cause}\nafter ${JSON.stringify(last)}\n${shown}`, {
        cause,
      });
    }
    watched = terminal;
  });
  // The last that it says of the alternate screen is that it leaves it, of the cursor that it is shown.
  const left = (mode: number) =>
    watched!.bytes.lastIndexOf(`${ESCAPE}[?${mode}l`) > watched!.bytes.lastIndexOf(`${ESCAPE}[?${mode}h`);
  if (!left(1049) || left(25)) throw new Error("the terminal was not left as it was found");
}
