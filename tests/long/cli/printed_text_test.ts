import assert from "node:assert/strict";
import type { Fact } from "../../../src/features/fact.ts";
import { safe, safeJson } from "../../../src/kernel/say.ts";
import { parseFact } from "../../../src/plugin/built_in.ts";
import { openJournal } from "../../../src/run/journal.ts";
import { openRunStore } from "../../../src/run/run_store.ts";
import { arrivedIn, HOSTILE, poisoned } from "../../fakes/hostile.ts";
import { oneOfEach } from "../../tell/fixtures/one_of_each.ts";
import { call, type Place, withPlace } from "../../cli/fixtures/command_line.ts";

const ID = "20261122-000000-0001";
const ALL = HOSTILE.join(" ");
/** What an argument of a program can hold. */
const ARGUMENT = ALL.replaceAll("\0", "").toWellFormed();
/** What a name of a file can hold, as long as one may be. */
const NAMES = Array.from({ length: 40 }, (_, index) => HOSTILE.slice(index * 6, index * 6 + 6).join(""))
  .map((name) => name.replaceAll(/[\0/\n]/g, "").toWellFormed()).filter((name) => name !== "");

/** Whether a fact is one still, with its words poisoned; the words of closed lists cannot be. */
function poisonedFact(fact: Fact): Fact {
  const candidate = poisoned(fact, ALL);
  try {
    return parseFact(candidate);
  } catch {
    return fact;
  }
}

/** A run in whose facts all words are hostile, of a project whose files are named so. */
async function storeRun(place: Place): Promise<number> {
  const journal = openJournal<Fact>({ path: openRunStore(place.state).create(ID), validate: parseFact });
  const facts = oneOfEach().map(({ seq: _seq, at: _at, ...fact }) => fact as Fact);
  const hostile = facts.map(poisonedFact);
  journal.append(hostile, 1);
  journal.close();
  for (const name of NAMES) await Deno.writeTextFile(`${place.project}/${name}.js`, `// ${ALL}\n`);
  return hostile.filter((fact, index) => fact !== facts[index]).length;
}

/** A server whose version, models and errors are hostile. */
function hostileServer(): Deno.HttpServer<Deno.NetAddr> {
  const name = `m${ARGUMENT}`;
  const model = {
    name,
    model: name,
    size: 1e9,
    digest: `d${ARGUMENT}`,
    details: { parameter_size: "7B", family: name },
  };
  return Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    switch (new URL(request.url).pathname) {
      case "/api/version":
        return Response.json({ version: `0.12.0${ARGUMENT}` });
      case "/api/tags":
        return Response.json({ models: [model] });
      case "/api/ps":
        return Response.json({ models: [{ ...model, size_vram: 1e9, context_length: 4096 }] });
      case "/api/show":
        return Response.json({
          capabilities: ["tools", "completion"],
          template: ALL,
          details: model.details,
          model_info: {},
        });
      default:
        return Response.json({ error: ALL }, { status: 500 });
    }
  });
}

const PLUGIN = `
import { definePlugin, defineTool } from "${new URL("../../../src/plugin/mod.ts", import.meta.url).href}";
export default definePlugin({ name: ${JSON.stringify(`p${ARGUMENT}`)}, tools: [] });
`;

/** Writes configuration and plugins with hostile names, of which some are faults. */
async function configure(place: Place, url: string): Promise<void> {
  await Deno.writeTextFile(
    `${place.config}/config.jsonc`,
    JSON.stringify({
      hosts: { lab: { url } },
      allow: [[ARGUMENT]],
      checks: [{ name: ARGUMENT, command: ["true", ARGUMENT] }],
    }),
  );
  await Deno.mkdir(`${place.config}/plugins`, { recursive: true });
  await Deno.writeTextFile(`${place.config}/plugins/one.ts`, PLUGIN);
  await Deno.writeTextFile(`${place.config}/plugins/broken.ts`, `throw new Error(${JSON.stringify(ALL)});`);
}

/** Runs a command; nothing of what it wrote may be obeyed by a terminal. */
async function nothingArrives(place: Place, args: readonly string[]): Promise<string> {
  const { out, err } = await call(place, args);
  const shown = args.map((word) => word.slice(0, 20)).join(" ");
  assert.equal(arrivedIn(out), null, `stdout of ${JSON.stringify(shown)}`);
  assert.equal(arrivedIn(err), null, `stderr of ${JSON.stringify(shown)}`);
  return out;
}

Deno.test("of 200 texts with control sequences, nothing that a terminal obeys is left, and JSON holds all of each", () => {
  assert.ok(HOSTILE.length >= 200, `${HOSTILE.length} texts`);
  for (const text of [...HOSTILE, ALL]) {
    assert.equal(arrivedIn(safe(text)), null);
    assert.equal(arrivedIn(safeJson({ [text]: text })), null);
    assert.deepEqual(JSON.parse(safe(safeJson({ [text]: text }))), { [text]: text });
  }
  assert.equal(safe("naïve 漢字 → 😀\tx\n"), "naïve 漢字 → 😀\tx\n");
});

