import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { endOrphans, livesIn, newMark } from "../../src/work/command_mark.ts";
import { MARK_VARIABLE, type MarkedProcess, markedProcesses } from "../../src/work/marked_processes.ts";
import { supervise } from "../../src/work/supervise.ts";
import { inTemporaryFolder } from "../run/fixtures/temporary_folder.ts";
import { lineOf, pipeIn } from "./pipe.ts";
import { supervisorOf } from "./supervisor_of.ts";

const never = new AbortController().signal;
const RUNNER = fileURLToPath(new URL("../run/fixtures/command_runner.ts", import.meta.url));

/** Looks at the processes until none is left: whoever ends them has ended before, so only what was killed and is not gone yet may be there. */
async function left(find: () => Promise<readonly MarkedProcess[]>): Promise<readonly MarkedProcess[]> {
  let found: readonly MarkedProcess[] = [];
  for (let look = 0; look < 1_000; look++) {
    found = await find();
    if (found.length === 0) break;
  }
  return found;
}

/** The process that a shell tells by `echo PID TEXT`, and all that bears one of its marks. */
async function bearersOf(pid: number): Promise<() => Promise<readonly MarkedProcess[]>> {
  const marks = (await markedProcesses(() => true)).find((one) => one.pid === pid)?.marks ?? [];
  assert.notEqual(marks.length, 0, `process ${pid} bears no mark`);
  return () => markedProcesses((mark) => marks.includes(mark));
}

/** Ways out of a group, each as text of a shell that at last writes "PID" of a process that has left into descriptor 3. */
const ESCAPES: Readonly<Record<string, string>> = {
  "a session of its own": `setsid sh -c 'echo $$ >&3; exec 3>&-; exec sleep 300' &`,
  "a session and a parent that is gone": `(setsid sh -c '(sh -c "echo \\$\\$ >&3; exec 3>&-; exec sleep 300" &)' &);`,
  "nothing held open": `setsid sh -c 'echo $$ >&3; exec 3>&- >/dev/null 2>&1 </dev/null; exec sleep 300' &`,
  "SIGTERM ignored": `setsid sh -c 'trap "" TERM HUP INT; echo $$ >&3; exec 3>&-; while :; do sleep 1; done' &`,
  "an empty environment":
    `(env -i PATH="$PATH" setsid sh -c '(sh -c "echo \\$\\$ >&3; exec 3>&-; exec sleep 300" &)' &);`,
};

/** Those that an end finds by the bound on file locks alone, which only Linux shows. */
const escapes = Object.entries(ESCAPES).filter(([name]) => Deno.build.os === "linux" || !name.includes("empty"));

for (const [name, escape] of escapes) {
  Deno.test(`a process that left the command's group ends with the command: ${name}`, () =>
    inTemporaryFolder(async (folder) => {
      const [path, go] = [pipeIn(folder), pipeIn(folder, "go")];
      const running = supervise({
        command: ["sh", "-c", `exec 3>${path}; ${escape} cat ${go}; echo done`],
        folder,
        timeoutMs: 60_000,
        signal: never,
      });
      using pipe = await Deno.open(path);
      const find = await bearersOf(Number(await lineOf(pipe)));
      assert.notEqual((await find()).length, 0);
      await Deno.writeTextFile(go, "");
      const result = await running;
      assert.equal(result.code, 0);
      // A shell whose own child is killed first says so before its turn comes.
      assert.match(result.output, /^done\n(?:Killed\n)?$/);
      assert.deepEqual(await left(find), []);
    }));

  for (const victims of ["the program", "the supervisor"] as const) {
    Deno.test(`a process that left the command's group ends when ${victims} is killed: ${name}`, () =>
      inTemporaryFolder(async (folder) => {
        const [path, guard] = [pipeIn(folder), pipeIn(folder, "guard")];
        const program = startProgram(`exec 3>${path}; ${escape} sleep 100; echo outlived >&3`, guard);
        using guarded = await Deno.open(guard);
        using pipe = await Deno.open(path);
        const find = await bearersOf(Number(await lineOf(pipe)));
        if (victims === "the program") program.kill("SIGKILL");
        else Deno.kill(await supervisorOf(program.pid), "SIGKILL");
        await program.status;
        assert.equal(await lineOf(guarded), "", "program and supervisor have ended");
        assert.equal(await lineOf(pipe), "", "the command was ended and did not end by itself");
        assert.deepEqual(await left(find), []);
      }));
  }

  Deno.test(`what a killed program and supervisor left is ended at the next start: ${name}`, () =>
    inTemporaryFolder(async (folder) => {
      const path = pipeIn(folder);
      const program = startProgram(`exec 3>${path}; ${escape} sleep 300`);
      using pipe = await Deno.open(path);
      const find = await bearersOf(Number(await lineOf(pipe)));
      // Stopped first, so that neither acts on the other's end.
      const supervisor = await supervisorOf(program.pid);
      Deno.kill(supervisor, "SIGSTOP");
      program.kill("SIGKILL");
      await program.status;
      Deno.kill(supervisor, "SIGKILL");
      assert.notEqual((await find()).length, 0, "nothing was left to be ended");
      // Another program that starts at the same moment may be the one that ends them.
      await endOrphans();
      assert.deepEqual(await left(find), []);
    }));
}

