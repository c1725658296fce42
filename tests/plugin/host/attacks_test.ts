import assert from "node:assert/strict";
import type { ToolContext } from "../../../src/ports/tool.ts";
import { writeFiles } from "../../run/fixtures/temporary_folder.ts";
import { type Hosted, pluginOf, withHosted } from "./hosted.ts";

/** Has a plugin without any permission try several things; gives what it is told of each. */
async function refusals(
  hosted: Hosted,
  bodies: readonly string[],
  access = "writes",
): Promise<readonly string[]> {
  const name = `attack_${crypto.randomUUID().replaceAll("-", "")}`;
  const tools = Object.fromEntries(bodies.map((body, index) => [`tries_${index}`, body]));
  writeFiles(hosted.folder, { [`plugins/${name}.ts`]: pluginOf(name, tools, { access }) });
  const offer = await hosted.open(`${name}.ts`);
  const said: string[] = [];
  for (const tool of Object.keys(tools)) {
    said.push(
      await hosted.call(offer, tool, { text: "" }).then(
        ({ text }) => assert.fail(`it was not refused: ${tools[tool]} gave ${text}`),
        (error) => `${error.name}: ${error.message}`,
      ),
    );
  }
  return said;
}

const DO_NOT_ASK =
  /ToolError: The tool tries_\d+ may not (?:read|write|connect to|start|read the variable) .*does not ask for it/;

Deno.test("a plugin without a permission reads no key, reaches no network, starts no program, reads no variable and no other's files", () =>
  withHosted(
    { ".ssh/id": "secret", "plugins/other/mod.ts": "export default 1;", "plugins/other/keys.json": "{}" },
    async (hosted) => {
      const { folder } = hosted;
      const at = (path: string) => JSON.stringify(`${folder}/${path}`);
      const tries = {
        "a key": `return Deno.readTextFileSync(${at(".ssh/id")});`,
        "a key by Node": `const fs = await import("node:fs"); return fs.readFileSync(${at(".ssh/id")}, "utf8");`,
        "its own memory": 'return Deno.readTextFileSync("/proc/self/environ");',
        "a server": 'return await (await fetch("http://127.0.0.1:8999/")).text();',
        "a socket": 'await Deno.connect({ port: 8999 }); return "connected";',
        "a program": 'return new TextDecoder().decode((await new Deno.Command("id").output()).stdout);',
        "a program by Node": 'const c = await import("node:child_process"); return String(c.execFileSync("id"));',
        "a variable": 'return Deno.env.get("HOME") ?? "none";',
        "another plugin's file": `return Deno.readTextFileSync(${at("plugins/other/keys.json")});`,
        "the list of what is allowed": `return Deno.readTextFileSync(${at("state/hosted/manifests.json")});`,
        "a file of the program": `return Deno.readTextFileSync(${
          JSON.stringify(new URL("../../../deno.json", import.meta.url).pathname)
        });`,
      };
      const said = await refusals(hosted, Object.values(tries));
      for (const [index, what] of Object.keys(tries).entries()) {
        assert.match(said[index]!, DO_NOT_ASK, `${what}: ${said[index]}`);
      }
    },
  ));

Deno.test("a plugin imports nothing from outside, be it written or put together", () =>
  withHosted({
    "keys.json": '{ "key": "secret" }',
    "plugins/other/mod.ts": "export default 1;",
    "plugins/other/keys.json": '{ "key": 1 }',
  }, async (hosted) => {
    const open = async (text: string): Promise<string> => {
      const name = `importing_${crypto.randomUUID().replaceAll("-", "")}.ts`;
      writeFiles(hosted.folder, { [`plugins/${name}`]: text });
      return await hosted.open(name).then(
        (offer) => assert.fail(`it was imported: ${offer.plugin}`),
        (error) => error.message,
      );
    };
    const json = 'with { type: "json" }';
    for (
      const path of [
        "../keys.json",
        "./other/keys.json",
        `${hosted.folder}/keys.json`,
        `file://${hosted.folder}/keys.json`,
      ]
    ) {
      const written = await open(`import keys from "${path}" ${json};\nexport default { name: "a" + keys.key };`);
      assert.match(
        written,
        /does not load[^]*(Requires read access|Module not found)[^]*A plugin imports "autonomy", "zod" and its own files/,
        path,
      );
      const put = `const [one, other] = ${JSON.stringify([path.slice(0, 5), path.slice(5)])};`;
      const computed = await open(
        `${put}\nconst { default: keys } = await import(one + other, ${
          json.slice(5)
        });\nexport default { name: "a" + keys.key };`.replace("{ type", "{ with: { type").replace(
          '"json" }',
          '"json" } }',
        ),
      );
      assert.match(computed, /does not load[^]*(Requires read access|Module not found)/, path);
    }
    assert.match(await open('import x from "https://example.com/x.ts";\nexport default x;'), /--no-remote/);
    for (const name of ["left-pad@1.3.0", "yaml"]) {
      assert.match(
        await open(`import x from "npm:${name}";\nexport default x;`),
        /(--cached-only|a package that plugins do not have)[^]*A plugin imports "autonomy", "zod" and its own files/,
        name,
      );
    }
  }));

