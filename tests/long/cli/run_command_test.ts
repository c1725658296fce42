import assert from "node:assert/strict";
import { startRehearsalFleet } from "../../../src/rehearsal/fleet.ts";
import { copySmallSample } from "../../rehearsal/small_sample.ts";
import { understudies } from "../../../src/rehearsal/understudies.ts";
import { journalOf } from "../../../src/cli/stored_run.ts";
import { callHere as call } from "../../cli/fixtures/call_here.ts";
import {
  call as callProgram,
  hostFlags,
  jsonLines,
  type Place,
  start,
  withPlace,
} from "../../cli/fixtures/command_line.ts";

/** A place whose project is the sample, and a fleet that plays models. */
function withSample(
  pace: number,
  test: (place: Place, hosts: readonly string[]) => Promise<void>,
): Promise<void> {
  return withPlace(async (place) => {
    const sample = await copySmallSample();
    await Deno.remove(place.project);
    await Deno.rename(sample, place.project);
    const fleet = await startRehearsalFleet({ players: understudies(), pace });
    try {
      await test(place, hostFlags(fleet.hosts));
    } finally {
      await fleet.close();
    }
  });
}

/** The source files of the sample with their text. */
async function sources(project: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const folder of ["src", "test"]) {
    for await (const { name } of Deno.readDir(`${project}/${folder}`)) {
      files[`${folder}/${name}`] = await Deno.readTextFile(`${project}/${folder}/${name}`);
    }
  }
  return files;
}

/** Reads the lines of a child until one fits; the rest of its output is read to the end behind it. */
async function lineOf(
  child: Deno.ChildProcess,
  fits: (line: string) => boolean,
): Promise<{ line: string; rest: Promise<string> }> {
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const found = text.split("\n").slice(0, -1).find(fits);
    if (found !== undefined) {
      const rest = (async () => {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return text;
          text += value;
        }
      })();
      return { line: found, rest };
    }
    const { done, value } = await reader.read();
    if (done) throw new Error(`the output ended without the wanted line:\n${text}`);
    text += value;
  }
}

