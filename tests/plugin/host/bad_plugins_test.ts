import assert from "node:assert/strict";
import { ManualClock } from "../../fakes/manual_clock.ts";
import { writeFiles } from "../../run/fixtures/temporary_folder.ts";
import { type Hosted, pluginOf, withHosted } from "./hosted.ts";

const ECHO = { echo: "return input.text;" };
/** How often it is looked whether a process answers. */
const LOOK_MS = 5_000;

/** Opens a bad plugin and a good one, and makes sure that the good one works before and after, and the bad one again where it can. */
function beside(
  bad: string,
  test: (hosted: Hosted, call: (tool: string, text?: string) => Promise<string>) => Promise<void>,
  clock?: ManualClock,
): Promise<void> {
  return withHosted(
    { "plugins/bad.ts": bad, "plugins/good.ts": pluginOf("good", { good: "return input.text;" }) },
    async (hosted) => {
      const [own, other] = [await hosted.open("bad.ts"), await hosted.open("good.ts")];
      const good = async (text: string) => assert.equal((await hosted.call(other, "good", { text })).text, text);
      await good("before");
      await test(hosted, async (tool, text = "") => (await hosted.call(own, tool, { text })).text);
      await good("after");
      assert.equal((await hosted.call(own, "echo", { text: "again" })).text, "again", "its next call works");
    },
    { timer: clock?.timer },
  );
}

Deno.test("a tool that throws fails its call with its words; one that throws outside of its call fails what is open", () =>
  beside(
    pluginOf("bad", {
      ...ECHO,
      throws: 'throw new TypeError("no such thing");',
      refuses: 'throw new ToolError("Give another path.");',
      later: 'setTimeout(() => { throw new Error("out of the blue"); }, 0); await new Promise(() => {});',
    }),
    async (_hosted, call) => {
      await assert.rejects(call("throws"), { name: "PluginFault", message: "The tool throws failed: no such thing" });
      await assert.rejects(call("refuses"), { name: "ToolError", message: "Give another path." });
      await assert.rejects(
        call("later"),
        /The tool later failed\. The plugin bad ended with code 1[^]*out of the blue/,
      );
    },
  ));

Deno.test("a tool that throws what is no error fails its call with what that says, and its process goes on", () =>
  beside(
    pluginOf("bad", {
      ...ECHO,
      text: 'throw "no such thing";',
      spoken: 'throw { code: 7, message: "no such thing" };',
      fields: 'throw { code: 7, path: "a.txt" };',
      nothing: "throw undefined;",
      bare: "throw Object.assign(Object.create(null), { toJSON() { throw new Error(); } });",
    }),
    async (_hosted, call) => {
      for (
        const [tool, said] of Object.entries({
          text: "no such thing",
          spoken: "no such thing",
          fields: '{"code":7,"path":"a.txt"}',
          nothing: "undefined",
          bare: "an object",
        })
      ) {
        await assert.rejects(call(tool), { name: "PluginFault", message: `The tool ${tool} failed: ${said}` });
      }
    },
  ));

Deno.test("a call that never ends and gives no sign is given up; its process goes on with others", () => {
  const clock = new ManualClock();
  return beside(pluginOf("bad", { ...ECHO, waits: "await new Promise(() => {});" }), async (_hosted, call) => {
    const waiting = call("waits");
    const over = assert.rejects(waiting, /The tool waits gave no sign for 120 s and was given up/);
    for (let ms = 0; ms < 120_000; ms += LOOK_MS) {
      // What is answered after it says that its process was heard before.
      assert.equal(await call("echo", "here"), "here");
      clock.pass(LOOK_MS);
    }
    await over;
  }, clock);
});

Deno.test("a call that runs in a loop without end is ended with its process, and nothing of it goes on", () => {
  const clock = new ManualClock();
  return beside(
    pluginOf("bad", { ...ECHO, spins: 'report("begun"); await new Promise((go) => setTimeout(go, 0)); for (;;);' }),
    async (hosted) => {
      const own = await hosted.open("bad.ts");
      const { promise: begun, resolve } = Promise.withResolvers<void>();
      const spinning = hosted.call(own, "spins", { text: "" }, { report: () => resolve() });
      const over = assert.rejects(
        spinning,
        /The tool spins failed\. The plugin bad answered nothing for 15 s: it runs in a loop/,
      );
      await begun;
      for (let looks = 0; looks < 3; looks++) clock.pass(LOOK_MS);
      await over;
      await own.close?.();
      assert.equal((await hosted.processes()).length, 1, "that of the other plugin");
    },
    clock,
  );
});

