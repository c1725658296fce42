import assert from "node:assert/strict";
import { callHere as call } from "../cli/fixtures/call_here.ts";
import { type Place, start, withPlace } from "../cli/fixtures/command_line.ts";
import { writeFiles } from "../run/fixtures/temporary_folder.ts";
import { followLines } from "./fixtures/follow_lines.ts";
import { withSample, withServers } from "./fixtures/separate_servers.ts";

const GOAL = "Make the failing tests pass";

/** What a run wrote on stdout. */
interface Said {
  readonly code: number;
  readonly lines: readonly Record<string, unknown>[];
  /** Its last line. */
  readonly result: Record<string, unknown>;
  readonly err: string;
}

/** Runs the program headless with lines of JSON and holds them against their form. */
async function run(place: Place, hosts: readonly string[], words: readonly string[]): Promise<Said> {
  const { code, out, err } = await call(place, [
    "run",
    ...words,
    "-C",
    place.project,
    "--headless",
    "--json",
    ...hosts,
  ]);
  return read(code, out, err);
}

/** Reads lines of JSON: nothing else stands on stdout, and the last one says the code. */
function read(code: number, out: string, err: string): Said {
  assert.ok(out.endsWith("\n"), `the last line is cut: ${out.slice(-200)}`);
  const lines = out.slice(0, -1).split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
  for (const line of lines) {
    assert.equal(line.version, 1);
    assert.equal(typeof line.type, "string");
  }
  const results = lines.filter(({ type }) => type === "result");
  assert.equal(results.length, 1);
  const result = lines.at(-1) ?? {};
  assert.equal(result.type, "result", `the last line is ${JSON.stringify(result)}`);
  assert.equal(result.exit, code, err);
  return { code, lines, result, err };
}

Deno.test("accepted work ends with 0", () =>
  withServers((hosts) =>
    withSample(async (place) => {
      const { code, lines, result } = await run(place, hosts, [GOAL, "--trust"]);
      assert.deepEqual([code, result.kind], [0, "accepted"]);
      assert.equal(lines[0]?.type, "run.started");
      assert.equal(lines.at(-2)?.type, "run.ended");
    })
  ));

Deno.test("checks that nobody makes pass end a run with 1, by itself and with the cause", () =>
  withServers((hosts) =>
    withPlace(async (place) => {
      writeFiles(place.project, {
        "package.json": '{ "name": "answers", "type": "module" }\n',
        "src/answer.js": "export const answer = () => 41;\n",
        "test/answer.test.js": [
          'import assert from "node:assert/strict";',
          'import { test } from "node:test";',
          'import { answer } from "../src/answer.js";',
          'test("the answer is right", () => assert.equal(answer(), 42));',
          "",
        ].join("\n"),
      });
      const { code, result, err } = await run(place, hosts, [GOAL, "--trust"]);
      assert.deepEqual([code, result.kind], [1, "failed"], err);
      assert.match(String(result.cause), /the answer is right/);
      assert.equal(await Deno.readTextFile(`${place.project}/src/answer.js`), "export const answer = () => 41;\n");
    })
  ));

Deno.test("an address where no server listens ends with 6 and names it, before anything of the project runs", () =>
  withSample(async (place) => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const dead = `http://127.0.0.1:${listener.addr.port}`;
    listener.close();
    const { code, lines, result } = await run(place, ["--host", `fast=${dead}`, "--host", `strong=${dead}`], [
      GOAL,
      "--trust",
    ]);
    assert.deepEqual([code, result.kind], [6, "no_host"]);
    assert.ok(String(result.cause).includes(dead), `the cause names no address: ${result.cause}`);
    assert.equal(lines.length, 1);
  }));

Deno.test({
  name: "a run whose hosts vanish ends with 6, and goes on once there are others",
  // A host that vanished is given a minute to come back.
  ignore: !Deno.env.has("AUTONOMY_SLOW"),
  fn: () =>
    withSample(async (place) => {
      let gone: Said | null = null;
      await withServers(async (hosts, servers) => {
        const words = ["run", GOAL, "-C", place.project, "--trust", "--headless", "--json", ...hosts];
        const child = start(place, words);
        const err = new Response(child.stderr).text();
        const lines = followLines(child.stdout);
        await lines.until((line) => line.includes('"attempt.opened"'));
        await servers.end();
        const { code } = await child.status;
        gone = read(code, [...await lines.rest(), ""].join("\n"), await err);
      });
      assert.ok(gone !== null);
      const { code, result, err } = gone as Said;
      assert.deepEqual([code, result.kind], [6, "no_host"], err);
      await withServers(async (hosts) => {
        const later = await run(place, hosts, ["--continue"]);
        assert.deepEqual([later.code, later.result.kind], [0, "accepted"], later.err);
        assert.equal(later.result.run, result.run);
      });
    }),
});

Deno.test("a spent budget ends a run with 5", () =>
  withServers((hosts) =>
    withSample(async (place) => {
      const { code, lines, result } = await run(place, hosts, [GOAL, "--trust", "--max-turns", "3"]);
      assert.deepEqual([code, result.kind], [5, "budget"]);
      assert.equal(result.asks, 3);
      assert.equal(lines.filter(({ type }) => type === "ask.started").length, 3);
    })
  ));

Deno.test("without trust nothing of the project runs and the run ends with 4", () =>
  withServers((hosts) =>
    withSample(async (place) => {
      const { code, lines, result } = await run(place, hosts, [GOAL]);
      assert.deepEqual([code, result.kind], [4, "blocked"]);
      assert.match(String(result.cause), /--trust/);
      assert.ok(!lines.some(({ type }) => /^(check|tool|command|write)\./.test(String(type))));
    })
  ));

for (const [signal, wanted] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`${signal} cancels a run with ${wanted}, and it goes on to be accepted`, () =>
    withServers((hosts) =>
      withSample(async (place) => {
        const words = ["run", GOAL, "-C", place.project, "--trust", "--headless", "--json", ...hosts];
        const child = start(place, words);
        const err = new Response(child.stderr).text();
        const lines = followLines(child.stdout);
        // The checks run a command of the project: the slowest thing that there is to cancel.
        await lines.until((line) => line.includes('"attempt.opened"'));
        await lines.until((line) => line.includes('"write.closed"'));
        child.kill(signal);
        const { code } = await child.status;
        const cancelled = read(code, [...await lines.rest(), ""].join("\n"), await err);
        assert.deepEqual([code, cancelled.result.kind], [wanted, "cancelled"]);
        assert.match(String(cancelled.result.cause), new RegExp(signal));
        const { code: later, lines: more, result } = await run(place, hosts, ["--continue"]);
        assert.deepEqual([later, result.kind], [0, "accepted"]);
        assert.equal(more[0]?.type, "run.resumed");
        assert.equal(result.run, cancelled.result.run);
      })
    ));
}
