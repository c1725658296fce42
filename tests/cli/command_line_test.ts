import assert from "node:assert/strict";
import { call, start, withPlace } from "./fixtures/command_line.ts";

/** Whoever reads an error is told in sentences, never by a stack. */
function assertSentence(err: string): void {
  assert.match(err, /autonomy: /);
  assert.doesNotMatch(err, /^\s+at /m);
  assert.doesNotMatch(err, /Uncaught/);
}

Deno.test("help names every command, ends with 0 and writes nothing on stderr", () =>
  withPlace(async (place) => {
    const { code, out, err } = await call(place, ["--help"]);
    assert.equal(code, 0);
    assert.equal(err, "");
    for (
      const name of [
        "run",
        "rehearse",
        "doctor",
        "hosts",
        "models",
        "runs",
        "show",
        "accept",
        "diff",
        "apply",
        "undo",
        "queue",
        "plugins",
        "trust",
        "prompt",
        "config",
        "completions",
        "version",
      ]
    ) assert.match(out, new RegExp(`^  ${name} `, "m"));
  }));

Deno.test("the version is the one of deno.json, by flag and by command", () =>
  withPlace(async (place) => {
    const deno: { version: string } = JSON.parse(
      await Deno.readTextFile(new URL("../../deno.json", import.meta.url)),
    );
    assert.equal((await call(place, ["--version"])).out.trim(), deno.version);
    assert.equal((await call(place, ["version"])).out.trim(), deno.version);
  }));

Deno.test("a mistyped command or flag ends with 2 and names the one that was meant", () =>
  withPlace(async (place) => {
    const command = await call(place, ["rnu"]);
    assert.equal(command.code, 2);
    assertSentence(command.err);
    assert.match(command.err, /Did you mean `run`/);
    const flag = await call(place, ["run", "--max-turn", "3", "goal"]);
    assert.equal(flag.code, 2);
    assertSentence(flag.err);
    assert.match(flag.err, /--max-turns/);
    const value = await call(place, ["run", "--timeout", "soon", "goal"]);
    assert.equal(value.code, 2);
    assert.match(value.err, /"soon".*30m/);
  }));

Deno.test("without a terminal and without a command a sentence says what to do, and the code is 2", () =>
  withPlace(async (place) => {
    const { code, out, err } = await call(place, []);
    assert.equal(code, 2);
    assert.equal(out, "");
    assertSentence(err);
    assert.match(err, /autonomy run "GOAL"/);
  }));

Deno.test("a run without a goal and a project that does not exist end with 2", () =>
  withPlace(async (place) => {
    const goalless = await call(place, ["run"], { input: "" });
    assert.equal(goalless.code, 2);
    assertSentence(goalless.err);
    assert.match(goalless.err, /no goal/);
    const missing = await call(place, ["run", "goal", "-C", `${place.folder}/nowhere`]);
    assert.equal(missing.code, 2);
    assert.match(missing.err, /nowhere.*does not exist/);
    assertSentence(missing.err);
  }));

Deno.test("a run that cannot be read is listed with its fault last, and pushes no column aside", () =>
  withPlace(async (place) => {
    const id = "20260101-000000-aaaa";
    await Deno.mkdir(`${place.state}/runs/${id}`, { recursive: true });
    await Deno.writeTextFile(`${place.state}/runs/${id}/run.db`, "no database ".repeat(100));
    const { code, out } = await call(place, ["runs"]);
    assert.equal(code, 0);
    assert.match(out, new RegExp(`^${id}  unreadable  \\?        \\S.*run\\.db`, "m"));
  }));

Deno.test("completion scripts ask the program, which proposes what fits", () =>
  withPlace(async (place) => {
    for (const shell of ["bash", "zsh", "fish"]) {
      const { code, out } = await call(place, ["completions", shell]);
      assert.equal(code, 0);
      assert.match(out, /autonomy complete --/);
    }
    assert.equal((await call(place, ["completions", "tcsh"])).code, 2);
    assert.match((await call(place, ["complete", "--", "re"])).out, /^rehearse$/m);
    assert.match((await call(place, ["complete", "--", "run", "--max"])).out, /^--max-turns$/m);
  }));

Deno.test("runs, show and undo of what is not there say so", () =>
  withPlace(async (place) => {
    const runs = await call(place, ["runs"]);
    assert.equal(runs.code, 0);
    assert.match(runs.out, /no runs/);
    for (const args of [["show", "2026"], ["undo", "last"], ["run", "--resume", "2026"], ["run", "--continue"]]) {
      const { code, err } = await call(place, args);
      assert.equal(code, 2, args.join(" "));
      assertSentence(err);
    }
  }));

Deno.test({
  name:
    "what a full disk kept from being written is said on stderr and ends with 1; a reader that goes away is no failure",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withPlace(async (place) => {
      for (const args of [["config", "--schema"], ["version"]]) {
        const { code, err } = await call(place, args, { into: "/dev/full" });
        assert.equal(code, 1, args.join(" "));
        assertSentence(err);
        assert.match(err, /could not be written to standard output.*No space left/);
      }
      // A usage that is wrong keeps its own code, whatever became of standard output.
      assert.equal((await call(place, ["rnu"], { into: "/dev/full" })).code, 2);
      const child = start(place, ["config", "--schema"]);
      await child.stdout.cancel();
      assert.equal(await new Response(child.stderr).text(), "");
      assert.equal((await child.status).code, 0);
    }),
});

Deno.test("a standard output that was closed before the start is no failure", () =>
  withPlace(async (place) => {
    const { code, err } = await call(place, ["version"], { into: "&-" });
    assert.deepEqual([code, err], [0, ""]);
  }));

Deno.test("a folder for temporary files that is gone, or is none, keeps nothing from working", () =>
  withPlace(async (place) => {
    for (const folder of [`${place.folder}/gone`, ""]) {
      const { out, err } = await call(place, ["doctor", "--host", "http://127.0.0.1:1"], { env: { TMPDIR: folder } });
      assert.equal(err, "");
      assert.match(out, /^sandbox$/m);
      assert.match(out, /^host$/m);
    }
  }));
