import assert from "node:assert/strict";
import { IDLE_MS } from "../../../src/plugin/host/hosted_plugin.ts";
import { ManualClock } from "../../fakes/manual_clock.ts";
import { type Hosted, pluginOf, processesOf, withHosted } from "./hosted.ts";

const OWN = pluginOf("own", {
  echo: "return input.text;",
  waits:
    'report("begun"); await new Promise((_go, stop) => signal.addEventListener("abort", () => stop(signal.reason))); return "";',
  ignores: 'report("begun"); await new Promise(() => {}); return "";',
  exits: "Deno.exit(1);",
  many:
    "const all = await Promise.all(Array.from({ length: 500 }, (_, i) => workspace.exists(`${i}`))); return `${all.length}`;",
  spoken: "return Object.keys(languages).join();",
}, {
  slots: `
    specialists: [{ role: "owner", describes: "Owns.", models: ["m"], window: 4096, temperature: 0, prompt: "owner.md", tools: ["echo"], phases: [],
      answers: z.object({ found: z.array(z.string()) }) }],
    panes: [
      { id: "own", title: "Own", lines: ({ seq }, { width }) => [\`fact \${seq}\`, \`\${width} wide\`, "third"] },
      { id: "wrong", title: "Wrong", lines: () => "text" },
      { id: "slow", title: "Slow", lines: () => new Promise(() => {}) },
    ],
    commands: [
      { name: "hush", help: "Pauses.", run: (args) => [{ kind: "say", to: "all", text: args }, { kind: "pause" }] },
      { name: "wrong", help: "Errs.", run: () => [{ kind: "explode" }] },
    ],
    settings: z.object({ depth: z.int().default(3) }),`,
});

/** The socket that a process was started with, by which it can be told from another. */
const socketOf = (line = "") => line.split(" ").at(-1);

/** Seconds of a sleep that no other process has. */
const SLEEPS = `86399.${crypto.getRandomValues(new Uint32Array(1))[0]}`;

/** A test with a plugin of many slots. */
const withOwn = (test: (hosted: Hosted) => Promise<void>, clock?: ManualClock) =>
  withHosted({ "plugins/own.ts": OWN }, test, { timer: clock?.timer });

Deno.test("a plugin that was loaded once is offered whole without a process; its first call starts one, a minute without a call ends it", () => {
  const clock = new ManualClock();
  return withOwn(async (hosted) => {
    const first = await hosted.open("own.ts");
    assert.deepEqual(await hosted.left(), [], "looking at it leaves nothing");
    const copies = `${hosted.folder}/state/hosted/copies`;
    await Deno.remove(copies, { recursive: true });
    const own = await hosted.open("own.ts", { anew: true });
    await assert.rejects(Deno.stat(copies), Deno.errors.NotFound);
    const shown = ({ path, version, specialists, tools, panes, commands, settings }: typeof own) =>
      JSON.stringify({ path, version, specialists, tools, panes, commands, settings });
    assert.equal(shown(own), shown(first));
    assert.match(own.version, /^[0-9a-f]{8}$/);
    assert.deepEqual(own.specialists[0]?.answers?.required, ["found"]);
    assert.deepEqual(own.settings?.properties, { depth: { type: "integer", default: 3 } });
    assert.equal((await hosted.call(own, "echo", { text: "x" })).text, "x");
    assert.equal((await hosted.processes()).length, 1);
    clock.pass(IDLE_MS - 1);
    assert.equal((await hosted.call(own, "echo", { text: "y" })).text, "y");
    clock.pass(IDLE_MS);
    assert.deepEqual(await hosted.left(), []);
    assert.equal((await hosted.call(own, "echo", { text: "z" })).text, "z");
  }, clock);
});

Deno.test("a tool gets its arguments as its own schema makes them; what that alone refuses is told in its words", () =>
  withHosted({
    "plugins/strict.ts": `import { z } from "zod";
export default { name: "strict", tools: [{ name: "shout", describes: "Shouts.", access: "reads",
  input: z.object({
    text: z.string().refine((text) => text !== "no", "Must be more than no.").transform((text) => text.toUpperCase()),
    times: z.int().default(2),
  }),
  run: ({ text, times }) => ({ text: text.repeat(times) }) }] };`,
  }, async (hosted) => {
    const strict = await hosted.open("strict.ts");
    assert.equal((await hosted.call(strict, "shout", { text: "a" })).text, "AA");
    await assert.rejects(hosted.call(strict, "shout", { text: "no" }), {
      name: "ToolError",
      message: /^shout: "text" is wrong: must be more than no/,
    });
  }));