Deno.test("what is made safe takes time in proportion to its length, whatever it repeats", () => {
  // Quadratic, one of these would take minutes.
  for (const piece of ["\x1b]", "\x90", "\x90a", "\x1b[", "\x1b ", "\x9b0", "\x1b]0;\x1b["]) {
    assert.equal(arrivedIn(safe(`${piece.repeat(300_000)}\x1b!`)), null);
  }
});

Deno.test("no command prints what a terminal obeys: goals, facts, files, hosts, models, plugins, configuration, arguments, errors", () =>
  withPlace(async (place) => {
    const server = hostileServer();
    try {
      assert.ok(await storeRun(place) >= 40, "too few facts are hostile");
      await configure(place, `http://127.0.0.1:${server.addr.port}`);
      const shown = await nothingArrives(place, ["show", ID]);
      assert.match(shown, /Make it add/);
      for (const part of ["t1", "d1", "m1"]) await nothingArrives(place, ["show", ID, part]);
      for (const words of [["runs", "-a"], ["hosts"], ["models"], ["plugins"], ["config"], ["trust"], ["doctor"]]) {
        await nothingArrives(place, words);
        const lines = (await nothingArrives(place, [...words, "--json"])).trim().split("\n");
        for (const line of lines) assert.equal(typeof JSON.parse(line), "object", line);
      }
      const runs = JSON.parse(await nothingArrives(place, ["runs", "-a", "--json"]));
      assert.equal(runs.goal, `${ALL} Make it add`, "JSON holds all of it");
      await nothingArrives(place, ["prompt", "coding", "--task", ARGUMENT]);
      await nothingArrives(place, ["prompt", "coding", "--json", "--task", `Mend ${NAMES[0]}.js ${ARGUMENT}`]);
      await nothingArrives(place, ["undo", ID, "--dry-run"]);
      await nothingArrives(place, ["undo", ID, "--dry-run", "--task", ARGUMENT, "--role", ARGUMENT]);
      for (const command of ["diff", "apply"]) await nothingArrives(place, [command, ID, ARGUMENT]);
    } finally {
      await server.shutdown();
    }
  }));

Deno.test("no error of the command line or of a configuration prints what a terminal obeys", () =>
  withPlace(async (place) => {
    for (
      const args of [
        [ARGUMENT],
        [`--${ARGUMENT}`],
        ["run", `--${ARGUMENT}`],
        ["show", ARGUMENT],
        ["undo", ARGUMENT],
        ["diff", ARGUMENT, ARGUMENT],
        ["apply", ARGUMENT, ARGUMENT],
        ["models", ARGUMENT],
        ["prompt", ARGUMENT],
        ["completions", ARGUMENT],
        ["complete", "--", ARGUMENT],
        ["doctor", "--host", ARGUMENT, "-C", ARGUMENT],
        ["run", "--headless", "--json", "--host", "127.0.0.1:1", ARGUMENT],
        ["run", "--headless", "--host", "127.0.0.1:1", ARGUMENT],
      ]
    ) await nothingArrives(place, args);
    for (
      const text of [
        JSON.stringify({ [ALL]: 1, roles: { [ALL]: { way: ALL } } }),
        `{ ${ALL}`,
        `{ "hosts": { "${ARGUMENT}`,
      ]
    ) {
      await Deno.writeTextFile(`${place.config}/config.jsonc`, text);
      await nothingArrives(place, ["config"]);
      await nothingArrives(place, ["config", "--json"]);
    }
  }));

Deno.test("an error of a plugin that nobody waits for costs that plugin alone, and nothing of its text arrives that a terminal obeys", () =>
  withPlace(async (place) => {
    await Deno.mkdir(`${place.config}/plugins`, { recursive: true });
    const text = JSON.stringify(`Late. ${ALL}`);
    for (
      const thrown of [
        `Promise.reject(new Error(${text}));`,
        // The plugin is loaded only after its timer fired; else it is offered before the error.
        `setTimeout(() => { throw new Error(${text}); }, 0);\nawait new Promise((done) => setTimeout(done, 1));`,
      ]
    ) {
      await Deno.writeTextFile(`${place.config}/plugins/late.ts`, `${thrown}\nexport default { name: "late" };\n`);
      const { code, out, err } = await call(place, ["plugins"]);
      assert.equal(code, 0);
      assert.match(out, /^late +user .*ready|^late +user .*left out[^]*It printed:\n/m);
      assert.match(out, /^run_tools +built-in/m);
      assert.equal(arrivedIn(out + err), null);
    }
  }));
