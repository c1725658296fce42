import assert from "node:assert/strict";
import { callHere as call } from "./fixtures/call_here.ts";
import { call as callProgram, jsonLines, type Place, withPlace } from "./fixtures/command_line.ts";

/** Whoever reads an error is told in sentences, never by a stack. */
function assertSentence(err: string): void {
  assert.match(err, /autonomy: /);
  assert.doesNotMatch(err, /^\s+at /m);
  assert.doesNotMatch(err, /Uncaught/);
}

async function writeConfig(place: Place, text: string): Promise<string> {
  const path = `${place.config}/config.jsonc`;
  await Deno.writeTextFile(path, text);
  return path;
}

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
      'throw new Error("it was run");\n',
    );
    const before = await call(place, ["plugins"]);
    assert.match(before.out, /until the project is trusted \(start a run with --trust\): .*mark\.ts/);
    // Whoever asks for its role is told why there is none.
    for (const args of [["prompt", "marker"], ["doctor", "--way", "marker=native"]]) {
      assert.match((await call(place, args)).err, /no role "marker"[^]*until the project is trusted.*mark\.ts/);
    }
    assert.doesNotMatch(before.out, /it was run/);
    const after = await call(place, ["plugins", "--trust"]);
    assert.match(after.out, /^mark +project +- +left out/m);
    assert.match(after.out, /it was run/);
    assert.match(after.out, /trusted for this look only/);
    assert.match((await call(place, ["plugins"])).out, /until the project is trusted/);
    assert.match((await call(place, ["plugins", "list", "--help"])).out, /--trust\] +Look as if .* this once/);
  }));

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

Deno.test("a specialist of a plugin that can begin a turn and not end it is told, with the tools that would", () =>
  withPlace(async (place) => {
    await Deno.mkdir(`${place.config}/plugins`, { recursive: true });
    await Deno.mkdir(`${place.config}/prompts`, { recursive: true });
    await Deno.writeTextFile(`${place.config}/prompts/cook.md`, "---\nname: cook\nfor: cooks\n---\nYou cook.\n");
    const write = (tools: readonly string[]) =>
      Deno.writeTextFile(
        `${place.config}/plugins/cook.ts`,
        `import { definePlugin } from "autonomy";
export default definePlugin({ name: "cook", specialists: [{ role: "cook", describes: "Cooks.", models: ["m"], window: 8192,
  temperature: 0, prompt: "cook.md", phases: [], tools: ${JSON.stringify(tools)} }] });\n`,
      );
    await write(["read_file"]);
    const endless = /specialist "cook" has no tool that ends its turns, .* Add one to its tools: .*finish_task/;
    const before = await call(place, ["plugins"]);
    assert.match(before.out + before.err, endless);
    await write(["read_file", "answer"]);
    const after = await call(place, ["plugins"]);
    assert.doesNotMatch(after.out + after.err, /ends its turns/);
    assert.match(after.out, /cook/);
  }));

Deno.test("a dropped-in tool is given to a specialist that is built in, by a person at once and by a project once it is trusted", () =>
  withPlace(async (place) => {
    const path = await writeConfig(place, '{ "roles": { "coding": { "tools": ["count_words", "fly"] } } }');
    await Deno.mkdir(`${place.config}/plugins`);
    await Deno.writeTextFile(
      `${place.config}/plugins/count.ts`,
      `import { z } from "zod";
import { definePlugin } from "autonomy";
export default definePlugin({ name: "count", tools: [{ name: "count_words", describes: "Counts words.", access: "reads",
  input: z.object({ path: z.string() }), run: () => "3" }] });\n`,
    );
    const rows = async (flags: readonly string[]) => {
      const { out } = await call(place, ["config", "--json", ...flags]);
      return jsonLines(out).filter(({ name }) => String(name).startsWith("roles."));
    };
    const [tools] = await rows([]);
    assert.deepEqual([tools?.name, tools?.value, tools?.origin], [
      "roles.coding.tools",
      ["count_words", "fly"],
      `${path}:1:35`,
    ]);
    assert.match(
      (await call(place, ["plugins"])).out,
      /config\.jsonc:1:35 .*There is no tool "fly"; .*coding works without it/,
    );
    assert.match((await call(place, ["prompt", "coding"])).out, /count_words/);
    assert.doesNotMatch((await call(place, ["prompt", "reasoning"])).out, /count_words/);
    await Deno.mkdir(`${place.project}/.autonomy`, { recursive: true });
    await Deno.writeTextFile(
      `${place.project}/.autonomy/config.jsonc`,
      '{ "roles": { "analysis": { "window": 4096, "tools": ["run_command"] } } }',
    );
    const names = async (flags: readonly string[]) => (await rows(flags)).map(({ name }) => name);
    assert.deepEqual(await names([]), ["roles.analysis.window", "roles.coding.tools"]);
    assert.match((await call(place, ["config"])).out, /roles\.analysis\.tools \(.*config\.jsonc:1:53\)/);
    assert.deepEqual(await names(["--trust"]), ["roles.analysis.window", "roles.analysis.tools", "roles.coding.tools"]);
  }));

