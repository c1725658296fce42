import assert from "node:assert/strict";
import { Grants } from "../../../src/plugin/host/grants.ts";
import { NO_PERMISSIONS, sayPermissions, unionOf } from "../../../src/plugin/host/permissions.ts";
import type { Offer } from "../../../src/plugin/offer.ts";
import { ManualClock } from "../../fakes/manual_clock.ts";
import { writeFiles } from "../../run/fixtures/temporary_folder.ts";
import { pluginOf, withHosted } from "./hosted.ts";

const READS = { reads: "return Deno.readTextFileSync(input.text);" };
const wants = (permissions: string) => pluginOf("own", READS, { permissions });

/** A plugin as permissions are given to it. */
function granteeOf({ path, origin, contained }: Offer) {
  return { path, origin, hash: contained!.hash };
}

Deno.test("what a plugin asks for is shown, missing until it is allowed, there at the next call, and gone once it is taken back", () =>
  withHosted(
    { "data/note.txt": "read", "plugins/own.ts": wants('{ read: ["~/data"], net: ["api.example.com"] }') },
    async (hosted) => {
      const path = `${hosted.folder}/data/note.txt`;
      const own = await hosted.open("own.ts");
      const wanted = unionOf([own.wants]);
      assert.equal(sayPermissions(wanted), "reads ~/data; connects to api.example.com");
      const read = () => hosted.call(own, "reads", { text: path }).then(({ text }) => text);
      const missing =
        /ToolError: The tool reads may not read .*note\.txt: its plugin own asks for that \(~\/data\), and nobody allowed it yet\. .*autonomy plugins allow own/;
      await assert.rejects(read(), missing);
      assert.deepEqual(own.contained?.granted(), NO_PERMISSIONS);
      hosted.grants.allow(granteeOf(own), wanted);
      assert.equal(await read(), "read");
      assert.deepEqual(own.contained?.granted(), wanted);
      await assert.rejects(
        hosted.call(own, "reads", { text: `${hosted.folder}/plugins/own.ts` }),
        /may not read .*own\.ts: its plugin own does not ask/,
      );
      // Another program takes it back.
      assert.equal(new Grants(`${hosted.folder}/state`).revoke(own.path), true);
      await assert.rejects(read(), missing);
      assert.equal(hosted.grants.revoke(own.path), false);
    },
  ));

Deno.test("what is taken back ends the call that has it; what is given leaves calls alone", () =>
  withHosted({
    "data/a": "",
    "plugins/own.ts": pluginOf("own", {
      ...READS,
      waits: 'report("begun"); await workspace.exists("go"); return "done";',
    }, { permissions: '{ read: ["~/data"] }' }),
  }, async (hosted) => {
    const own = await hosted.open("own.ts");
    const wanted = unionOf([own.wants]);
    const waiting = async () => {
      const gate = Promise.withResolvers<boolean>();
      const begun = Promise.withResolvers<void>();
      const workspace = { root: hosted.project, exists: () => (begun.resolve(), gate.promise) } as never;
      const call = hosted.call(own, "waits", { text: "" }, { workspace }).then(
        ({ text }) => text,
        (error) => error.message,
      );
      await begun.promise;
      return { open: () => gate.resolve(true), call };
    };
    const before = await waiting();
    hosted.grants.allow(granteeOf(own), wanted);
    await hosted.call(own, "reads", { text: `${hosted.folder}/data/a` });
    before.open();
    assert.equal(await before.call, "done");
    const during = await waiting();
    hosted.grants.revoke(own.path);
    await assert.rejects(hosted.call(own, "reads", { text: `${hosted.folder}/data/a` }), /nobody allowed it yet/);
    assert.match(await during.call, /The tool waits failed\. The plugin own lost a permission/);
    during.open();
  }));

Deno.test("a plugin that loads without a permission, and with it does not, says what is wrong as at its first look", () =>
  withHosted({
    "plugins/own.ts": `let path = "";
try { path = Deno.env.get("PATH"); } catch { /* Nobody allowed it yet. */ }
if (path !== "") throw new Error("not here");
` + pluginOf("own", READS, { permissions: '{ env: ["PATH"] }' }),
  }, async (hosted) => {
    const own = await hosted.open("own.ts");
    hosted.grants.allow(granteeOf(own), unionOf([own.wants]));
    await assert.rejects(
      hosted.call(own, "reads", { text: "" }),
      /Plugin \S+own\.ts does not load\.\n {2}not here \(\S+own\.ts:3:\d+\)/,
    );
  }));

Deno.test("what is taken back while a plugin that crashed waits for its next start is not there in that start", () => {
  const clock = new ManualClock();
  return withHosted({
    "data/a": "",
    "plugins/own.ts": pluginOf("own", { ...READS, exits: "Deno.exit(1);" }, { permissions: '{ read: ["~/data"] }' }),
  }, async (hosted) => {
    const own = await hosted.open("own.ts");
    hosted.grants.allow(granteeOf(own), unionOf([own.wants]));
    for (let crashes = 0; crashes < 2; crashes++) await assert.rejects(hosted.call(own, "exits", { text: "" }));
    const waiting = assert.rejects(hosted.call(own, "reads", { text: `${hosted.folder}/data/a` }), /nobody allowed it/);
    hosted.grants.revoke(own.path);
    clock.pass(1_000);
    await waiting;
  }, { timer: clock.timer });
});

