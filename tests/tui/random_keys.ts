import type { Store } from "../../src/tui/screen.tsx";
import { Chance } from "../laws/chance.ts";
import { NOON } from "./demo_parts.ts";
import { ASKING, DEMO, ENDED, IDLE } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { openScreen } from "./screen_session.ts";
import { VirtualTerminal } from "./virtual_terminal.ts";

/** Keys between two looks at whether the screen still answers. */
const BURST = 250;
/** Sizes that a window changes to, too small ones among them: columns, rows. */
export const SIZES: readonly (readonly [number, number])[] = [[160, 45], [80, 24], [40, 12], [200, 60], [57, 17], [
  30,
  9,
], [
  400,
  120,
], [12, 4]];
const ESCAPE = "\x1b";
/** What a terminal sends for keys that are no characters. */
const SEQUENCES = [
  ...["A", "B", "C", "D", "H", "F", "Z", "5~", "6~", "3~", "1~", "4~", "1;5C", "1;2A", "I", "O", "<0;3;4M", "15~"].map((
    end,
  ) => `${ESCAPE}[${end}`),
  ...[
    "\r",
    "\n",
    "\t",
    "\x7f",
    "\b",
    ESCAPE,
    `${ESCAPE}\r`,
    `${ESCAPE}b`,
    `${ESCAPE}OA`,
    `${ESCAPE}[`,
    `${ESCAPE}]0;x`,
  ],
];
/** Control keys but for those that quit, suspend, or end input: c, d, q, z. */
const CONTROLS = [..."abefghklnoprstuvwxy"].map((letter) => String.fromCharCode(letter.charCodeAt(0) - 96));
/** Keys that panes and what stands over them hear, none of which opens the input line. */
const PANES_HEAR = [..."??vsmtfcl0123456789jkjkgGzhxruUADHRopnN[]/yw", ...SEQUENCES.slice(0, 8), "\t"];
/** So many of them come after an escape, which leaves the input line. */
const AFTER_ESCAPE = 10;
/** What a paste may hold: none of it may reach the terminal as it is. */
const PASTED = [
  "two\nlines",
  `${ESCAPE}]2;taken\x07`,
  `${ESCAPE}[?1049l`,
  "\u202eturned round",
  "𝒲ide 漢字 👩‍👩‍👧 e\u0301",
  "\0\x07\x0e\x9b31m",
  "x".repeat(3_000),
  "a\tb\r\nc\rd",
];
const TAKEN = `${ESCAPE}]2;taken`;

/** What random keys came to. */
export interface RandomKeys {
  readonly keys: number;
  /** What went wrong with the last keys before it; null where nothing did. */
  readonly failure: string | null;
}

/**
 * Types random keys and pastes at an open screen in a terminal in memory, while the window changes its size and the run goes on, and looks
 * after each burst whether the screen still stands and answers.
 *
 * @param seed the same seed types the same
 * @param count how many keys
 */
export async function typeRandomKeys(seed: number, count: number): Promise<RandomKeys> {
  const chance = new Chance(seed);
  const terminal = new VirtualTerminal(160, 45);
  const store = storeOf();
  let failed: unknown = null;
  const screen = openScreen({
    store,
    title: "autonomy",
    stdin: terminal.input,
    stdout: terminal,
    env: { TERM: "xterm" },
    // Quitting is asked for in many ways; here nobody grants it.
    onQuit: () => {},
  });
  screen.closed.catch((error) => failed = error);
  let last = "";
  let typed = 0;
  let panes = 0;
  try {
    while (typed < count) {
      last = "";
      for (let key = 0; key < BURST; key++) {
        const [keys, next] = [panes > 0 ? chance.one(PANES_HEAR) : keysOf(chance), typed += 1];
        panes -= 1;
        last += keys;
        terminal.input.type(keys);
        if (chance.happens(0.06)) {
          await escape(terminal);
          panes = AFTER_ESCAPE;
        }
        if (next % 40 === 0) terminal.resize(...chance.one(SIZES));
        if (next % 25 === 0) await happens(store, chance);
        if (failed !== null) throw failed;
      }
      await answers(terminal);
      if (terminal.bytes.includes(TAKEN)) throw new Error("what was pasted reached the terminal as it was");
      terminal.bytes = "";
    }
    return { keys: typed, failure: null };
  } catch (error) {
    return { keys: typed, failure: `${error instanceof Error ? error.stack : error}\nafter ${JSON.stringify(last)}` };
  } finally {
    screen.close();
    await screen.closed.catch(() => null);
  }
}