Deno.test("a link beside a plugin gives it nothing that it leads to", () =>
  withHosted({
    "secret.json": '{ "key": "secret" }',
    "plugins/linking/mod.ts": pluginOf("linking", {
      tries: 'return Deno.readTextFileSync(new URL("./link.json", import.meta.url));',
    }),
  }, async (hosted) => {
    await Deno.symlink(`${hosted.folder}/secret.json`, `${hosted.folder}/plugins/linking/link.json`);
    const offer = await hosted.open("linking/mod.ts");
    await assert.rejects(hosted.call(offer, "tries", { text: "" }), /No such file/);
  }));

Deno.test("a plugin writes nothing outside the project: not by itself, not by a link, not through its workspace", () =>
  withHosted({}, async (hosted) => {
    const { folder, project } = hosted;
    await Deno.symlink(folder, `${project}/out`);
    const outside = JSON.stringify(`${folder}/written`);
    const tries: Readonly<Record<string, RegExp>> = {
      [`Deno.writeTextFileSync(${outside}, "x"); return "written";`]: DO_NOT_ASK,
      [`Deno.writeTextFileSync(${JSON.stringify(`${project}/written`)}, "x"); return "written";`]: DO_NOT_ASK,
      [`Deno.symlinkSync("/", ${JSON.stringify(`${project}/root`)}); return "linked";`]:
        /ToolError: The tool tries_\d+ may not/,
      'await workspace.write("../written", "x"); return "written";': /ToolError: The path .* leaves the project/,
      [`await workspace.write(${outside}, "x"); return "written";`]: /ToolError: The path .* leaves the project/,
      'await workspace.write("out/written", "x"); return "written";': /ToolError: .*out/,
      'await workspace.read("out/plugins"); return "read";': /ToolError: /,
    };
    const said = await refusals(hosted, Object.keys(tries));
    for (const [index, wanted] of Object.values(tries).entries()) assert.match(said[index]!, wanted);
    await assert.rejects(Deno.stat(`${folder}/written`), Deno.errors.NotFound);
    await assert.rejects(Deno.stat(`${project}/written`), Deno.errors.NotFound);
  }));

Deno.test("a tool does to its workspace no more than its access says, and runs no command that nobody looked at", () =>
  withHosted({}, async (hosted) => {
    const write = 'await workspace.write("a.txt", "x"); return "written";';
    const run = 'const { output } = await workspace.run(["id"], { timeoutMs: 9_000, signal }); return output;';
    const check = 'await workspace.check(signal); return "checked";';
    for (const [access, ...bodies] of [["reads", write, run], ["concludes", write], ["writes", run, check]]) {
      for (const said of await refusals(hosted, bodies, access)) {
        assert.match(said, /ToolError: tries_\d+ may not (?:write|run|check) anything: its access is "\w+"/);
      }
    }
    const [command] = await refusals(hosted, [run], "runs");
    assert.match(command!, /ToolError: tries_\d+ may not run `id`: it is not the command of its call/);
    const own = pluginOf("runner", {
      runs: "const { output } = await workspace.run(input.command, { timeoutMs: 60_000, signal }); return output;",
    }, { access: "runs" });
    writeFiles(hosted.folder, { "plugins/runner.ts": own });
    const offer = await hosted.open("runner.ts");
    const { text } = await hosted.call(offer, "runs", { text: "", command: ["echo", "looked", "at"] });
    assert.equal(text.trim(), "looked at");
  }, { project: { "deno.json": "{}" } }));

Deno.test("what the workspace refuses arrives as itself, also where the plugin does not catch it", () =>
  withHosted({
    "plugins/own.ts": pluginOf("own", {
      changes: 'await workspace.write("a.txt", "mine", () => "0".repeat(64)); return "written";',
      catches:
        'try { await workspace.read("none.txt"); return "read"; } catch (error) { return `${error instanceof ToolError} ${error.message}`; }',
      tells:
        'try { await workspace.write("a.txt", "mine", () => null); return ""; } catch (error) { return `${error instanceof FileChanged} ${error.path}`; }',
      runs: 'return (await workspace.run(["id"], { timeoutMs: 1, signal })).output;',
    }, { access: "writes" }),
  }, async (hosted) => {
    const own = await hosted.open("own.ts");
    await assert.rejects(hosted.call(own, "changes", { text: "" }), { name: "ToolError", path: "a.txt" });
    assert.match((await hosted.call(own, "catches", { text: "" })).text, /^true .*none\.txt/);
    assert.equal((await hosted.call(own, "tells", { text: "" })).text, "true a.txt");
    const over = new (class TrialOver extends Error {})("over");
    const workspace = {
      root: hosted.project,
      write: () => Promise.reject(over),
    } as unknown as ToolContext["workspace"];
    await assert.rejects(hosted.call(own, "changes", { text: "" }, { workspace }), (error) => error === over);
  }, { project: { "a.txt": "theirs" } }));