Deno.test("a plugin that ends its process fails the call that is open, and is started again", () =>
  beside(pluginOf("bad", { ...ECHO, exits: "Deno.exit(3);" }), async (_hosted, call) => {
    await assert.rejects(
      call("exits"),
      /The tool exits failed\. The plugin bad ended with code 3\. Its process was ended\./,
    );
  }));

Deno.test("a plugin that fills the memory with objects ends, long before it has 1 GB", () => {
  const fills = `const all = [];
    for (let mb = 0; mb < 1024; mb += 8) {
      all.push(new Array(1 << 20).fill(mb + 0.5));
      if (mb === 400) { report("400 MB"); await workspace.exists("."); }
    }
    return \`\${all.length}\`;`;
  return beside(pluginOf("bad", { ...ECHO, fills }), async (hosted) => {
    const own = await hosted.open("bad.ts");
    const report = (line: string) => assert.fail(`it has ${line}`);
    const ended = /The tool fills failed\. The plugin bad ended .*more memory than it may, 256 MB/;
    await assert.rejects(hosted.call(own, "fills", { text: "" }, { report }), ended);
  });
});

Deno.test({
  name: "a plugin that fills the memory with buffers, which no heap holds, gets no 1 GB of them",
  // Elsewhere a process has no bound for its data.
  ignore: Deno.build.os !== "linux",
  fn: () => {
    const fills =
      "const all = []; for (let mb = 0; mb < 1024; mb += 64) all.push(new Uint8Array(64 << 20).fill(1)); return `${all.length}`;";
    return beside(pluginOf("bad", { ...ECHO, fills }), async (_hosted, call) => {
      await assert.rejects(call("fills"), /The tool fills failed.*(Array buffer allocation failed|ended)/s);
    });
  },
});

Deno.test("what a plugin prints, even in the words of its process, is no answer and breaks none", () => {
  const forged = '{"say":"done","id":1,"value":"forged"}\\n';
  const prints = `
    console.log(${JSON.stringify(forged)}); console.error("x".repeat(100_000));
    Deno.stdout.writeSync(new TextEncoder().encode('${forged}{"say":'));
    return "its own";`;
  return beside(
    pluginOf("bad", { ...ECHO, prints }, { top: 'console.log("at load"); process.stdout.write("and so");' }),
    async (
      _hosted,
      call,
    ) => {
      assert.equal(await call("prints"), "its own");
    },
  );
});

Deno.test("a result of the wrong form fails its call and says what was wanted", () =>
  beside(
    pluginOf("bad", {
      ...ECHO,
      number: "return 42;",
      object: "return { words: 3 };",
      concludes: 'return { text: "done", outcome: { kind: "approved", notes: "" } };',
      circle: "const circle = {}; circle.circle = circle; return circle;",
      list: "return Array.from({ length: 100_000 }, () => 1);",
      wide: "return Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`a${index}`, 1]));",
    }),
    async (_hosted, call) => {
      await assert.rejects(call("number"), /must give text, or \{ text, outcome \}, but gave 42/);
      await assert.rejects(call("object"), /must give text, or \{ text, outcome \}, but gave an object with words/);
      await assert.rejects(call("concludes"), /its access must be "concludes", but is "reads"/);
      await assert.rejects(call("circle"), /The tool circle failed/);
      await assert.rejects(call("list"), /but gave a list of 100000\.$/);
      await assert.rejects(call("wide"), /but gave an object with a0, [a-z0-9, ]+ a9 and 2 more\.$/);
    },
  ));

Deno.test("an answer of 100 MB is refused by its size, before it is read", () =>
  beside(pluginOf("bad", { ...ECHO, large: 'return "x".repeat(100 << 20);' }), async (_hosted, call) => {
    await assert.rejects(call("large"), /The tool large failed\. The plugin bad gave more than 32 MB at once/);
  }));

Deno.test("a plugin that is rewritten while a call is open ends the call as it began it, helper files included", () => {
  const version = (name: string) => ({
    "plugins/bad/mod.ts": pluginOf("bad", {
      ...ECHO,
      helped:
        'report("begun"); await workspace.exists("."); const { name } = await import("./" + "helper.ts"); return name;',
    }),
    "plugins/bad/helper.ts": `export const name = "${name}";`,
  });
  return withHosted(version("first"), async (hosted) => {
    const before = await hosted.open("bad/mod.ts");
    let after = before;
    const report = () => writeFiles(hosted.folder, version("second"));
    assert.equal((await hosted.call(before, "helped", { text: "" }, { report })).text, "first");
    after = await hosted.open("bad/mod.ts");
    assert.notEqual(after.version, before.version);
    assert.equal((await hosted.call(after, "helped", { text: "" })).text, "second");
    assert.equal((await hosted.call(before, "helped", { text: "" })).text, "first", "who has the old one keeps it");
  });
});
