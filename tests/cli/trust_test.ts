import assert from "node:assert/strict";
import { startRehearsalFleet } from "../../src/rehearsal/fleet.ts";
import { copySmallSample } from "../rehearsal/small_sample.ts";
import { understudies } from "../../src/rehearsal/understudies.ts";
import { callHere as call } from "./fixtures/call_here.ts";
import { hostFlags, jsonLines, type Place, withPlace } from "./fixtures/command_line.ts";

/** Writes a plugin that is known by a mark in its code. */
async function plant(place: Place, file: string, mark = "ran"): Promise<void> {
  const path = `${place.project}/${file}`;
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  const name = file.replaceAll(/\W/g, "_").toLowerCase();
  await Deno.writeTextFile(
    path,
    `Deno.writeTextFileSync(${
      JSON.stringify(`${place.folder}/${mark}`)
    }, "x");\nexport default { name: "p${name}" };\n`,
  );
}

/** Whether planted code was handed to a process that runs it, which it does from a copy; the copies are removed. */
async function hasRun(place: Place, mark = "ran"): Promise<boolean> {
  const copies = `${place.state}/hosted/copies`;
  const files = await filesIn(copies);
  const texts = await Promise.all(files.map((path) => Deno.readTextFile(path)));
  if (files.length > 0) await Deno.remove(copies, { recursive: true });
  return texts.some((text) => text.includes(`${place.folder}/${mark}`));
}

async function filesIn(folder: string): Promise<string[]> {
  if (!await Deno.stat(folder).then(() => true, () => false)) return [];
  const inner = await Array.fromAsync(
    Deno.readDir(folder),
    ({ name, isDirectory }) => isDirectory ? filesIn(`${folder}/${name}`) : [`${folder}/${name}`],
  );
  return inner.flat();
}

const NO_HOST = ["--host", "none=http://127.0.0.1:1"];

/** All commands that put a crew together from the project. */
const LOOKS = [
  ["doctor", ...NO_HOST],
  ["plugins"],
  ["prompt", "coding"],
  ["config"],
  ["hosts", ...NO_HOST],
  ["models", ...NO_HOST],
  ["run", "goal", ...NO_HOST],
];

/** Ways in which something that acts may come into a trusted project. */
const PLANTED: Readonly<Record<string, (place: Place) => Promise<void>>> = {
  "a new plugin": (place) => plant(place, ".autonomy/plugins/planted.ts"),
  "a new folder with a plugin": (place) => plant(place, ".autonomy/plugins/planted/mod.ts"),
  "a changed plugin": (place) => plant(place, ".autonomy/plugins/known.ts"),
  "a module that a plugin imports from elsewhere": (place) => plant(place, "src/shared.ts"),
  "a plugin in a folder that the configuration names": (place) => plant(place, "tools/planted.ts"),
  "another configuration, with a folder": async (place) => {
    await plant(place, "planted/planted.ts");
    await Deno.writeTextFile(`${place.project}/.autonomy/config.jsonc`, '{ "plugins": ["../tools", "../planted"] }');
  },
  "a link to a plugin outside": async (place) => {
    await plant(place, "src/planted.ts");
    await Deno.symlink("../../src/planted.ts", `${place.project}/.autonomy/plugins/planted.ts`);
  },
  "a link to a folder whose name begins like a trusted one": async (place) => {
    await plant(place, ".autonomy-more/planted.ts");
    await Deno.symlink("../../.autonomy-more/planted.ts", `${place.project}/.autonomy/plugins/planted.ts`);
  },
  "a link in place of the folder": async (place) => {
    await plant(place, "elsewhere/planted.ts");
    await Deno.rename(`${place.project}/.autonomy/plugins`, `${place.project}/moved`);
    await Deno.symlink("../elsewhere", `${place.project}/.autonomy/plugins`);
  },
};