Deno.test("a run over the wire ends accepted, is shown, and undo puts every byte back", () =>
  withSample(0, async (place, hosts) => {
    const before = await sources(place.project);
    const { code, out, err } = await call(place, ["run", "Make the failing tests pass", "--trust", "--json", ...hosts]);
    assert.equal(code, 0, err);
    const lines = jsonLines(out);
    assert.ok(lines.every(({ version, type }) => version === 1 && typeof type === "string"));
    assert.equal(lines[0]?.type, "run.started");
    assert.deepEqual(lines.slice(0, -1).map(({ seq }) => seq), lines.slice(0, -1).map((_, index) => index + 1));
    const result = lines.at(-1);
    assert.deepEqual([result?.type, result?.kind, result?.exit], ["result", "accepted", 0]);
    assert.match(err, /decision d1 by arbiter/);
    assert.notDeepEqual(await sources(place.project), before);
    const run = String(result?.run);
    const placed = lines.filter(({ type }) => type === "ask.placed");
    assert.ok(placed.every(({ way_reason: why }) => /^(family|record|audit): /.test(String(why))));
    // What its models did is remembered, for each purpose and way.
    const models = jsonLines((await call(place, ["models", "--json", ...hosts])).out);
    const coder = models.find(({ model }) => model === "qwen2.5-coder:32b")?.record as {
      readonly ways: Readonly<Record<string, { readonly asks: number; readonly right: number }>>;
      readonly edits: Readonly<Record<string, { readonly right: number }>>;
    };
    assert.ok((coder.ways["work constrained"]?.right ?? 0) >= 1, JSON.stringify(coder));
    assert.ok(Object.values(coder.edits).reduce((sum, { right }) => sum + right, 0) >= 1, JSON.stringify(coder));
    const shown = await call(place, ["show", run]);
    assert.match(shown.out, /^Ended +accepted/m);
    assert.match(shown.out, /^ +changed +src\//m);
    const turn = await call(place, ["show", run, "t1"]);
    assert.match(turn.out, /\[system\]/);
    assert.match(turn.out, /replied:/);
    assert.equal((await call(place, ["show", run, "t999"])).code, 2);
    const message = await call(place, ["show", run, "m1"]);
    assert.match(message.out, /^Message m1: consult from arbiter to \w+, caused by d\d+, sent [\d:]{8}\n\S/);
    assert.match(message.out, /^── [\d:]{8} stands in the prompt of turn t1$/m);
    assert.match(message.out, /^── [\d:]{8} answered by message m\d+ from \w+$/m);
    assert.match((await call(place, ["runs"])).out, new RegExp(`^${run} +accepted`, "m"));
    const dry = await call(place, ["undo", "--dry-run", run]);
    assert.match(dry.out, /Nothing was changed/);
    assert.notDeepEqual(await sources(place.project), before);
    const undone = await call(place, ["undo", run]);
    assert.equal(undone.code, 0);
    assert.deepEqual(await sources(place.project), before);
  }));

Deno.test("undo leaves a file that a person changed since, names it and ends with 3", () =>
  withSample(0, async (place, hosts) => {
    const { out } = await call(place, ["run", "Make the failing tests pass", "--trust", "--json", ...hosts]);
    const result = jsonLines(out).at(-1);
    const files = result?.files as { readonly path: string }[];
    const mine = `${place.project}/${files[0]?.path}`;
    await Deno.writeTextFile(mine, "// mine\n");
    const { code, out: said } = await call(place, ["undo", String(result?.run)]);
    assert.equal(code, 3);
    assert.ok(said.includes(`left      ${files[0]?.path}: someone changed it since`), said);
    assert.equal(await Deno.readTextFile(mine), "// mine\n");
  }));

Deno.test("without trust a headless run is blocked and ends with 4; trust is given once", () =>
  withSample(0, async (place, hosts) => {
    const blocked = await call(place, ["run", "goal", ...hosts]);
    assert.equal(blocked.code, 4);
    assert.match(blocked.out, /^blocked: .*--trust/);
    const trusting = await call(place, ["run", "goal", "--trust", "--max-turns", "1", ...hosts]);
    assert.equal(trusting.code, 5);
    const later = await call(place, ["run", "goal", "--max-turns", "1", ...hosts]);
    assert.equal(later.code, 5);
    const { mode } = await Deno.stat(`${place.state}/trusted.json`);
    assert.equal((mode ?? 0) & 0o777, 0o600);
  }));

Deno.test("a run that a task started names the words that start the program, since no command may be installed", () =>
  withSample(0, async (place, hosts) => {
    for (
      const [npm, words] of [["exec", `npx -y deno@${Deno.version.deno} task start`], ["", "deno task start"]] as const
    ) {
      const options = { asTask: true, env: { npm_command: npm } };
      const { out } = await callProgram(place, ["run", "goal", ...hosts], options);
      assert.ok(out.includes(`\nLook: ${words} show 2`), out);
      assert.ok(out.includes(`\nGo on: ${words} run --resume 2`), out);
      const shown = await callProgram(place, ["show", "last"], options);
      assert.equal(shown.out.includes("autonomy "), false, shown.out);
    }
  }));

Deno.test("the line to go on repeats models, ways and free commands of the command line, as a shell reads them", () =>
  withSample(0, async (place, hosts) => {
    const flags = ["-m", "coding=qwen2.5-coder:32b", "--way", "coding=prompted", "--allow", "npm run build"];
    const { out } = await call(place, ["run", "goal", "--trust", "--max-tokens", "10", ...flags, ...hosts]);
    assert.match(out, /--max-tokens 200010 /);
    assert.ok(out.includes("-m coding=qwen2.5-coder:32b --way coding=prompted --allow 'npm run build'\n"), out);
  }));

Deno.test("a blocked run goes on once it is trusted, and a spent budget once it is raised", () =>
  withSample(0, async (place, hosts) => {
    const blocked = await call(place, ["run", "goal", ...hosts]);
    assert.equal(blocked.code, 4);
    // The line to go on holds what the run lacked, and the hosts, which are not stored with it.
    const trusting = /^Go on: autonomy (run --resume \S+ --trust .*)$/m.exec(blocked.out)?.[1] ?? "";
    assert.ok(trusting.endsWith(hosts.join(" ")), blocked.out);
    const spent = await call(place, [...trusting.split(" "), "--max-turns", "2"]);
    assert.equal(spent.code, 5);
    assert.match(spent.out, /^budget: /);
    assert.match(spent.out, /^Go on: autonomy run --resume \S+ --max-turns 102 --host /m);
    // The budget is still spent, so the rules end the run at once: what the person says is heard all the same.
    const other = ["-m", "reasoning=qwen2.5:14b"];
    const words = await call(place, ["run", "--continue", "Begin with the slugs.", "--json", ...other, ...hosts]);
    assert.equal(words.code, 5);
    const changed = "reasoning is played by qwen2.5:14b on fast from now on, by qwen2.5:32b on strong until now";
    assert.equal(words.err.split("\n").filter((line) => line.includes("is played by")).length, 1, words.err);
    assert.ok(words.err.includes(changed), words.err);
    assert.ok(jsonLines(words.out).some(({ from, text }) => from === "person" && text === "Begin with the slugs."));
    const { code, out } = await call(place, ["run", "--continue", "--max-turns", "300", "--json", ...hosts]);
    assert.equal(code, 0);
    assert.ok(jsonLines(out).some(({ type }) => type === "run.resumed"));
    assert.match((await call(place, ["runs", "-C", "."])).out, /\n1 run, \d\S* [kM]B on disk\.\n$/);
  }));

for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`${signal} cancels a run: its result is written, the code is ${code}`, () =>
    withSample(0.5, async (place, hosts) => {
      const child = start(place, ["run", "Make the failing tests pass", "--trust", "--json", ...hosts]);
      const said = new Response(child.stderr).text();
      const { rest } = await lineOf(child, (line) => line.includes('"ask.placed"'));
      child.kill(signal);
      assert.equal((await child.status).code, code);
      const result = jsonLines(await rest).at(-1);
      assert.deepEqual([result?.type, result?.kind, result?.exit], ["result", "cancelled", code]);
      assert.match(await said, new RegExp(signal));
    }));
}

