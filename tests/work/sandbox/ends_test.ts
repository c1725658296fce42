import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { enclosedBounds } from "../../../src/work/command_bounds.ts";
import type { Enclosure } from "../../../src/work/sandbox/enclosure.ts";
import { lineOf, pipeIn } from "../pipe.ts";
import { enclosedTest, inEnclosedFolder } from "./enclosed_folder.ts";
import { supervisorOf } from "../supervisor_of.ts";

/** Ways of outliving a command, each as text of a shell that leaves a process which holds descriptor 3 open. */
const ESCAPES: Readonly<Record<string, string>> = {
  "a session of its own": "setsid sleep 300 &",
  "two forks": "(setsid sh -c '(sleep 300 &) &' &);",
  nohup: "nohup sleep 300 >/dev/null 2>&1 &",
  "an empty environment and no signals": `env -i PATH="$PATH" setsid sh -c 'trap "" TERM HUP INT; sleep 300' &`,
};

for (const [name, escape] of Object.entries(ESCAPES)) {
  enclosedTest(
    `a process does not outlive its enclosed command: ${name}`,
    () =>
      inEnclosedFolder(async ({ enclosure, run }) => {
        const path = pipeIn(enclosure.place);
        const running = run(`exec 3>pipe; ${escape} echo ready >&3; echo done`);
        using pipe = await Deno.open(path);
        assert.equal(await lineOf(pipe), "ready");
        assert.equal(await lineOf(pipe), "", "the pipe is held open: a process is left");
        assert.deepEqual([(await running).code, (await running).output], [0, "done\n"]);
      }),
  );
}

/** Starts a program of its own that runs a text of the shell enclosed. */
function startProgram(text: string, enclosure: Enclosure): Deno.ChildProcess {
  const runner = fileURLToPath(new URL("../../run/fixtures/command_runner.ts", import.meta.url));
  const args = ["run", "-A", runner, text, JSON.stringify(enclosure)];
  return new Deno.Command(Deno.execPath(), { args, stderr: "null" }).spawn();
}

for (const victim of ["the program", "the supervisor"] as const) {
  enclosedTest(
    `when ${victim} is killed no process of its enclosed command is left, and no mount`,
    () =>
      inEnclosedFolder(async ({ folder, enclosure }) => {
        const path = pipeIn(enclosure.place);
        const text = "exec 3>pipe; echo ready >&3; setsid sleep 300 & (sleep 300 & sleep 300) & sleep 300";
        const program = startProgram(text, enclosure);
        using pipe = await Deno.open(path);
        assert.equal(await lineOf(pipe), "ready");
        const supervisor = await supervisorOf(program.pid);
        Deno.kill(victim === "the program" ? program.pid : supervisor, "SIGKILL");
        await program.status;
        assert.equal(await lineOf(pipe), "", "the pipe is held open: a process is left");
        const { stdout: mounts } = await new Deno.Command("cat", { args: ["/proc/self/mounts"] }).output();
        assert.ok(!new TextDecoder().decode(mounts).includes(folder));
      }),
  );
}

enclosedTest("a bomb of processes ends, and says why", () =>
  inEnclosedFolder(async ({ run }) => {
    const result = await run("f() { f | f & }; f; sleep 300", {
      enclosedBounds: { ...enclosedBounds(), mostProcesses: 200 },
    });
    assert.deepEqual([result.ranOut, result.timedOut, result.code, result.signal], [
      "processes",
      false,
      null,
      "SIGKILL",
    ]);
    assert.match(result.output, /The command was ended because it ran more than 200 processes at a time\.\n$/);
  }));

enclosedTest("a command that takes too much memory ends, and says why", () =>
  inEnclosedFolder(async ({ run }) => {
    const text = `python3 -c 'import time; held = b"x" * 300_000_000; time.sleep(300)'`;
    const result = await run(text, { enclosedBounds: { ...enclosedBounds(), mostMemory: 200_000_000 } });
    assert.deepEqual([result.ranOut, result.signal], ["memory", "SIGKILL"]);
    assert.match(result.output, /because its processes took more than 0\.2 GB of memory\.\n$/);
  }));

/** Bytes that are free where a folder lies. */
async function freeAt(folder: string): Promise<number> {
  const { stdout } = await new Deno.Command("df", { args: ["-Pk", folder] }).output();
  return Number(new TextDecoder().decode(stdout).split("\n")[1]!.split(/\s+/)[3]) * 1024;
}

for (const tier of ["bubblewrap", "none"] as const) {
  enclosedTest(
    `a command that fills the disk ends, and says why: ${tier}`,
    () =>
      inEnclosedFolder(async ({ enclosure, run }) => {
        // As if the disk were smaller: another test that gives some free does not hold this one up for long.
        const leastFree = await freeAt(enclosure.place) - 100_000_000;
        const result = await run("yes | head -c 400000000 > big; sleep 300", {
          enclosure: { ...enclosure, tier },
          enclosedBounds: { ...enclosedBounds(), leastFree },
        });
        assert.deepEqual([result.ranOut, result.signal], ["disk", "SIGKILL"]);
        assert.match(result.output, /because it left less than .* GB of the disk free\.\n$/);
      }),
  );
}

enclosedTest("a disk that was full before does not end a command", () =>
  inEnclosedFolder(async ({ run }) => {
    const result = await run("sleep 0.5; echo done", { enclosedBounds: { ...enclosedBounds(), leastFree: 1e18 } });
    assert.deepEqual([result.ranOut, result.output], [null, "done\n"]);
  }));

enclosedTest(
  "an enclosed command hears the polite signal, and has time to heed it",
  () =>
    inEnclosedFolder(async ({ enclosure, run }) => {
      const path = pipeIn(enclosure.place);
      const stop = new AbortController();
      const running = run(
        "exec 3>pipe; trap 'echo heeded; exit 7' TERM; echo ready >&3; while :; do sleep 0.05; done",
        {
          signal: stop.signal,
        },
      );
      using pipe = await Deno.open(path);
      assert.equal(await lineOf(pipe), "ready");
      stop.abort();
      const { code, output } = await running;
      assert.equal(code, 7);
      // The shell names the signal of the sleep that heard it too.
      assert.match(output, /heeded\n$/);
    }),
);