Deno.test("skills of a person are told at once, those of a project once it is trusted", () =>
  withPlace(async (place) => {
    const skill = async (folder: string, name: string) => {
      await Deno.mkdir(`${folder}/${name}`, { recursive: true });
      await Deno.writeTextFile(`${folder}/${name}/SKILL.md`, `---\ndescription: How to ${name}.\n---\nSo.\n`);
    };
    await skill(`${place.config}/skills`, "knit");
    await skill(`${place.project}/.agents/skills`, "sew");
    await skill(`${place.project}/.autonomy/skills`, "weave");
    const told = async (flags: readonly string[]) =>
      (await call(place, ["prompt", "reasoning", ...flags])).out.match(/How to \w+/g);
    assert.deepEqual(await told([]), ["How to knit"]);
    assert.deepEqual(await told(["--trust"]), ["How to knit", "How to sew", "How to weave"]);
  }));

Deno.test("what a project says of its sandbox counts once the project is trusted", () =>
  withPlace(async (place) => {
    await writeConfig(place, '{ "sandbox": { "network": false, "write": ["~/models"] } }');
    await Deno.mkdir(`${place.project}/.autonomy`, { recursive: true });
    await Deno.writeTextFile(
      `${place.project}/.autonomy/config.jsonc`,
      '{ "sandbox": { "tier": "none", "network": true } }',
    );
    const settings = async (flags: readonly string[]) => {
      const { out } = await call(place, ["config", "--json", ...flags], { env: { HOME: "/home/a" } });
      const rows = jsonLines(out).filter(({ name }) => String(name).startsWith("sandbox."));
      return Object.fromEntries(rows.map(({ name, value }) => [String(name).slice("sandbox.".length), value]));
    };
    assert.deepEqual(await settings([]), { tier: "auto", network: false, write: ["/home/a/models"], copies: true });
    const { out } = await call(place, ["config"]);
    assert.match(out, /sandbox \(.*config\.jsonc:1:14\)/);
    assert.deepEqual(await settings(["--trust"]), {
      tier: "none",
      network: true,
      write: ["/home/a/models"],
      copies: true,
    });
  }));

Deno.test("doctor says which sandbox there is, what it holds and what not, and why there is no better one", () =>
  withPlace(async (place) => {
    await writeConfig(place, '{ "sandbox": { "tier": "none" } }');
    const none = (await call(place, ["doctor"])).out;
    assert.match(none, /note +tier: none\. The configuration wants none\./);
    assert.match(none, /note +does not hold: commands and checks run with all rights of the user/);
    const { out } = await call(place, ["doctor", "--json"]);
    const finding = jsonLines(out).find(({ about, name }) => about === "sandbox" && name === "tier");
    assert.equal(finding?.tier, "none");
    assert.ok(Array.isArray(finding?.holds) && Array.isArray(finding?.lacks));
    await writeConfig(place, "{}");
    await Deno.mkdir(`${place.folder}/bin`);
    for (const program of ["sh", "env", "cat", "grep", "id"]) {
      const found = new Deno.Command("sh", { args: ["-c", `command -v ${program}`] }).outputSync().stdout;
      await Deno.symlink(new TextDecoder().decode(found).trim(), `${place.folder}/bin/${program}`);
    }
    if (Deno.build.os !== "linux") return;
    const without = (await callProgram(place, ["doctor"], { env: { PATH: `${place.folder}/bin` } })).out;
    assert.match(without, /tier: none\. There is no bwrap on the PATH\. Install the package bubblewrap\./);
  }));

Deno.test("each way of calling the person is on unless a file turns it off, which is shown with its place", () =>
  withPlace(async (place) => {
    const path = await writeConfig(place, '{ "attention": { "bell": false } }');
    const { out } = await call(place, ["config", "--json"]);
    const settings = jsonLines(out).filter(({ name }) => String(name).startsWith("attention."));
    assert.deepEqual(settings.map(({ name, value, origin }) => [name, value, origin]), [
      ["attention.bell", false, `${path}:1:26`],
      ["attention.notify", true, "default"],
      ["attention.title", true, "default"],
    ]);
  }));
