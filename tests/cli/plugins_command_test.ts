import assert from "node:assert/strict";
import { join } from "node:path";
import { callHere as call } from "./fixtures/call_here.ts";
import { jsonLines, type Place, withPlace } from "./fixtures/command_line.ts";

async function put(place: Place, name: string, text: string): Promise<string> {
  const path = join(place.config, "plugins", name);
  await Deno.mkdir(join(place.config, "plugins"), { recursive: true });
  await Deno.writeTextFile(path, text);
  return path;
}

Deno.test("the list fits 80 columns and says of each plugin where it is from, its state and what is wrong with it", () =>
  withPlace(async (place) => {
    const many = Array.from({ length: 12 }, (_, at) => `{ name: "command_${at}", help: "…", run: () => [] }`);
    await put(place, "many.ts", `export default { name: "many", commands: [${many.join(", ")}] };\n`);
    await put(place, "wrong.ts", "export default { name: 3 };\n");
    await Deno.mkdir(`${place.project}/.autonomy/plugins`, { recursive: true });
    await Deno.writeTextFile(`${place.project}/.autonomy/plugins/own.ts`, 'export default { name: "own" };\n');
    const { code, out } = await call(place, ["plugins"]);
    assert.equal(code, 0);
    const [table = ""] = out.split("\n\n");
    for (const line of table.split("\n")) assert.ok(line.length <= 80, line);
    assert.match(table, /^PLUGIN +FROM +VERSION +STATE +OFFERS, PERMISSIONS$/m);
    assert.match(table, /^specialists +built-in +- +ready +role arbiter, role coding,\n +role reasoning/m);
    assert.match(table, /^many +user +\S+ +ready +\/command_0,[^]*\n.* \/command_11/m);
    assert.match(table, /^wrong +user +- +left out +cannot be used as it is written\.$/m);
    assert.match(table, /^own +project +- +waits +for your yes: autonomy trust$/m);
    assert.match(out, /Left out: Plugin \S+wrong\.ts cannot be used as it is written\.\n {2}name: /);
    const lines = jsonLines((await call(place, ["plugins", "--json"])).out).filter(({ type }) => type === "plugin");
    assert.deepEqual(
      lines.slice(-3).map(({ name, state, origin }) => [name, state, origin]),
      [["many", "ready", "user"], ["wrong", "left out", "user"], ["own", "waits", "project"]],
    );
  }));

Deno.test("a new tool is right, its test passes, it is listed, and nothing of it is ever overwritten", () =>
  withPlace(async (place) => {
    const { code, out } = await call(place, ["plugins", "new", "tool", "long_lines"]);
    assert.equal(code, 0);
    const path = `${place.config}/plugins/long_lines.ts`;
    assert.match(out, new RegExp(`${path}\n[^]*${place.config}/plugins/long_lines_test\\.ts`));
    assert.match(out, /autonomy plugins check \S+long_lines\.ts/);
    assert.match(out, /"coding": \{ "tools": \["long_lines"\] \}/);
    const checked = await call(place, ["plugins", "check", path]);
    assert.deepEqual([checked.code, checked.out, checked.err], [0, `${path} is right.\n`, ""]);
    const [, config = "", test = ""] = /deno test --config (\S+) --allow-read (\S+)/.exec(out) ?? [];
    const tested = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--no-lock", "--no-check", "--config", config, "--allow-read", test],
      stdout: "null",
      stderr: "null",
    }).output();
    assert.equal(tested.code, 0, "the test as it is printed");
    assert.match((await call(place, ["plugins"])).out, /^long_lines +user +\S+ +ready +long_lines$/m);
    await Deno.writeTextFile(path, "// mine\n");
    const again = await call(place, ["plugins", "new", "specialist", "long_lines"]);
    assert.equal(again.code, 2);
    assert.match(again.err, /long_lines\.ts exists, and nothing was written/);
    assert.equal(await Deno.readTextFile(path), "// mine\n");
    await assert.rejects(Deno.stat(`${place.config}/plugins/long_lines.md`), Deno.errors.NotFound);
  }));

Deno.test("a new specialist of a project has its prompt, and waits for the yes to the project", () =>
  withPlace(async (place) => {
    const { code, out } = await call(place, ["plugins", "new", "specialist", "critic", "--project", "."]);
    assert.equal(code, 0);
    assert.match(out, /autonomy trust -C/);
    assert.match((await call(place, ["plugins"])).out, /^critic +project +- +waits/m);
    assert.match((await call(place, ["plugins", "--trust"])).out, /^critic +project +\S+ +ready +role critic$/m);
  }));