Deno.test("a run that was killed goes on where it was, and ends accepted", () =>
  withSample(0.05, async (place, hosts) => {
    const child = start(place, ["run", "Make the failing tests pass", "--trust", "--json", ...hosts]);
    const said = new Response(child.stderr).text();
    const { rest } = await lineOf(child, (line) => line.includes('"attempt.opened"'));
    child.kill("SIGKILL");
    await child.status;
    await Promise.all([rest, said]);
    const { code, out } = await call(place, ["run", "--continue", "--json", ...hosts]);
    assert.equal(code, 0);
    assert.equal(jsonLines(out).at(-1)?.kind, "accepted");
  }));

Deno.test("a reader that goes away does not end a run", () =>
  withSample(0, async (place, hosts) => {
    const child = start(place, ["run", "Make the failing tests pass", "--trust", "--json", ...hosts]);
    await child.stdout.cancel();
    const err = await new Response(child.stderr).text();
    assert.equal((await child.status).code, 0);
    assert.doesNotMatch(err, /BrokenPipe|^\s+at /m);
  }));

Deno.test("a goal is read from standard input where it is piped", () =>
  withSample(0, async (place, hosts) => {
    const { out } = await callProgram(place, ["run", "--trust", "--max-turns", "1", "--json", ...hosts], {
      input: "Make the tests\npass\n",
    });
    assert.equal(jsonLines(out)[0]?.goal, "Make the tests\npass");
  }));

