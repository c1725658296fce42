import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { CommandNotStarted } from "../../src/work/command_words.ts";
import { supervise, type Supervised } from "../../src/work/supervise.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";
import { ManualClock } from "../fakes/manual_clock.ts";
import { lineOf, pipeIn } from "./pipe.ts";
import { enclosedTest, inEnclosedFolder } from "./sandbox/enclosed_folder.ts";

const never = new AbortController().signal;

/** Defines a test of a command that runs as it is, and one of the same command enclosed in its folder. */
function bothWays(name: string, test: (folder: string, run: typeof supervise) => Promise<void>): void {
  Deno.test(name, () => inTemporaryFolder((folder) => test(folder, supervise)));
  enclosedTest(`${name}, also enclosed`, () =>
    inEnclosedFolder(
      ({ enclosure }) => test(enclosure.place, (options) => supervise({ ...options, enclosure })),
      (folder) => ({ place: `${folder}/project` }),
    ));
}

bothWays("a command's output comes in order from both streams, with its exit code", async (_folder, run) => {
  const result = await run({
    command: ["sh", "-c", "echo a; echo b >&2; echo c; echo d >&2; exit 4"],
    folder: "/",
    timeoutMs: 60_000,
    signal: never,
  });
  assert.equal(result.output, "a\nb\nc\nd\n");
  assert.deepEqual([result.code, result.signal, result.timedOut, result.cut], [4, null, false, 0]);
});

bothWays(
  "a command has an empty input, its folder, and an environment for programs without a person",
  async (folder, run) => {
    const result = await run({
      command: ["sh", "-c", 'cat; pwd; echo "$AUTONOMY $CI $NO_COLOR $TERM $OWN $1 $0"', "zero; exit 9", "$(one) *"],
      folder,
      timeoutMs: 60_000,
      signal: never,
      environment: { OWN: "mine" },
    });
    assert.equal(result.output, `${folder}\n1 true 1 dumb mine $(one) * zero; exit 9\n`);
  },
);

bothWays("a program that is missing or may not be executed is a sentence", async (folder, run) => {
  writeFiles(folder, { "no_program": "text" });
  const start = (program: string) => run({ command: [program], folder, timeoutMs: 60_000, signal: never });
  await assert.rejects(start("autonomy-no-such-program"), (error: unknown) => {
    assert.ok(error instanceof CommandNotStarted);
    assert.equal(error.reason, "missing");
    assert.match(error.message, /autonomy-no-such-program was not found/);
    return true;
  });
  await assert.rejects(
    start(`${folder}/no_program`),
    (error: unknown) => error instanceof CommandNotStarted && error.reason === "forbidden",
  );
  await assert.rejects(
    run({ command: [], folder, timeoutMs: 1_000, signal: never }),
    (error: unknown) => error instanceof CommandNotStarted,
  );
});

bothWays("long output keeps its beginning and its end and says what was cut", async (_folder, run) => {
  const result = await run({
    command: ["sh", "-c", "echo first; yes | head -c 500000; echo last"],
    folder: "/",
    timeoutMs: 60_000,
    signal: never,
    mostOutput: 3_000,
  });
  assert.ok(result.output.startsWith("first\n"));
  assert.ok(result.output.endsWith("last\n"));
  assert.equal(result.cut, 500_000 + 11 - 3_000);
  assert.ok(result.output.includes(`[... ${result.cut} characters left out ...]`));
});

bothWays("a command past its time is ended with all its children, also one that refuses to go", async (folder, run) => {
  const path = pipeIn(folder);
  const clock = new ManualClock();
  const running = run({
    command: ["sh", "-c", `exec 3>${path}; trap '' TERM; echo ready >&3; sleep 300 & sleep 300`],
    folder,
    timeoutMs: 60_000,
    timer: clock.timer,
    signal: never,
  });
  using pipe = await Deno.open(path);
  assert.equal(await lineOf(pipe), "ready");
  clock.pass(60_000);
  assert.equal(await lineOf(pipe), "", "the pipe is held open: a process is left");
  const result = await running;
  assert.deepEqual([result.ranOut, result.timedOut, result.code, result.signal], ["time", true, null, "SIGKILL"]);
});

