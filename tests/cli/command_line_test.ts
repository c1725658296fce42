import assert from "node:assert/strict";
import { call, hostFlags, jsonLines, type Place, withPlace } from "./fixtures/command_line.ts";
import { startRehearsalFleet } from "../../src/rehearsal/fleet.ts";
import { understudies } from "../../src/rehearsal/understudies.ts";

/** Whoever reads an error is told in sentences, never by a stack. */
function assertSentence(err: string): void {
  assert.match(err, /autonomy: /);
  assert.doesNotMatch(err, /^\s+at /m);
  assert.doesNotMatch(err, /Uncaught/);
}

async function withFleet(test: (hosts: Readonly<Record<string, string>>) => Promise<void>): Promise<void> {
  const fleet = await startRehearsalFleet({ players: understudies(), pace: 0 });
  try {
    await test(fleet.hosts);
  } finally {
    await fleet.close();
  }
}

async function writeConfig(place: Place, text: string): Promise<string> {
  const path = `${place.config}/config.jsonc`;
  await Deno.writeTextFile(path, text);
  return path;
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
        "undo",
        "plugins",
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

Deno.test("a configuration that cannot be read ends with 7 and names the file", () =>
  withPlace(async (place) => {
    await Deno.mkdir(`${place.config}/config.jsonc`);
    const { code, err } = await call(place, ["config"]);
    assert.equal(code, 7);
    assertSentence(err);
    assert.match(err, /config\.jsonc cannot be read/);
    const named = await call(place, ["config", "--config", "absent.jsonc"]);
    assert.equal(named.code, 7);
    assert.match(named.err, /There is no configuration file .*absent\.jsonc/);
  }));

Deno.test("a wrong type in the configuration ends with 7 and is told with line and column", () =>
  withPlace(async (place) => {
    const path = await writeConfig(place, '{\n  // fast box\n  "limits": { "tokens": "many" },\n}\n');
    const { code, out, err } = await call(place, ["run", "goal", "--json"]);
    assert.equal(code, 7);
    assertSentence(err);
    assert.ok(err.includes(`${path}:3:25: limits.tokens must be a number; found "many"`), err);
    assert.deepEqual([jsonLines(out).at(-1)?.kind, jsonLines(out).at(-1)?.exit], ["config", 7]);
  }));

Deno.test("a role of the configuration that no plugin offers ends with 7 and its place", () =>
  withPlace(async (place) => {
    const path = await writeConfig(place, '{ "roles": { "codng": { "window": 4096 } } }');
    const { code, err } = await call(place, ["plugins"]);
    assert.equal(code, 7);
    assert.ok(err.includes(`${path}:1:35`), err);
    assert.match(err, /no role "codng"/);
  }));

Deno.test("a role of a flag that no plugin offers ends with 2; help shows the form of such flags", () =>
  withPlace(async (place) => {
    for (const args of [["--way", "codng=native"], ["-m", "codng=some:7b"], ["--host", "=http://x"]]) {
      const { code, err } = await call(place, ["run", "goal", ...args]);
      assert.equal(code, 2, args.join(" "));
      assertSentence(err);
    }
    const help = (await call(place, ["run", "--help"])).out;
    for (const form of ["NAME=URL", "ROLE=MODEL[@HOST]", "ROLE=WAY"]) assert.ok(help.includes(form), form);
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

Deno.test("a user's plugin that does not load is told with its place and left out", () =>
  withPlace(async (place) => {
    await Deno.mkdir(`${place.config}/plugins`);
    await Deno.writeTextFile(`${place.config}/plugins/broken.ts`, "export default {\n  name: ,\n};\n");
    const { code, out, err } = await call(place, ["plugins"]);
    assert.equal(code, 0);
    assert.equal(err, "");
    assert.match(out, /Left out: Plugin .*broken\.ts does not load/);
    assert.match(out, /broken\.ts:2:/);
    // Deno colours its diagnostics whoever reads them.
    const { out: coloured } = await call(place, ["plugins"], { env: { NO_COLOR: "", FORCE_COLOR: "1" } });
    assert.equal(coloured, out);
    assert.match(out, /^read_tools +built-in/m);
  }));

Deno.test("a plugin of a project is not even loaded before the project is trusted", () =>
  withPlace(async (place) => {
    await Deno.mkdir(`${place.project}/.autonomy/plugins`, { recursive: true });
    await Deno.writeTextFile(
      `${place.project}/.autonomy/plugins/mark.ts`,
      `await Deno.writeTextFile(${JSON.stringify(`${place.folder}/ran`)}, "x");\nexport default { name: "mark" };\n`,
    );
    const before = await call(place, ["plugins"]);
    assert.match(before.out, /until the project is trusted \(start a run with --trust\): .*mark\.ts/);
    // Whoever asks for its role is told why there is none.
    for (const args of [["prompt", "marker"], ["doctor", "--way", "marker=native"]]) {
      assert.match((await call(place, args)).err, /no role "marker"[^]*until the project is trusted.*mark\.ts/);
    }
    await assert.rejects(Deno.stat(`${place.folder}/ran`));
    const after = await call(place, ["plugins", "--trust"]);
    assert.match(after.out, /^mark +project/m);
    assert.match(after.out, /trusted for this look only/);
    assert.match((await call(place, ["plugins"])).out, /until the project is trusted/);
    assert.match((await call(place, ["plugins", "--help"])).out, /--trust\] +Look as if .* this once/);
    await Deno.stat(`${place.folder}/ran`);
  }));

Deno.test("a host that is down ends with 6, in words on stderr and as a result line", () =>
  withPlace(async (place) => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const port = (listener.addr as Deno.NetAddr).port;
    listener.close();
    const { code, out, err } = await call(place, ["run", "goal", "--json", "--host", `box=http://127.0.0.1:${port}`]);
    assert.equal(code, 6);
    assertSentence(err);
    assert.match(err, /No host answers: box/);
    const last = jsonLines(out).at(-1);
    assert.equal(last?.type, "result");
    assert.equal(last?.kind, "no_host");
    assert.equal(last?.exit, 6);
    assert.equal(last?.tokens, null);
    const address = `http://127.0.0.1:${port}`;
    assert.ok(err.includes(`box at ${address}: connection refused. Start one`), err);
    assert.match(err, /autonomy rehearse/);
    const doctor = await call(place, ["doctor", "--host", `box=${address}`]);
    assert.equal(doctor.code, 6);
    // The cause and the advice stand there once, however many roles wait for a host.
    assert.equal(doctor.out.match(/connection refused/g)?.length, 1, doctor.out);
    assert.equal(doctor.out.match(/ollama serve/g)?.length, 1, doctor.out);
    assert.match(doctor.out, /BAD {3}arbiter: no host answers$/m);
    const models = await call(place, ["models", "--host", `box=${address}`]);
    assert.equal(models.out.match(/connection refused/g)?.length, 1, models.out);
  }));

Deno.test("a model that was named and is nowhere ends with 6 and the command that pulls it", () =>
  withPlace((place) =>
    withFleet(async (hosts) => {
      const args = ["run", "goal", "--trust", "--model", "coding=absent:7b", ...hostFlags(hosts)];
      const { code, err } = await call(place, args);
      assert.equal(code, 6);
      assertSentence(err);
      assert.match(err, /ollama pull absent:7b/);
    })
  ));

Deno.test("roles whose default model is missing fall back, and that is said", () =>
  withPlace((place) =>
    withFleet(async ({ fast = "" }) => {
      const { code, out } = await call(place, ["models", "--host", fast]);
      assert.equal(code, 0);
      assert.match(out, /coding wants qwen2\.5-coder:32b.*falls back to qwen2\.5:14b/);
    })
  ));

Deno.test("models says how each model is called and why; a probe that a person asks for is remembered and shown", () =>
  withPlace((place) =>
    withFleet(async (hosts) => {
      const models = async (...args: readonly string[]) => {
        const { code, out, err } = await call(place, ["models", "--json", ...args, ...hostFlags(hosts)]);
        assert.equal(code, 0, err);
        return jsonLines(out);
      };
      const before = await models();
      const ways = before.map(({ model, ways }) => [model, ...["decision", "work"].map((what) => wayOf(ways, what))]);
      assert.deepEqual(ways, [
        ["qwen2.5:14b", "constrained family", "constrained family"],
        ["functiongemma:latest", "native family", "native family"],
        ["qwen2.5-coder:32b", "constrained family", "constrained family"],
        ["qwen2.5:32b", "constrained family", "constrained family"],
      ]);
      assert.ok(before.every(({ record }) => record === null));
      const [probe, after] = await models("--probe", "qwen2.5-coder:32b");
      assert.deepEqual([probe?.type, probe?.ended], ["probe", null]);
      const tried = probe?.tried as string[];
      assert.equal(tried.length, 10);
      assert.ok(tried.includes("whole text: right"));
      assert.ok(tried.includes("decision constrained: right") && tried.includes("work constrained: right"));
      // The rehearsal's template shows tools in Go's syntax: native calling is not even tried.
      assert.ok(tried.includes("work native: failed"));
      assert.notEqual(after?.record, null);
      const listed = await call(place, ["models", "qwen2.5-coder:32b", ...hostFlags(hosts)]);
      assert.match(listed.out, /work constrained +1 +1 +0 +0/);
      assert.match(listed.out, /family: qwen2\.5-coder: it writes bare JSON/);
      const absent = await call(place, ["models", "absent:7b", ...hostFlags(hosts)]);
      assert.equal(absent.code, 6);
      assertSentence(absent.err);
    })
  ));

/** Way and source of one kind of asks. */
function wayOf(ways: unknown, what: string): string {
  const { way, from } = (ways as Record<string, { way: string; from: string }>)[what]!;
  return `${way} ${from}`;
}

Deno.test("doctor names what it looked at and audits the prompts of the crew's models", () =>
  withPlace((place) =>
    withFleet(async (hosts) => {
      const { code, out } = await call(place, ["doctor", "--json", ...hostFlags(hosts)]);
      assert.equal(code, 0);
      const findings = jsonLines(out);
      const about = new Set(findings.map((finding) => finding.about));
      assert.deepEqual([...about].sort(), [
        "audit",
        "config",
        "host",
        "program",
        "project",
        "role",
        "store",
        "terminal",
      ]);
      const audits = findings.filter((finding) => finding.about === "audit");
      const told = (found: string) => audits.filter(({ finding }) => finding === found).map(({ text }) => String(text));
      assert.equal(told("broken").length, 3);
      for (const text of told("broken")) {
        assert.match(text, /^called constrained .*: native tools would not be shown right .*nothing is to be done$/);
      }
      assert.equal(told("built_in").length, 1);
      assert.match(told("built_in").join(), /^called native .*: native tools are shown right$/);
      // What a person reads names no file that is not there, and no way of finding out.
      assert.doesNotMatch(out, /\.md §|\(recorded\)|\(measured\)/);
    })
  ));

Deno.test("a host without its key is a finding of hosts and doctor, and the others are looked at; a run refuses it", () =>
  withPlace((place) =>
    withFleet(async ({ fast = "" }) => {
      await writeConfig(
        place,
        `{ "hosts": { "fast": { "url": "${fast}" }, "lab": { "url": "http://lab", "key_variable": "NO_SUCH_KEY" } } }`,
      );
      const hosts = await call(place, ["hosts"]);
      assert.equal(hosts.code, 0, hosts.err);
      assert.match(hosts.out, /^fast +up/m);
      assert.match(hosts.out, /^lab +down .*NO_SUCH_KEY, which is not set/m);
      const doctor = await call(place, ["doctor"]);
      assert.equal(doctor.code, 7);
      assert.match(doctor.out, /BAD {3}lab: .*NO_SUCH_KEY/);
      assert.match(doctor.out, /ok {4}fast: ollama/);
      assert.match(doctor.out, /^audit$/m);
      assert.equal((await call(place, ["run", "goal"])).code, 7);
    })
  ));

Deno.test("doctor tells a wrong configuration and looks at the rest", () =>
  withPlace((place) =>
    withFleet(async (hosts) => {
      for (const text of ['{ "limits": { "tokens": "many" } }', '{ "roles": { "codng": { "window": 4096 } } }']) {
        await writeConfig(place, text);
        const { code, out, err } = await call(place, ["doctor", ...hostFlags(hosts)]);
        assert.equal(code, 7, err);
        assert.match(out, /BAD {3}wrong: .*config\.jsonc:1:\d+/);
        assert.match(out, /^ {2}note {2}no file counts for the rest of this look$/m);
        assert.match(out, /ok {4}fast: ollama/);
        assert.match(out, /ok {4}arbiter: /);
      }
    })
  ));

Deno.test("values come from flag, environment, project, user and default, in this order, each with its place", () =>
  withPlace(async (place) => {
    await writeConfig(
      place,
      '{ "limits": { "tokens": 1, "turns": 2 }, "mode": "off",\n"hosts": { "far": { "url": "http://far" } } }',
    );
    await Deno.mkdir(`${place.project}/.autonomy`);
    await Deno.writeTextFile(
      `${place.project}/.autonomy/config.jsonc`,
      '{ "limits": { "tokens": 3 }, "hosts": { "near": { "url": "http://near" } } }',
    );
    const rows = async (args: readonly string[], env: Record<string, string> = {}) => {
      const { out } = await call(place, ["config", "--json", ...args], { env });
      return new Map(jsonLines(out).map(({ name, value, origin }) => [name, { value, origin: String(origin) }]));
    };
    const plain = await rows([], { OLLAMA_HOST: "other:99" });
    assert.deepEqual([plain.get("limits.tokens")?.value, plain.get("limits.turns")?.value], [3, 2]);
    assert.ok(plain.get("limits.tokens")?.origin.endsWith("project/.autonomy/config.jsonc:1:25"));
    assert.equal(plain.get("mode")?.value, "off");
    assert.equal(plain.get("limits.seconds")?.origin, "default");
    // An untrusted project may not send the code and the keys of its reader to hosts of its choice.
    assert.equal(plain.has("hosts.near"), false);
    assert.equal(plain.has("hosts.far"), true);
    const trusted = await rows(["--trust", "--max-tokens", "9"]);
    assert.deepEqual(trusted.get("limits.tokens"), { value: 9, origin: "--max-tokens" });
    assert.equal(trusted.has("hosts.near"), true);
    const named = await rows(["--host", "one=http://one"]);
    assert.deepEqual([...named.keys()].filter((name) => String(name).startsWith("hosts.")), ["hosts.one"]);
    await Deno.remove(`${place.config}/config.jsonc`);
    const variable = await rows([], { OLLAMA_HOST: "0.0.0.0" });
    assert.deepEqual(variable.get("hosts.local"), {
      value: { url: "http://127.0.0.1:11434" },
      origin: "OLLAMA_HOST",
    });
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