Deno.test("what a plugin asks for is shown, given, taken back, and nothing is given to one that there is not", () =>
  withPlace(async (place) => {
    await put(
      place,
      "fetch.js",
      `import { z } from "zod";
const tool = { name: "fetch_it", describes: "Fetches.", access: "reads", input: z.object({ at: z.string() }),
  permissions: { net: ["api.example.com"], env: ["API_KEY"] }, run: () => "" };
export default { name: "fetch", tools: [tool] };
`,
    );
    const list = async () => (await call(place, ["plugins"])).out.split("\n\n")[0] ?? "";
    const before = await list();
    assert.match(before, /not allowed yet: connects\s+to\s+api\.example\.com;\s+knows\s+the\s+variables\s+API_KEY/);
    assert.match(before, /\(autonomy\s+plugins\s+allow\s+fetch\)/);
    for (const line of before.split("\n")) assert.ok(line.length <= 80, line);
    const allowed = await call(place, ["plugins", "allow", "fetch"]);
    assert.equal(allowed.code, 0);
    assert.match(allowed.out, /fetch may do this, until you take it back: it connects to api\.example\.com; knows/);
    assert.match(await list(), /may: connects\s+to\s+api\.example\.com;\s+knows/);
    assert.match((await call(place, ["plugins", "revoke", "fetch"])).out, /fetch has no permission any more/);
    assert.match((await call(place, ["plugins", "revoke", "fetch"])).out, /fetch had no permission/);
    assert.match(await list(), /not allowed yet/);
    const none = await call(place, ["plugins", "allow", "fetsh"]);
    assert.equal(none.code, 2);
    assert.match(none.err, /no plugin "fetsh".*Did you mean fetch\?/);
    const ours = await call(place, ["plugins", "allow", "run_tools"]);
    assert.equal(ours.code, 2);
    assert.match(ours.err, /comes with Autonomy/);
  }));

Deno.test("a name that cannot be one and a kind that there is not are refused with what is wanted", () =>
  withPlace(async (place) => {
    const name = await call(place, ["plugins", "new", "tool", "Long-Lines"]);
    assert.equal(name.code, 2);
    assert.match(name.err, /lower case letters, digits and _.*"Long-Lines"/);
    const kind = await call(place, ["plugins", "new", "thing", "x"]);
    assert.equal(kind.code, 2);
    assert.match(kind.err, /wanted specialist or tool/);
    const word = await call(place, ["plugins", "chek", "x"]);
    assert.equal(word.code, 2);
    assert.match(word.err, /Did you mean `check`/);
    assert.match((await call(place, ["complete", "plugins", "new", "s"])).out, /^specialist$/m);
  }));

Deno.test("a check says at once what is wrong with types, self-test, names, tools and prompt, and ends with 7", () =>
  withPlace(async (place) => {
    await put(
      place,
      "odd.ts",
      'export default { name: "odd", selfTest() { throw new Error("two is not one"); } };\nconst two: string = 2;\n',
    );
    const { code, out } = await call(place, ["plugins", "check", "../config/plugins/odd.ts"]);
    assert.equal(code, 7);
    assert.match(out, /fails its own self-test[^]*two is not one/);
    assert.match(out, /odd\.ts:2:7: Type 'number' is not assignable to type 'string'/);
    const path = await put(
      place,
      "even.js",
      `import { z } from "zod";
const tool = { name: "read_file", describes: "Reads.", access: "reads", input: z.object({ path: z.string() }), run: () => "" };
export default { name: "even", tools: [tool], specialists: [{ role: "even", describes: "Even.", models: ["a"], window: 8192,
  temperature: 0, prompt: "none.md", tools: ["nothing"], phases: ["sleep"] }] };
`,
    );
    const other = await call(place, ["plugins", "check", path, "--json"]);
    assert.equal(other.code, 7);
    const texts = jsonLines(other.out).map(({ text }) => String(text));
    for (
      const says of [
        /tool "read_file" is offered by \S+read_tools/,
        /no tool "nothing"/,
        /none\.md/,
        /no phase "sleep"/,
      ]
    ) {
      assert.ok(texts.some((text) => says.test(text)), String(says));
    }
    assert.deepEqual([jsonLines(other.out).at(-1)?.right, jsonLines(other.out).at(-1)?.faults], [false, 4]);
    const nothing = await call(place, ["plugins", "check", "nowhere.ts"]);
    assert.equal(nothing.code, 2);
    assert.match(nothing.err, /There is no plugin at \S+nowhere\.ts/);
  }));