Deno.test("a process that is begun ahead of a call serves it, and ends like one that was called; one that crashed waits for the call", () => {
  const clock = new ManualClock();
  return withOwn(async (hosted) => {
    const own = await hosted.open("own.ts");
    own.begin?.();
    own.begin?.();
    const [begun] = await hosted.alive(1);
    assert.equal((await hosted.call(own, "echo", { text: "x" })).text, "x");
    const [same] = await hosted.processes();
    assert.equal(socketOf(same), socketOf(begun));
    clock.pass(IDLE_MS);
    assert.deepEqual(await hosted.left(), []);
    await assert.rejects(hosted.call(own, "exits", { text: "" }));
    own.begin?.();
    assert.deepEqual(await hosted.left(), []);
    assert.equal((await hosted.call(own, "echo", { text: "y" })).text, "y");
    const other = await hosted.open("own.ts");
    other.begin?.();
    await other.close?.();
    assert.equal((await hosted.processes()).length, 1, "nothing of what is closed is left");
  }, clock);
});

Deno.test("a plugin that crashes again and again is started again after waits that double up to a bound", () => {
  const clock = new ManualClock();
  return withOwn(async (hosted) => {
    const own = await hosted.open("own.ts");
    for (const seconds of [0, 0, 1, 2, 4, 8, 16, 30, 30]) {
      let isOver = false;
      const over = assert.rejects(hosted.call(own, "exits", { text: "" }), /ended with code 1/).then(() => {
        isOver = true;
      });
      if (seconds > 0) {
        clock.pass(seconds * 1000 - 1);
        assert.equal((await hosted.processes()).length, 0);
        assert.equal(isOver, false);
        clock.pass(1);
      }
      await over;
    }
    const controller = new AbortController();
    const waiting = hosted.call(own, "echo", { text: "" }, { signal: controller.signal });
    controller.abort(new Error("not wanted any more"));
    await assert.rejects(waiting, /not wanted any more/);
    const working = hosted.call(own, "echo", { text: "works" });
    clock.pass(30_000);
    assert.equal((await working).text, "works");
    await assert.rejects(hosted.call(own, "exits", { text: "" }), /ended with code 1/);
    assert.equal((await hosted.call(own, "echo", { text: "at once" })).text, "at once");
  }, clock);
});

Deno.test("calls run at once, each with its own answer, and are cancelled one by one", () =>
  withOwn(async (hosted) => {
    const own = await hosted.open("own.ts");
    const controller = new AbortController();
    const begun = Promise.withResolvers<void>();
    const waiting = hosted.call(own, "waits", { text: "" }, {
      signal: controller.signal,
      report: () => begun.resolve(),
    });
    const others = Array.from({ length: 50 }, (_, index) => hosted.call(own, "echo", { text: `${index}` }));
    assert.deepEqual((await Promise.all(others)).map(({ text }) => text), others.map((_, index) => `${index}`));
    assert.equal((await hosted.call(own, "many", { text: "" })).text, "500");
    assert.match((await hosted.call(own, "spoken", { text: "" })).text, /python/);
    await begun.promise;
    controller.abort(new Error("Esc was pressed"));
    await assert.rejects(waiting, /Esc was pressed/);
  }));

Deno.test("a call that does not heed its signal is left, and what goes on in its process may not hold it", () => {
  const clock = new ManualClock();
  return withOwn(async (hosted) => {
    const own = await hosted.open("own.ts");
    const controller = new AbortController();
    const begun = Promise.withResolvers<void>();
    const waiting = hosted.call(own, "ignores", { text: "" }, {
      signal: controller.signal,
      report: () => begun.resolve(),
    });
    await begun.promise;
    const over = assert.rejects(waiting, /Esc was pressed/);
    controller.abort(new Error("Esc was pressed"));
    clock.pass(2_000);
    await over;
    assert.equal((await hosted.call(own, "echo", { text: "goes on" })).text, "goes on");
  }, clock);
});