/** A project with a plugin, a configuration and a module that the plugin imports, trusted as it stands. */
async function withTrusted(test: (place: Place) => Promise<void>): Promise<void> {
  await withPlace(async (place) => {
    const write = async (file: string, text: string) => {
      await Deno.mkdir(`${place.project}/${file.slice(0, file.lastIndexOf("/"))}`, { recursive: true });
      await Deno.writeTextFile(`${place.project}/${file}`, text);
    };
    await write(".autonomy/config.jsonc", '{ "plugins": ["../tools"] }');
    await write(".autonomy/plugins/known.ts", 'import "../../src/shared.ts";\nexport default { name: "known" };\n');
    await write("src/shared.ts", "export {};\n");
    await write("tools/tool.ts", 'export default { name: "tool" };\n');
    const { code, out } = await call(place, ["trust", "--yes"]);
    assert.equal(code, 0, out);
    await test(place);
  });
}

for (const [index, [what, planted]] of Object.entries(PLANTED).entries()) {
  Deno.test(`${what} is executed by no command until a yes that names it`, () =>
    withTrusted(async (place) => {
      assert.match((await call(place, ["plugins"])).out, /^known +project/m);
      await planted(place);
      // Each command looks at the first one, and by turns at the others.
      for (const words of index === 0 ? LOOKS : [LOOKS[0]!, LOOKS[index % LOOKS.length]!]) {
        const { out, err } = await call(place, words);
        assert.equal(await hasRun(place), false, words.join(" "));
        if (words[0] === "plugins") assert.match(out, /files that tell the crew what to do are not the same any more/);
        assert.doesNotMatch(out + err, /^\s+at /m);
      }
      const asked = await call(place, ["trust"]);
      assert.equal(asked.code, 4);
      assert.match(asked.out, /^ {2}(new|changed) +(\.autonomy|src|tools)\/\S+$/m);
      // A yes to a link that leads out is no yes to what it leads to.
      await call(place, ["trust", "--yes"]);
      await call(place, ["plugins"]);
      assert.equal(await hasRun(place), !what.includes("link"), "after a yes");
    }));
}

Deno.test("trust shows what is trusted, what changed and all of it; a yes holds for what stood there, and can be taken back", () =>
  withTrusted(async (place) => {
    const trusted = await call(place, ["trust"]);
    assert.equal(trusted.code, 0);
    assert.match(trusted.out, /is trusted since .*; 4 files of its own folders are as they were then/);
    await plant(place, ".agents/skills/planted.ts");
    await plant(place, ".autonomy/plugins/known.ts");
    await Deno.remove(`${place.project}/tools/tool.ts`);
    const { code, out } = await call(place, ["trust", "--full"]);
    assert.equal(code, 4);
    assert.match(out, /^ {2}new {6}\.agents\/skills\/planted\.ts\n {4}\| Deno\.writeTextFileSync/m);
    assert.match(out, /^ {2}changed {2}\.autonomy\/plugins\/known\.ts\n {4}\| Deno/m);
    assert.match(out, /^ {2}removed {2}tools\/tool\.ts$/m);
    const lines = jsonLines((await call(place, ["trust", "--json"])).out);
    assert.deepEqual([lines[0]?.type, lines[0]?.state], ["trust", "changed"]);
    assert.deepEqual(lines.slice(1).map(({ path, change }) => `${change} ${path}`), [
      "new .agents/skills/planted.ts",
      "changed .autonomy/plugins/known.ts",
      "removed src/shared.ts",
      "removed tools/tool.ts",
    ]);
    assert.equal((await call(place, ["trust", "--yes"])).code, 0);
    assert.equal((await call(place, ["trust"])).code, 0);
    assert.match((await call(place, ["trust", "--revoke"])).out, /is not trusted any more: the next run asks/);
    assert.match((await call(place, ["config"])).out, /: not trusted\./);
    assert.equal(jsonLines((await call(place, ["trust", "--json"])).out)[0]?.state, "never");
    assert.match((await call(place, ["trust", "--revoke"])).out, /was not trusted/);
  }));

