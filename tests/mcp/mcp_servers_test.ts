import assert from "node:assert/strict";
import { McpServers } from "../../src/mcp/mcp_servers.ts";
import { inTemporaryFolder } from "../run/fixtures/temporary_folder.ts";
import { ManualClock } from "../fakes/manual_clock.ts";
import { fakeCommand, withFake } from "./fixtures/fake_server.ts";

Deno.test("a server is started by the first call, which is carried out, and ends with its last offer", () =>
  withFake(async (fake) => {
    assert.deepEqual(await fake.alive(), []);
    const before = fake.offer;
    assert.match(before.tools[0]!.declaration.describes, /Its tools are not known yet/);
    assert.equal(await fake.call("echo", { text: "hello" }), "hello");
    assert.notDeepEqual(await fake.alive(), []);
    await before.close?.();
    await before.close?.();
    assert.equal(await fake.call("echo", { text: "on" }), "on", "what was offered after it is in use");
    await fake.offer.close?.();
    assert.match(await fake.call("echo", { text: "" }), /^fault: The MCP server fake is not used any more\./);
  }));

Deno.test("models are told the names of all tools with a line each, and no schema", () =>
  withFake(async (fake) => {
    await fake.call("echo", { text: "" });
    const { describes, parameters } = fake.offer.tools[0]!.declaration;
    assert.match(describes, /Its tools:\necho: Says a text again\.\nkeep: Keeps a text in a file\.\npicture\n/);
    assert.doesNotMatch(JSON.stringify([describes, parameters]), /megabytes|a name that nobody|odd/);
    assert.deepEqual(fake.offer.tools[0]!.traits?.freeIf?.values.slice(0, 2), ["echo", "picture"]);
    assert.ok(!fake.offer.tools[0]!.traits?.freeIf?.values.includes("keep"), "what writes is not free");
  }));