/** What a person types next at random: a character, a key, a paste; none that quits, suspends, or ends input. */
export function keysOf(chance: Chance): string {
  const kind = chance.below(100);
  if (kind < 55) return String.fromCharCode(32 + chance.below(95));
  if (kind < 80) return chance.one(SEQUENCES);
  if (kind < 90) return chance.one(CONTROLS);
  if (kind < 95) return chance.one(["é", "漢", "👍", "e\u0301", "\u200d", "ß"]);
  return `${ESCAPE}[200~${chance.one(PASTED)}${ESCAPE}[201~`;
}

/** Lets something come about in the run. */
async function happens(store: DemoStore, chance: Chance): Promise<void> {
  store.time += chance.below(2_000);
  store.refusal = chance.happens(0.2) ? "This is not possible now." : null;
  store.crew = chance.happens(0.2) ? store.crew.slice(0, 4) : new DemoStore().crew;
  store.drawn = chance.happens(0.5) ? PANES : [];
  store.work = chance.happens(0.5) ? [{ id: "T1", says: "task T1", owner: { task: "T1", role: null } }] : [];
  store.differences = chance.happens(0.5) ? { run: CHANGED, T1: CHANGED } : {};
  store.commit(chance.one([DEMO, DEMO, IDLE, ASKING, ENDED]));
  // What was typed so far is answered, and promises that it left are settled.
  await new Promise((resolve) => setTimeout(resolve, 0));
}

/** Types an escape by itself, which is told from the beginning of a sequence by what does not come after it. */
async function escape(terminal: VirtualTerminal): Promise<void> {
  terminal.input.type(ESCAPE);
  await new Promise((resolve) => setTimeout(resolve, 25));
}

/** How often the help is asked for, and how often it is looked for each time. */
const TRIES = 20;
const LOOKS = 100;

/**
 * Whether the keys still reach the screen: whatever is open is left, and the help opens. An escape and the key after it may reach a busy
 * screen together, where they are another key: they are typed again then.
 */
async function answers(terminal: VirtualTerminal): Promise<void> {
  terminal.resize(80, 24);
  const isHelp = (text: string) => /> keys ─/.test(text);
  for (let tries = 0; tries < TRIES; tries++) {
    for (let key = 0; key < 6; key++) await escape(terminal);
    terminal.input.type("?");
    for (let looks = 0; looks < LOOKS && !isHelp(await terminal.text()); looks++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    if (isHelp(await terminal.text())) break;
  }
  await terminal.until(isHelp, "the help after Esc and ?");
  terminal.input.type(ESCAPE);
  await terminal.until((text) => !isHelp(text), "the panes after Esc");
}

const PANES: Store["panes"] extends () => infer Panes ? Panes : never = [{
  id: "rates",
  title: "Rates",
  lines: ({ width, height }) => Promise.resolve(Array.from({ length: height }, () => "r".repeat(width + 3))),
}];

const CHANGED = ["a.txt", `${"漢".repeat(60)}.md`].map((path) => ({
  ...{ path, change: "changed" as const, added: 1, removed: 1, isBinary: false },
  text: `--- a\n+++ b\n@@ -9 +9 @@\n-\told ${"漢".repeat(90)}\n+${ESCAPE}[2Jnew\n`,
}));

function storeOf(): DemoStore {
  const store = new DemoStore();
  store.entries = Array.from({ length: 200 }, (_, index) => ({
    ...{ seq: index + 1, at: NOON, kind: "model" as const, role: "coding", of: "t1", title: "" },
    text: `older line ${index + 1} ${index % 7 === 0 ? "漢".repeat(60) : ""}`,
  }));
  store.words = [
    { name: "tell", help: "Tells.", run: () => Promise.resolve([{ kind: "pause" }]) },
    { name: "fail", help: "Fails.", run: () => Promise.reject(new Error("it cannot")) },
    { name: "wait", help: "Waits.", run: (_args, signal) => waited(signal) },
  ];
  store.streams.set("t2.ask.3", { text: ["It ", "streams.\n"], thinking: [], status: "writing", since: NOON });
  return store;
}

function waited(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}