Deno.test("a run at work is neither undone nor continued by another process: code 8", () =>
  withSample(0, async (place, hosts) => {
    const { out } = await call(place, ["run", "goal", "--trust", "--max-turns", "1", "--json", ...hosts]);
    const run = String(jsonLines(out).at(-1)?.run);
    const journal = journalOf({ path: `${place.state}/runs/${run}/run.db` }, false);
    try {
      for (const args of [["undo", run], ["run", "--resume", run, ...hosts]]) {
        const { code, err } = await callProgram(place, args);
        assert.equal(code, 8);
        assert.match(err, /being written by process/);
        // The run is over; what holds it is the screen that still shows it.
        assert.match(err, /It has ended already: press q on its screen/);
      }
      assert.equal((await call(place, ["show", run])).code, 0);
    } finally {
      journal.close();
    }
  }));

Deno.test("a rehearsal needs nothing, ends accepted, and leaves its project where it is asked to", () =>
  withPlace(async (place) => {
    const { code, out } = await call(place, ["rehearse", "--pace", "0", "--json", "--keep", `${place.folder}/kept`]);
    assert.equal(code, 0);
    const lines = jsonLines(out);
    assert.equal(lines[0]?.label, "REHEARSAL");
    assert.equal(lines.at(-1)?.kind, "accepted");
    assert.equal(lines.at(-1)?.project, `${place.folder}/kept`);
    const again = await call(place, ["rehearse", "--pace", "0", "--keep", `${place.folder}/kept`]);
    assert.equal(again.code, 2);
    assert.match(again.err, /exists already/);
    // The sample is the program's own: nothing is trusted by it.
    await assert.rejects(Deno.stat(`${place.state}/trusted.json`));
  }));

Deno.test("a rehearsal that was killed goes on with servers of its own", () =>
  withPlace(async (place) => {
    const child = start(place, ["rehearse", "--pace", "0.05", "--json", "--keep", `${place.folder}/kept`]);
    const said = new Response(child.stderr).text();
    const { rest } = await lineOf(child, (line) => line.includes('"tasks.planned"'));
    child.kill("SIGKILL");
    await child.status;
    await Promise.all([rest, said]);
    const { code, out } = await call(place, ["rehearse", "--continue", "--pace", "0", "--json"]);
    assert.equal(code, 0);
    assert.equal(jsonLines(out).at(-1)?.kind, "accepted");
  }));

Deno.test("served rehearsal servers name their addresses and end with a signal", () =>
  withPlace(async (place) => {
    const child = start(place, ["rehearse", "--serve", "--pace", "0", "--keep", `${place.folder}/sample`]);
    const said = new Response(child.stderr).text();
    const { line, rest } = await lineOf(child, (one) => one.startsWith("{"));
    const { hosts } = JSON.parse(line) as { hosts: Record<string, string> };
    assert.deepEqual(await (await fetch(`${hosts.fast}/api/version`)).json(), { version: "0.33.0+rehearsal" });
    // They know one project, which can be had; what they do is not taken for what such models do.
    const sample = `${place.folder}/sample`;
    const args = [
      "run",
      "Make the failing tests pass",
      "-C",
      sample,
      "--trust",
      "--max-turns",
      "9",
      ...hostFlags(hosts),
    ];
    const { code, err } = await call(place, args);
    assert.equal(code, 5, err);
    assert.match(err, /The models of fast and strong are played: nothing is remembered of models/);
    await assert.rejects(Deno.stat(`${place.state}/memory.db`), Deno.errors.NotFound);
    child.kill("SIGTERM");
    assert.equal((await child.status).code, 143);
    await rest;
    assert.match(
      await said,
      /know only the sample project; it is in \S+\/sample\. .*Use: .* -C \S+\/sample --trust --host fast=http/,
    );
  }));
