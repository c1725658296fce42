import assert from "node:assert/strict";
import { startRehearsalFleet } from "../../src/rehearsal/fleet.ts";
import { ollamaHost } from "../../src/fleet/ollama_host.ts";
import { chatRequest, withServer } from "../fleet/replay.ts";
import { understudies } from "../../src/rehearsal/understudies.ts";
import { writeFiles } from "../run/fixtures/temporary_folder.ts";
import { callHere as call } from "./fixtures/call_here.ts";
import { hostFlags, jsonLines, type Place, withPlace } from "./fixtures/command_line.ts";

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

Deno.test("doctor says which checks a project has, also in folders below, and what was passed over and why", () =>
  withPlace(async (place) => {
    writeFiles(place.project, {
      "go.mod": "",
      "a.go": "",
      Makefile: "test:\n\tgo test ./...\n",
      "web/package.json": '{ "scripts": { "test": "node --test" } }',
      "examples/a/package.json": '{ "scripts": { "test": "node --test" } }',
    });
    const { out } = await call(place, ["doctor", "--host", "box=http://127.0.0.1:1"]);
    assert.match(out, /^ {2}ok {4}checks: npm test \(in web\); go test \.\/\.\.\.$/m);
    assert.match(out, /^ {2}note {2}no check: Makefile: make test is taken to call what was found$/m);
    assert.match(
      out,
      /^ {2}note {2}no check: examples\/a\/package\.json: it lies among tests, examples or what comes/m,
    );
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
      assert.match(out, /coding wants qwen2\.5-coder:32b.*qwen3-coder:30b is its choice number 3/);
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
        ["qwen3-coder:30b", "constrained family", "constrained family"],
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

/** What a server of the rehearsal holds, with its windows. */
async function heldBy(url: string): Promise<string[]> {
  const { resident } = await ollamaHost(url).survey(new AbortController().signal);
  return resident.map(({ name, window }) => `${name} ${window}`).sort();
}

Deno.test("doctor names what it looked at, audits the prompts of models that are loaded as a run loads them, and loads none", () =>
  withPlace((place) =>
    withFleet(async (hosts) => {
      const cold = await call(place, ["doctor", "--json", ...hostFlags(hosts)]);
      assert.equal(cold.out.match(/it is not loaded, and a look would load it/g)?.length, 4, cold.out);
      assert.match(cold.out, /Each host was given 5 s to answer; a look at a model is given 60 s/);
      assert.deepEqual(await heldBy(hosts.fast!), []);

      for (const { about, text } of jsonLines(cold.out)) {
        const [, model, host = "", window] = /^(\S+) on (\S+), window (\d+)/.exec(String(text)) ?? [];
        if (about !== "role" || model === undefined) continue;
        await ollamaHost(hosts[host]!).chat(
          chatRequest({ model, window: Number(window) }),
          new AbortController().signal,
        );
      }
      const held = await heldBy(hosts.strong!);
      const { code, out } = await call(place, ["doctor", "--json", ...hostFlags(hosts)]);
      assert.equal(code, 0);
      assert.deepEqual(await heldBy(hosts.strong!), held);
      const findings = jsonLines(out);
      const about = new Set(findings.map((finding) => finding.about));
      assert.deepEqual([...about].sort(), [
        "audit",
        "config",
        "host",
        "program",
        "project",
        "role",
        "sandbox",
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

      // So does what another program loaded, which Ollama keeps for five minutes.
      const fast = `${hosts.fast}/api/chat`;
      const roles = jsonLines(out).map(({ text }) => /^(\S+) on fast, window (\d+)/.exec(String(text)) ?? []);
      for (const [, model, window] of roles.filter(([found]) => found !== undefined)) {
        const loads = { model, messages: [], shift: false, options: { num_ctx: Number(window) } };
        await (await fetch(fast, { method: "POST", body: JSON.stringify(loads) })).body?.cancel();
      }
      const others = await call(place, ["doctor", ...hostFlags(hosts)]);
      assert.match(others.out, /another program may have loaded it, and a look could load it anew/);

      // Another program's window stays as it is.
      const { name: other } = (await ollamaHost(hosts.fast!).survey(new AbortController().signal)).resident[0]!;
      await ollamaHost(hosts.fast!).chat(chatRequest({ model: other, window: 2048 }), new AbortController().signal);
      const disturbed = await call(place, ["doctor", ...hostFlags(hosts)]);
      assert.match(disturbed.out, /it is loaded with a window of 2048, and a look would load it anew/);
      assert.ok((await heldBy(hosts.fast!)).includes(`${other} 2048`));
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

Deno.test("the password in a host's address is printed by no command and stands in no file of a run", () =>
  withPlace((place) =>
    withFleet(async ({ fast = "" }) => {
      const address = fast.replace("://", "://me:hunter2word@");
      const flags = ["--host", `fast=${address}`, "--host", "gone=http://me:hunter2word@127.0.0.1:9"];
      const commands = ["hosts", "doctor", "models", "config"].flatMap((command) => [[command], [command, "--json"]]);
      for (const args of [...commands, ["run", "say hello", "--trust", "--json", "--max-turns", "1"]]) {
        const { code, out, err } = await call(place, [...args, ...flags]);
        assert.notEqual(code, 2, err);
        assert.ok(out.length > 0);
        assert.doesNotMatch(out + err, /hunter2|aHVudGVy/, args.join(" "));
      }
      const wrong = await call(place, ["run", "say hello", "--trust", "--host", "box=http://me:hunter2word@box/?a"]);
      assert.match(wrong.err, /http:\/\/…@box/);
      assert.doesNotMatch(wrong.err, /hunter2/);
      const { code, stdout } = await new Deno.Command("grep", { args: ["-rlaE", "hunter2|aHVudGVy", place.state] })
        .output();
      assert.deepEqual([code, new TextDecoder().decode(stdout)], [1, ""]);
    })
  ));

Deno.test("a window that is too small is found before a run, and named once with what to do", () =>
  withPlace(async (place) => {
    const asked: string[] = [];
    const small = { data: [{ id: "m", owned_by: "vllm", max_model_len: 1024 }] };
    await withServer((request) => {
      const { pathname } = new URL(request.url);
      asked.push(pathname);
      return pathname === "/v1/models" ? Response.json(small) : new Response("", { status: 404 });
    }, async (url) => {
      const { code, err } = await call(place, ["run", "goal", "--trust", "-m", "m", "--host", `lab=${url}`]);
      assert.equal(code, 6);
      assert.equal(
        err.match(/m on lab has a window of 1024 tokens, and arbiter, .* need at least 2048/g)?.length,
        1,
        err,
      );
      assert.match(err, /vLLM: --max-model-len/);
      assert.ok(!asked.includes("/v1/chat/completions"));
      const doctor = await call(place, ["doctor", "-m", "m", "--host", `lab=${url}`]);
      assert.equal(doctor.code, 6);
      assert.equal(doctor.out.match(/BAD {3}window: m on lab has a window of 1024 tokens/g)?.length, 1, doctor.out);
    });
  }));
