/**
 * A program with the screen on a run that is made up: `fixture.tsx [what]`. Started in a real terminal by the tests.
 *
 * - `run`: a run at work, text streams in; `idle`: nothing runs; `start`: asks for the goal, then a run
 * - `load`: twelve threads at 100 tokens a second each, whose asks end and begin anew, and 50,000 lines of history; at the end of
 *   each the heap that is left after a full collection is written into the file that HEAP_FILE names, in bytes
 * - `throw`, `render`: a selector throws once it gets SIGUSR1; `reject`: a promise is rejected then and nobody listens; `exit`: exits then
 */
Deno.env.set("NODE_ENV", "production");
const { openScreen } = await import("../../src/tui/screen.tsx");
const { PROGRAMS } = await import("../../src/cli/screen_programs.ts");
const { NOON, withAsks, withoutTurns } = await import("../tui/demo_parts.ts");
const { ASKING, DEMO, ENDED, IDLE } = await import("../tui/demo_state.ts");
const { FORM } = await import("../tui/demo_form.ts");
const { DemoStore } = await import("../tui/demo_store.ts");
const { default: process } = await import("node:process");
import type { HistoryEntry } from "../../src/tui/store.ts";

const what = Deno.args[0] ?? "run";
const store = new DemoStore(
  what === "asking" ? ASKING : what === "ended" ? ENDED : what === "idle" ? IDLE : DEMO,
);
const began = Date.now();
store.now = () => NOON + 72_000 + Date.now() - began;

const words = "The quoted field ends at the next quote that is not doubled, so the scanner keeps a flag and reads on. "
  .split(" ");
/** What `load` has: threads, lines of their history together, lines of a piece of it, and how long an ask takes, ms. */
const [THREADS, HISTORY_LINES, LINES_OF_ENTRY, ROUND_MS] = [12, 50_000, 8, 20_000];

let stream: ReturnType<typeof setInterval> | null = null;
let rounds: ReturnType<typeof setInterval> | null = null;
function start(keys: readonly string[], perTick: number): void {
  const texts = keys.map((): string[] => []);
  keys.forEach((key, index) => {
    store.streams.set(key, { text: texts[index]!, thinking: [], status: "writing", since: NOON + 60_000 });
  });
  let next = 0;
  stream = setInterval(() => {
    for (const text of texts) {
      for (let token = 0; token < perTick; token++) {
        text.push(`${words[next++ % words.length]}${next % 40 === 0 ? "\n" : " "}`);
      }
    }
  }, 50);
}
if (what === "run" || what === "start") start(["t2.ask.3"], 1);
if (what === "load") {
  store.crew = [...store.crew, ...Array.from({ length: THREADS - store.crew.length }, (_, index) => `writer${index}`)];
  const lines = HISTORY_LINES / THREADS / LINES_OF_ENTRY;
  const histories = new Map(store.crew.map((role) => [
    role,
    Array.from({ length: lines }, (_, index): HistoryEntry => ({
      role,
      kind: "model",
      of: null,
      seq: index + 1,
      at: NOON + index,
      title: `piece ${index}`,
      text: Array.from({ length: LINES_OF_ENTRY }, (_, line) => `${index} ${line} ${words.join(" ")}`).join("\n"),
    })),
  ]));
  store.scrollback = (role, before, lines) =>
    (histories.get(role) ?? []).slice(0, Math.max(0, before - 1)).slice(-lines);
  let round = 0;
  const file = Deno.env.get("HEAP_FILE");
  const { gc } = globalThis as { gc?: () => void };
  const begin = () => {
    if (stream !== null) clearInterval(stream);
    store.streams.clear();
    if (file !== undefined && gc !== undefined && round > 0) {
      gc();
      Deno.writeTextFileSync(file, `${Deno.memoryUsage().heapUsed}\n`, { append: true });
    }
    round += 1;
    const asks = store.crew.map((role, index) => ({
      key: `s${round}.${index}`,
      role,
      placed: { way: "native" as const },
    }));
    start(asks.map(({ key }) => key), 5);
    store.commit(withAsks({ ...withoutTurns(DEMO), attempts: { ...DEMO.attempts, open: {} } }, ...asks));
  };
  begin();
  rounds = setInterval(begin, ROUND_MS);
}

const deeds: Readonly<Record<string, () => void>> = {
  throw: () => {
    store.state = () => {
      throw new Error("the state is broken");
    };
    store.commit(DEMO);
  },
  render: () => {
    const broken = store.current;
    // The title of the messages panel is built while React renders; the sign is that the frame fails there.
    Object.defineProperty(store, "roles", {
      value: () => {
        throw new Error("the frame is broken");
      },
    });
    process.stdout.emit("resize");
    store.commit(broken);
  },
  exit: () => Deno.exit(3),
  reject: () => void Promise.reject(new Error("nobody listens")),
};
// Heard from before the first frame on, which is the test's sign that it may send it.
if (Object.hasOwn(deeds, what)) Deno.addSignalListener("SIGUSR1", deeds[what]!);

const screen = openScreen({
  store: what === "start" ? undefined : store,
  start: what !== "start" ? undefined : FORM,
  title: "autonomy",
  attention: { bell: true, notify: true, title: true },
  stdin: process.stdin,
  stdout: process.stdout,
  env: { NO_COLOR: Deno.env.get("NO_COLOR"), TERM: Deno.env.get("TERM"), VISUAL: Deno.env.get("VISUAL") },
  programs: PROGRAMS,
  onQuit: () => screen.close(),
});
if (what === "start") {
  void screen.next().then((wish) => {
    const goal = wish.kind === "goal" ? wish.goal : wish.kind;
    store.current = { ...DEMO, run: { ...DEMO.run, info: { ...DEMO.run.info!, goal } } };
    screen.show(store);
  });
}
try {
  await screen.closed;
  process.stdout.write("closed\n");
} catch (error) {
  process.stdout.write(`failed: ${error instanceof Error ? error.message : error}\n`);
  Deno.exitCode = 1;
} finally {
  if (stream !== null) clearInterval(stream);
  if (rounds !== null) clearInterval(rounds);
}