Deno.test("what commands of a living program do goes on at the next start", () =>
  inTemporaryFolder(async (folder) => {
    const path = pipeIn(folder);
    const stop = new AbortController();
    const running = supervise({
      command: ["sh", "-c", `exec 3>${path}; echo $$ >&3; exec sleep 300`],
      folder,
      timeoutMs: 60_000,
      signal: stop.signal,
    });
    using pipe = await Deno.open(path);
    const find = await bearersOf(Number(await lineOf(pipe)));
    await endOrphans();
    const alive = await find();
    stop.abort();
    await running;
    assert.notEqual(alive.length, 0);
    assert.deepEqual(await left(find), []);
  }));

Deno.test("each command has a mark of its own, and bears those of the commands around it", async () => {
  const marks = [await newMark(), await newMark()];
  assert.notEqual(marks[0]!.mark, marks[1]!.mark);
  Deno.env.set(MARK_VARIABLE, "1,2");
  try {
    const { mark, environment } = await newMark();
    assert.deepEqual(environment, { [MARK_VARIABLE]: `1,2,${mark}` });
  } finally {
    Deno.env.delete(MARK_VARIABLE);
  }
});

/**
 * Starts a program of ours that runs a text of the shell as its command.
 *
 * @param guard a pipe that it and its supervisor hold, and the command does not: it ends once both have ended
 */
function startProgram(text: string, guard = "/dev/null"): Deno.ChildProcess {
  const program = [Deno.execPath(), "run", "-A", RUNNER, `exec 4>&-; ${text}`];
  const args = ["-c", 'exec 4>"$1"; shift; exec "$@"', "sh", guard, ...program];
  return new Deno.Command("sh", { args, stdout: "null", stderr: "inherit" }).spawn();
}

Deno.test("a process of a command inside another bears the marks of both, and is found by each", async () => {
  const child = new Deno.Command("sleep", { args: ["300"], env: { [MARK_VARIABLE]: "11,222" }, stdin: "null" }).spawn();
  try {
    for (const mark of ["11", "222"]) {
      const found = await markedProcesses((one) => one === mark);
      assert.deepEqual(found, [{ pid: child.pid, marks: [mark] }]);
    }
    assert.deepEqual(await markedProcesses((one) => one === "11,222" || one === "1" || one === "22"), []);
  } finally {
    child.kill("SIGKILL");
    await child.status;
  }
});

Deno.test("where nobody could look which programs live, none of them is dead, and nothing of theirs is ended", () => {
  const fields = Array.from({ length: 18 }, () => "1").join(" ");
  const line = (pid: number, start: number) => `${pid} (a (b) c) S ${fields} ${start} 1`;
  assert.deepEqual(livesIn(`${line(7, 40)}\n(8) X\n`, [7, 8]), [{ pid: 7, start: 40n }]);
  assert.equal(livesIn("", [7]), null);
  assert.equal(livesIn(`${line(7, 40)}\n`, [7, 8]), null);
});