Deno.test("closing waits for the calls that are open, and leaves no process", () =>
  withOwn(async (hosted) => {
    const own = await hosted.open("own.ts");
    const calls = Promise.all([hosted.call(own, "echo", { text: "last" }), hosted.call(own, "many", { text: "" })]);
    await own.close?.();
    assert.deepEqual((await calls).map(({ text }) => text), ["last", "500"]);
    assert.deepEqual(await hosted.processes(), []);
    await assert.rejects(hosted.call(own, "echo", { text: "" }), /its plugin own is closed/);
  }));

Deno.test("panes and commands are asked in the process; what they give is looked at, and waited for a while", () => {
  const clock = new ManualClock();
  return withOwn(async (hosted) => {
    const own = await hosted.open("own.ts");
    const { signal } = new AbortController();
    const view = { seq: 7, at: 0, paused: false, trusted: true, phase: "coding", tasks: [], messages: [], threads: [] };
    const size = { width: 40, height: 2 };
    const lines = (id: string) => own.panes.find((pane) => pane.id === id)!.lines(view, size, signal);
    assert.deepEqual(await lines("own"), ["fact 7", "40 wide"]);
    await assert.rejects(lines("wrong"), /The pane wrong must give a list of rows, but gave "text"/);
    const slow = assert.rejects(lines("slow"), /The pane slow gave no sign for 5 s/);
    await lines("own");
    clock.pass(5_000);
    await slow;
    const command = (name: string) => own.commands.find((one) => one.name === name)!.run("be still", view, signal);
    assert.deepEqual(await command("hush"), [{ kind: "say", to: "all", text: "be still" }, { kind: "pause" }]);
    await assert.rejects(
      command("wrong"),
      /The command \/wrong must give a list of wishes, but gave \[\{"kind":"explode"\}\]/,
    );
  }, clock);
});

Deno.test("a plugin that does not end its loading, in whatever way, is given up and leaves no process", () => {
  const clock = new ManualClock();
  return withHosted({
    "plugins/spins.ts": "for (;;);",
    "plugins/exits.ts": "Deno.exit(4);",
    "plugins/late.ts": "await new Promise(() => {});",
  }, async (hosted) => {
    await assert.rejects(hosted.open("exits.ts"), /ended with code 4/);
    for (const [index, name] of ["spins.ts", "late.ts"].entries()) {
      const given = assert.rejects(hosted.open(name), /had not loaded after 12 s: it does not come to an end/);
      // Each has a bound for its start, which is called off, and one for the load.
      await clock.begun(4 + 2 * index);
      clock.pass(60_000);
      await given;
    }
    assert.deepEqual(await hosted.left(), []);
  }, { timer: clock.timer });
});

Deno.test({
  name:
    "when this program is killed, no process of a plugin is left, be it at work in a loop, and nothing that it started",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withHosted({
      "plugins/spins.ts": pluginOf("spins", {
        goes: 'report("begun"); await new Promise((go) => setTimeout(go, 0)); for (;;);',
      }),
      "plugins/starts.ts": pluginOf("starts", {
        goes:
          `new Deno.Command("sleep", { args: ["${SLEEPS}"] }).spawn(); report("begun"); await new Promise(() => {}); return "";`,
      }, { permissions: '{ run: ["sleep"] }' }),
    }, async ({ folder, open, grants }) => {
      const starts = await open("starts.ts");
      grants.allow({ path: starts.path, origin: "user", hash: starts.contained!.hash }, {
        read: [],
        write: [],
        net: [],
        env: [],
        run: ["sleep"],
      });
      const program = new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "--no-check",
          "--no-prompt",
          "-A",
          new URL("./dying_program.ts", import.meta.url).pathname,
          folder,
        ],
        stdin: "null",
        stdout: "piped",
      }).spawn();
      const reader = program.stdout.getReader();
      let said = "";
      while (said.length < 2) said += new TextDecoder().decode((await reader.read()).value);
      assert.equal(said, "..");
      const alive = await processesOf(`${folder}/state`);
      assert.ok(alive.length >= 2, "both are at work");
      program.kill("SIGKILL");
      await program.status;
      await reader.cancel();
      let left = alive;
      const until = Date.now() + 60_000;
      while (left.length > 0 && Date.now() < until) {
        left = [...await processesOf(`${folder}/state`), ...await sleeping()];
      }
      assert.deepEqual(left, []);
    }),
});

async function sleeping(): Promise<readonly string[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["axww", "-o", "stat=,args="] }).output();
  return new TextDecoder().decode(stdout).split("\n").filter((line) =>
    !line.startsWith("Z") && line.includes(`sleep ${SLEEPS}`)
  );
}