Deno.test("a trust that was noted by the path alone asks anew once, and says why", () =>
  withTrusted(async (place) => {
    const old = { version: 1, projects: { [place.project]: { at: "2026-01-01T00:00:00.000Z" } } };
    await Deno.writeTextFile(`${place.state}/trusted.json`, JSON.stringify(old));
    await plant(place, ".autonomy/plugins/known.ts");
    for (const words of [["plugins"], ["trust"]]) {
      assert.match(
        (await call(place, words)).out,
        /An earlier version noted the trust in this project by its path alone/,
      );
    }
    assert.equal(await hasRun(place), false);
    assert.equal((await call(place, ["trust", "--yes"])).code, 0);
    await call(place, ["plugins"]);
    assert.equal(await hasRun(place), true);
  }));

Deno.test("a headless run whose project changed its own files is blocked with their names; --trust says yes to what stands there", () =>
  withTrusted(async (place) => {
    for await (const entry of Deno.readDir(await copyOfSample(place))) assert.ok(entry.name);
    const fleet = await startRehearsalFleet({ players: understudies(), pace: 0 });
    try {
      const run = (...words: string[]) => call(place, ["run", ...words, "--max-turns", "1", ...hostFlags(fleet.hosts)]);
      assert.equal((await run("goal")).code, 5);
      await plant(place, ".autonomy/plugins/planted.ts");
      for (const words of [["goal"], ["--continue"]]) {
        const blocked = await run(...words);
        assert.equal(blocked.code, 4, blocked.out);
        assert.match(
          blocked.out,
          /^blocked: Since the project was trusted, .*: new \.autonomy\/plugins\/planted\.ts\..*--trust/,
        );
        assert.equal(await hasRun(place), false);
      }
      const yes = await run("goal", "--trust");
      assert.equal(yes.code, 5, yes.out);
      assert.match(yes.err, /Trusted as it stands now: new \.autonomy\/plugins\/planted\.ts\./);
      assert.equal(await hasRun(place), true);
      assert.equal((await run("goal")).code, 5);
      // Also a run that was begun with trust ends with it.
      await call(place, ["trust", "--revoke"]);
      assert.equal((await run("--continue")).code, 4);
    } finally {
      await fleet.close();
    }
  }));

/** Puts the sample's files beside what the project holds. */
async function copyOfSample(place: Place): Promise<string> {
  const sample = await copySmallSample();
  for await (const { name } of Deno.readDir(sample)) {
    if (name !== "src") await Deno.rename(`${sample}/${name}`, `${place.project}/${name}`);
    else {
      for await (const file of Deno.readDir(`${sample}/src`)) {
        await Deno.rename(`${sample}/src/${file.name}`, `${place.project}/src/${file.name}`);
      }
    }
  }
  await Deno.remove(sample, { recursive: true });
  return place.project;
}

Deno.test("another configuration than the one that was trusted is not looked at, whatever it says", () =>
  withTrusted(async (place) => {
    const limits = async () =>
      jsonLines((await call(place, ["config", "--json"])).out).find(({ name }) => name === "limits.turns");
    await Deno.writeTextFile(`${place.project}/.autonomy/config.jsonc`, '{ "limits": { "turns": 3 } }');
    assert.equal((await limits())?.origin, "default");
    assert.equal((await call(place, ["trust", "--yes"])).code, 0);
    assert.equal((await limits())?.value, 3);
  }));

Deno.test("a module that is imported with a comment between the words is trusted by its content, too", () =>
  withTrusted(async (place) => {
    const plugin = `${place.project}/.autonomy/plugins/known.ts`;
    await Deno.writeTextFile(`${place.project}/src/deep.ts`, "export const x = 1;\n");
    await Deno.writeTextFile(
      plugin,
      'import { x } from /* c */ "../../src/deep.ts";\nexport default { name: `known${x}` };\n',
    );
    assert.equal((await call(place, ["trust", "--yes"])).code, 0);
    assert.equal((await call(place, ["trust"])).code, 0);
    await Deno.writeTextFile(`${place.project}/src/deep.ts`, "export const x = 2;\n");
    const { code, out } = await call(place, ["trust"]);
    assert.equal(code, 4);
    assert.match(out, /^ {2}changed {2}src\/deep\.ts$/m);
  }));
