/** Measurements that take longer than tests: `deno task eval NAME`; `deno task eval --help` lists them. */
import process from "node:process";
import { UsageError } from "./usage_error.ts";

/** A measurement: loaded when it is called, true where all its bounds are met. */
type Eval = (words: readonly string[]) => Promise<boolean>;

const EVALS: Readonly<Record<string, { readonly about: string; readonly load: () => Promise<Eval> }>> = {
  calls: {
    about: "how calls are read from replies of a corpus: calls --corpus DIR",
    load: async () => (await import("./calls.ts")).evalCalls,
  },
  fuzz: {
    about: "whether mutated replies make a reader throw or break its word",
    load: async () => (await import("./eval_fuzz.ts")).evalFuzz,
  },
  prompts: {
    about: "how many tokens prompts take beside static ones with the same facts",
    load: async () => (await import("./prompts.ts")).evalPrompts,
  },
  door: {
    about: "plugins that are saved, broken and reloaded in a session of the real program: door [session] [reloads]",
    load: async () => (await import("./door.ts")).evalDoor,
  },
  healing: {
    about: "how a crew recovers whose calls go wrong as the corpus counts, with mediation and without",
    load: async () => (await import("./healing.ts")).evalHealing,
  },
  fleet: {
    about:
      "how asks are placed on drawn fleets, beside schedules that know everything and beside hosts that take turns",
    load: async () => (await import("./fleet.ts")).evalFleet,
  },
  loop: {
    about: "how a crew of one real model repairs small bugs beside a bare loop: loop --host URL --model NAME",
    load: async () => (await import("./loop.ts")).evalLoop,
  },
  keys: {
    about:
      "random keys and pastes at screens in terminals in memory, or at the program in pseudo terminals: keys [--count N] [--seed 1] [--pty]",
    load: async () => (await import("./keys.ts")).evalKeys,
  },
  screen: {
    about: "memory and work of the screen with twelve threads and 50,000 lines of history: screen [--minutes 30]",
    load: async () => (await import("./screen.ts")).evalScreen,
  },
  wishes: {
    about: "how a crew of one real model fulfils small wishes beside a bare loop: wishes --host URL --model NAME",
    load: async () => (await import("./wishes.ts")).evalWishes,
  },
};

const [name, ...words] = Deno.args;
const chosen = EVALS[name ?? ""];
if (chosen === undefined) {
  const list = Object.entries(EVALS).map(([one, { about }]) => `  ${one.padEnd(9)} ${about}\n`).join("");
  const asked = name === undefined || name === "--help" || name === "-h";
  if (asked) process.stdout.write(`deno task eval NAME measures:\n\n${list}`);
  else process.stderr.write(`There is no eval ${name}; there are:\n${list}`);
  if (!asked) process.exitCode = 2;
} else {
  try {
    if (!await (await chosen.load())(words)) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
