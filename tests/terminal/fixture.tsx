/**
 * A program with the screen on a run that is made up: `fixture.tsx [what]`. Started in a real terminal by the tests.
 *
 * - `run`: a run at work, text streams in; `idle`: nothing runs; `start`: asks for the goal, then a run
 * - `throw`, `render`: a selector throws after half a second; `reject`: a promise is rejected and nobody listens; `exit`: exits
 */
Deno.env.set("NODE_ENV", "production");
const { openScreen } = await import("../../src/tui/screen.tsx");
const { ask, ASKING, DEMO, DemoStore, ENDED, NOON } = await import("../tui/demo_state.ts");
const { default: process } = await import("node:process");

const what = Deno.args[0] ?? "run";
const store = new DemoStore(
  what === "asking" ? ASKING : what === "ended" ? ENDED : what === "idle" ? { ...DEMO, effects: {} } : DEMO,
);
const began = Date.now();
store.now = () => NOON + 72_000 + Date.now() - began;

const words = "The quoted field ends at the next quote that is not doubled, so the scanner keeps a flag and reads on. "
  .split(" ");
const effects = Object.fromEntries(
  store.crew.map((role, index) => [`s${index}`, ask(`s${index}`, role, null, { way: "native" })]),
);
let stream: ReturnType<typeof setInterval> | null = null;
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
  store.crew = [...store.crew, "sixth"];
  effects["s5"] = ask("s5", "sixth", null, { way: "native" });
  store.current = { ...DEMO, turns: {}, effects };
  start(Object.keys(effects), 5);
}

const screen = openScreen({
  store: what === "start" ? undefined : store,
  start: what !== "start" ? undefined : {
    project: "/home/person/csv-tools",
    rows: [
      { role: "arbiter", model: "qwen2.5:14b", host: "fast", note: "" },
      { role: "coding", model: "qwen2.5-coder:32b", host: "strong", note: "" },
      { role: "interpreter", model: "qwen2.5:14b", host: "fast", note: "instead of functiongemma, which no host has" },
    ],
    checks: ["python -m pytest"],
    notes: ["2 files were changed before the run: README.md, setup.py"],
  },
  title: "autonomy",
  stdin: process.stdin,
  stdout: process.stdout,
  env: { NO_COLOR: Deno.env.get("NO_COLOR"), TERM: Deno.env.get("TERM") },
  onQuit: () => screen.close(),
});
if (what === "start") {
  void screen.goal.then((goal) => {
    store.current = { ...DEMO, run: { ...DEMO.run.info!, goal } };
    screen.show(store);
  });
}
if (what === "throw") {
  setTimeout(() => {
    store.state = () => {
      throw new Error("the state is broken");
    };
    store.commit(DEMO);
  }, 500);
}
if (what === "render") {
  setTimeout(() => {
    const broken = store.current;
    // The title of the messages panel is built while React renders; the sign is that the frame fails there.
    Object.defineProperty(store, "roles", {
      value: () => {
        throw new Error("the frame is broken");
      },
    });
    process.stdout.emit("resize");
    store.commit(broken);
  }, 500);
}
if (what === "exit") setTimeout(() => Deno.exit(3), 500);
if (what === "reject") setTimeout(() => void Promise.reject(new Error("nobody listens")), 500);
try {
  await screen.closed;
  process.stdout.write("closed\n");
} catch (error) {
  process.stdout.write(`failed: ${error instanceof Error ? error.message : error}\n`);
  Deno.exitCode = 1;
} finally {
  if (stream !== null) clearInterval(stream);
}