Deno.test("a call that does not fit is answered with what the tool wants, whether its server was known or not, and nothing is called", () =>
  withFake(async (fake) => {
    const file = `${fake.folder}/kept`;
    for (const start of ["fault: ", ""]) {
      const answer = await fake.call("keep", { file });
      assert.ok(answer.startsWith(start), answer);
      assert.match(answer, /text.* is missing.*The arguments of keep: \{"type":"object","properties":\{"text"/);
    }
    assert.match(await fake.call("keap", { file }), /must be one of "echo", "keep"/);
    await assert.rejects(Deno.stat(file), Deno.errors.NotFound);
    assert.equal(await fake.call("keep", { file, text: "so", times: "3" }), "kept");
    assert.equal(await Deno.readTextFile(file), "so");
  }));

Deno.test("arguments that stand beside the name of the tool count as its own", () =>
  withFake(async (fake) => {
    await fake.call("echo", { text: "" });
    const checked = fake.offer.tools[0]!.validate({ tool: "echo", text: "hello" });
    assert.deepEqual(checked, { value: { tool: "echo", arguments: { text: "hello" } } });
  }));

Deno.test("of what is no text a line says that it came", () =>
  withFake(async ({ call }) => {
    assert.equal(
      await call("picture"),
      "A dot:\n[image, image/png, 6 bytes: not shown]\n[resource dot file:///dot.svg]\n[a part that cannot be read]",
    );
  }));

Deno.test("a server that crashes costs the call and says why; it is back for the next, after a longer and longer wait", () => {
  const clock = new ManualClock();
  return withFake(
    async ({ call }) => {
      assert.match(
        await call("crash"),
        /^fault: The MCP server fake did not carry crash out: .*out of luck \(exit code 3\)/,
      );
      assert.match(await call("crash"), /out of luck/, "the second start waits for nothing");
      for (const [at, ms] of [1_000, 2_000, 4_000].entries()) {
        const crashed = call("crash");
        await clock.begun(at + 1);
        clock.pass(ms - 1);
        clock.pass(1);
        assert.match(await crashed, /out of luck/);
      }
      const back = call("echo", { text: "here" });
      await clock.begun(4);
      clock.pass(7_999);
      clock.pass(1);
      assert.equal(await back, "here");
    },
    {},
    { timer: clock.timer },
  );
});

Deno.test("a server that gives no answer costs its time, says how far it is, and carries out the next call", () =>
  withFake(async ({ call }) => {
    const said: string[] = [];
    assert.match(
      await call("hang", {}, { report: (line) => said.push(line) }),
      /^fault: The MCP server fake gave no answer to hang within 1 s\./,
    );
    assert.deepEqual(said, ["asking the MCP server fake", "1/3 still at it"]);
    assert.match(await call("garble"), /within 1 s\. It wrote what is no message: \{"jsonrpc"/);
    assert.equal(await call("echo", { text: "on" }), "on");
  }, { seconds: 1 }));

Deno.test("a call that is called off ends at once, and the server goes on", () =>
  withFake(async ({ call }) => {
    const off = new AbortController();
    const hanging = call("hang", {}, {
      signal: off.signal,
      report: (line) => line.includes("still") ? off.abort(new Error("called off")) : undefined,
    });
    await assert.rejects(hanging, /called off/);
    assert.equal(await call("echo", { text: "on" }), "on");
  }));

Deno.test("a server that may not be asked any more is ended, and the call at work in it says why", () => {
  let refusal: string | null = null;
  const begun = Promise.withResolvers<void>();
  return withFake(
    async ({ servers, call, alive }) => {
      const hanging = call("hang", {}, { report: (line) => line.includes("still") ? begun.resolve() : undefined });
      await begun.promise;
      servers.endRefused();
      assert.notEqual((await alive()).length, 0, "nothing is refused yet");
      refusal = "It was taken back.";
      servers.endRefused();
      for (let looks = 0; (await alive()).length > 0; looks++) assert.ok(looks < 200, "it goes on");
      assert.equal(await hanging, "fault: It was taken back.");
      assert.equal(await call("echo", { text: "" }), "fault: It was taken back.");
      refusal = null;
      assert.equal(await call("echo", { text: "on" }), "on");
    },
    {},
    { refusal: () => refusal },
  );
});

Deno.test("what a server refuses is told in its words", () =>
  withFake(async ({ call }) => {
    assert.equal(await call("refuse"), "fault: The MCP server fake did not carry refuse out: not with me.");
  }));

Deno.test("an answer of many megabytes arrives, one beyond the bound ends the server and not us", () =>
  withFake(async ({ call }) => {
    assert.equal((await call("much", { megabytes: 10 })).length, 10 * 1024 * 1024);
    assert.match(await call("much", { megabytes: 33 }), /^fault: .*a message of more than 32 MB and was ended/);
    assert.equal(await call("echo", { text: "on" }), "on");
  }));

Deno.test("a server has the environment variables that are named, and else only what programs need", () =>
  withFake(
    async ({ call }) => {
      const usual = /^(?:HOME|PATH|LANG|LC_ALL|LOGNAME|SHELL|TMPDIR|USER|PWD|OLDPWD|SHLVL|_|AUTONOMY_TEST_MARK)$/;
      const names = (await call("variables")).split(" ");
      assert.deepEqual(names.filter((name) => !usual.test(name)), ["NAMED"]);
    },
    { variables: ["NAMED"] },
    { environment: (name) => ({ NAMED: "yes", OTHER: "no" })[name] },
  ));

Deno.test("a variable that is not set is a fault that names it", () =>
  withFake(async ({ call }) => {
    assert.match(
      await call("echo"),
      /environment variables NAMED_NOWHERE, which are not set.*mcp\.fake\.env_variables/,
    );
  }, { variables: ["NAMED_NOWHERE"] }));

Deno.test("of a server that ends at its start is told what it said", () =>
  withFake(async ({ call }) => {
    assert.match(await call("echo"), /^fault: The MCP server fake does not start: .*no luck today \(exit code 3\)/);
  }, { command: fakeCommand("dies") }));

Deno.test("a start that is called off leaves nobody waiting, and a server that never speaks is gone with us", () =>
  withFake(async ({ call }) => {
    const off = new AbortController();
    const waiting = call("echo", { text: "" }, { signal: off.signal });
    off.abort(new Error("called off"));
    await assert.rejects(waiting, /called off/);
  }, { command: fakeCommand("silent") }));

Deno.test("a server that does not leave by itself is ended with all that it started", () =>
  withFake(async ({ call }) => {
    assert.equal(await call("echo", { text: "on" }), "on");
  }, { command: fakeCommand("stubborn") }));

Deno.test("tools that change while a server is at work are offered anew", () =>
  withFake(async (fake) => {
    await fake.call("echo", { text: "" });
    const before = fake.offer;
    const { promise, resolve } = Promise.withResolvers<void>();
    fake.servers.follow({ offered: () => resolve(), gone: () => {}, failed: () => {} });
    assert.equal(await fake.call("change"), "changed");
    await promise;
    const [now] = fake.servers.offers();
    assert.notEqual(now!.version, before.version);
    assert.match(now!.tools[0]!.declaration.describes, /\nlater: Came later\.$/);
  }));

Deno.test("what a server offers is kept: the next program knows it without starting it, and looks again when it does", () =>
  withFake(async ({ call, servers, folder }) => {
    await call("echo", { text: "" });
    const { setting } = servers.all[0]!;
    const parts = { version: "1", state: `${folder}/state`, environment: (name: string) => Deno.env.get(name) };
    const [known] = new McpServers([{ setting }], parts).offers();
    assert.match(known!.tools[0]!.declaration.describes, /\nkeep: /);
    const [other] = new McpServers([{ setting: { ...setting, exclude: ["k*"] } }], parts).offers();
    assert.match(other!.tools[0]!.declaration.describes, /not known yet/, "of another setting nothing is known");
  }));

Deno.test("a tool that has become another since a model was told of it is not called", () =>
  inTemporaryFolder((folder) =>
    withFake(
      async (fake) => {
        await fake.call("echo", { text: "" });
        const [name] = [...Deno.readDirSync(`${folder}/mcp`)].map((entry) => entry.name);
        const path = `${folder}/mcp/${name}`;
        const kept = await Deno.readTextFile(path);
        await Deno.writeTextFile(
          path,
          kept.replace('"text":{"type":"string"},"file"', '"file"').replace('["text","file"]', '["file"]'),
        );
        const parts = { version: "1", state: folder, environment: (variable: string) => Deno.env.get(variable) ?? "" };
        const next = new McpServers([{ setting: fake.servers.all[0]!.setting }], parts);
        const [offer] = next.offers();
        const checked = offer!.tools[0]!.validate({ tool: "keep", arguments: { file: `${folder}/kept` } });
        assert.ok("value" in checked, "what it was told fits");
        await assert.rejects(
          offer!.tools[0]!.run(checked.value, {
            workspace: null as never,
            languages: {},
            settings: {},
            signal: new AbortController().signal,
            report: () => {},
          }),
          /keep of this server is another tool now; nothing was called\. The arguments of keep: /,
        );
        await next.close();
      },
      {},
      { state: folder },
    )
  ));

Deno.test("only tools that are included and not excluded are offered", () =>
  withFake(async (fake) => {
    await fake.call("echo", { text: "" });
    const { parameters } = fake.offer.tools[0]!.declaration;
    assert.deepEqual((parameters.properties as { tool: { enum: string[] } }).tool.enum, ["echo", "much", "change"]);
  }, { include: ["*ch*"], exclude: ["k*"] }));