Deno.test("in the person's folder a permission holds for what is saved there, as far as it went; in a project for exactly this content", () =>
  withHosted({}, async (hosted) => {
    const save = async (origin: "user" | "project", permissions: string, more = "") => {
      const folder = origin === "project" ? hosted.project : hosted.folder;
      writeFiles(folder, { "plugins/own.ts": wants(permissions) + more });
      return await hosted.open("own.ts", { origin });
    };
    for (const origin of ["user", "project"] as const) {
      const first = await save(origin, '{ env: ["A"] }');
      hosted.grants.allow(granteeOf(first), unionOf([first.wants]));
      assert.deepEqual(first.contained?.granted().env, ["A"]);
      const saved = await save(origin, '{ env: ["A"] }', "// harmless\n");
      assert.deepEqual(saved.contained?.granted().env, origin === "user" ? ["A"] : []);
      const more = await save(origin, '{ env: ["A", "B"], run: ["sh"] }');
      assert.deepEqual(more.contained?.granted(), origin === "user" ? unionOf([{ env: ["A"] }]) : NO_PERMISSIONS);
      const less = await save(origin, "{}");
      assert.deepEqual(less.contained?.granted(), NO_PERMISSIONS);
    }
    // What was allowed in the person's folder is nothing for the same path in a project.
    const { grants } = hosted;
    grants.allow({ path: "/a.ts", origin: "user", hash: "1" }, unionOf([{ env: ["A"] }]));
    assert.deepEqual(
      grants.of({ path: "/a.ts", origin: "project", hash: "1" }, unionOf([{ env: ["A"] }])),
      NO_PERMISSIONS,
    );
  }));

Deno.test("a plugin that was allowed programs and variables has those, and no others", () =>
  withHosted({
    "plugins/own.ts": pluginOf("own", {
      starts: 'return new TextDecoder().decode(new Deno.Command(input.text, { args: ["said"] }).outputSync().stdout);',
      knows: 'return Deno.env.get(input.text) ?? "";',
      asks: 'return (await workspace.run(["echo", "by", "workspace"], { timeoutMs: 60_000, signal })).output;',
    }, { permissions: '{ run: ["echo"], env: ["PATH"] }', access: "runs" }),
  }, async (hosted) => {
    const own = await hosted.open("own.ts");
    hosted.grants.allow(granteeOf(own), unionOf([own.wants]));
    const call = async (tool: string, text: string) => (await hosted.call(own, tool, { text })).text;
    assert.equal(await call("starts", "echo"), "said\n");
    await assert.rejects(call("starts", "cat"), /The tool starts may not start cat/);
    assert.equal(await call("knows", "PATH"), Deno.env.get("PATH"));
    await assert.rejects(call("knows", "HOME"), /The tool knows may not read the variable HOME/);
    assert.equal((await call("asks", "")).trim(), "by workspace");
  }));

Deno.test("permissions that cannot be given are refused when the plugin is loaded, each with its place", () =>
  withHosted(
    { "plugins/own.ts": wants('{ read: ["a,b"], net: ["*", "http://a"], run: [""], env: ["A=1"] }') },
    async (hosted) => {
      await assert.rejects(hosted.open("own.ts"), ({ message }) => {
        for (
          const fault of [
            'permissions.read: must be a path without commas; found "a,b"',
            'permissions.net: must be "name" or "name:port"; found "*"',
            'found "http://a"',
            "permissions.run",
            "permissions.env",
          ]
        ) {
          assert.ok(message.includes(fault), message);
        }
        return true;
      });
    },
  ));

Deno.test("rules of a project's plugin are refused with what to do", () =>
  withHosted({}, async (hosted) => {
    writeFiles(hosted.project, { "plugins/rules.ts": pluginOf("rules", {}, { slots: "rules: [() => null]" }) });
    await assert.rejects(
      hosted.open("rules.ts", { origin: "project" }),
      /rules: a project's plugins bring none; put the plugin into your own/,
    );
  }));

Deno.test("a plugin that was allowed every file writes none of this program, nor what is noted of plugins", () =>
  withHosted({
    "data/a": "read",
    "plugins/own.ts": pluginOf("own", {
      ...READS,
      writes: 'Deno.writeTextFileSync(input.text, "x"); return "written";',
    }, { permissions: '{ read: ["/"], write: ["/"] }' }),
  }, async (hosted) => {
    const own = await hosted.open("own.ts");
    hosted.grants.allow(granteeOf(own), unionOf([own.wants]));
    const call = async (tool: string, text: string) => (await hosted.call(own, tool, { text })).text;
    assert.equal(await call("reads", `${hosted.folder}/data/a`), "read");
    assert.equal(await call("writes", `${hosted.folder}/data/b`), "written");
    const program = new URL("../../../main.ts", import.meta.url).pathname;
    for (const path of [`${hosted.folder}/state/hosted/grants.json`, `${hosted.folder}/guarded/x`, program]) {
      await assert.rejects(call("writes", path), /ToolError: The tool writes may not write|may not write/);
    }
  }));