/** Runs a command that says each line it is given, under a clock of the test's own; `talk` has it say one more. */
async function withTalker(
  bounds: { readonly timeoutMs: number; readonly silentMs: number },
  use: (talk: () => Promise<void>, clock: ManualClock) => Promise<void>,
): Promise<Supervised> {
  let running: Promise<Supervised> | null = null;
  await inTemporaryFolder(async (folder) => {
    const path = pipeIn(folder);
    const clock = new ManualClock();
    const command = ["sh", "-c", `while read line; do echo "$line"; done < ${path}`];
    running = supervise({ command, folder: "/", ...bounds, timer: clock.timer, signal: never });
    using pipe = await Deno.open(path, { write: true });
    let said = 0;
    const talk = async () => {
      said += 1;
      await pipe.write(new TextEncoder().encode(`${said}\n`));
      // Both bounds at the beginning, then one for silence after each word.
      await clock.begun(2 + said);
    };
    await use(talk, clock);
  });
  return await running!;
}

Deno.test("a command that never stops talking is ended at its time all the same", async () => {
  const result = await withTalker({ timeoutMs: 1_000, silentMs: 600 }, async (talk, clock) => {
    for (const ms of [400, 400, 199]) {
      await talk();
      clock.pass(ms);
    }
    await talk();
    clock.pass(1);
  });
  assert.deepEqual([result.ranOut, result.timedOut, result.output], ["time", true, "1\n2\n3\n4\n"]);
});

Deno.test("a command that says nothing for too long is ended, one that speaks is not", async () => {
  const talking = await withTalker({ timeoutMs: 60_000, silentMs: 300 }, async (talk, clock) => {
    for (let time = 0; time < 5; time++) {
      clock.pass(299);
      await talk();
    }
  });
  assert.deepEqual([talking.ranOut, talking.timedOut, talking.code], [null, false, 0]);
  const silent = await withTalker({ timeoutMs: 60_000, silentMs: 300 }, async (talk, clock) => {
    await talk();
    clock.pass(300);
  });
  assert.deepEqual([silent.ranOut, silent.timedOut, silent.output], ["silence", true, "1\n"]);
});

bothWays("an abort ends the command and returns what it said", async (folder, run) => {
  const path = pipeIn(folder);
  const stop = new AbortController();
  const running = run({
    command: ["sh", "-c", `exec 3>${path}; echo said; echo ready >&3; sleep 300`],
    folder,
    timeoutMs: 60_000,
    signal: stop.signal,
  });
  using pipe = await Deno.open(path);
  assert.equal(await lineOf(pipe), "ready");
  stop.abort();
  const result = await running;
  assert.equal(await lineOf(pipe), "", "the pipe is held open: a process is left");
  assert.deepEqual([result.output, result.timedOut, result.signal], ["said\n", false, "SIGTERM"]);
  await assert.rejects(
    run({ command: ["true"], folder, timeoutMs: 1_000, signal: stop.signal }),
    stop.signal.reason,
  );
});

bothWays("a command that is stopped while it is made ready does not begin", async (folder, run) => {
  const stop = new AbortController();
  const running = run({ command: ["touch", "begun"], folder, timeoutMs: 60_000, signal: stop.signal });
  stop.abort();
  await assert.rejects(running, stop.signal.reason);
  assert.deepEqual([...Deno.readDirSync(folder)], []);
});

bothWays("what a command leaves in the background ends with it", async (folder, run) => {
  const path = pipeIn(folder);
  const running = run({
    command: ["sh", "-c", `exec 3>${path}; echo ready >&3; sleep 300 & echo done`],
    folder,
    timeoutMs: 60_000,
    signal: never,
  });
  using pipe = await Deno.open(path);
  assert.equal(await lineOf(pipe), "ready");
  assert.equal(await lineOf(pipe), "", "the pipe is held open: a process is left");
  assert.deepEqual([(await running).code, (await running).output], [0, "done\n"]);
});

Deno.test("when the program is killed no process of its command is left", () =>
  inTemporaryFolder(async (folder) => {
    const path = pipeIn(folder);
    const program = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        fileURLToPath(new URL("../run/fixtures/command_runner.ts", import.meta.url)),
        `exec 3>${path}; echo ready >&3; sleep 300 & (sleep 300 & sleep 300) & sleep 300`,
      ],
    }).spawn();
    using pipe = await Deno.open(path);
    assert.equal(await lineOf(pipe), "ready");
    program.kill("SIGKILL");
    await program.status;
    assert.equal(await lineOf(pipe), "", "the pipe is held open: a process is left");
  }));
