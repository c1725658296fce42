import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { type LoadedPlugins, loadPlugins } from "../../src/plugin/load.ts";
import { LOAD_BOUND_MS, openInProcess } from "../../src/plugin/open_in_process.ts";
import { ManualClock } from "../fakes/manual_clock.ts";

const TOOL = (name: string, more = "") =>
  `import { z } from "zod";
export default {
  name: "${name}_plugin",
  tools: [{ name: "${name}", describes: "Does it.", input: z.object({ path: z.string() }), access: "reads", run: () => "done" }],
  ${more}
};
`;

async function load(
  files: Readonly<Record<string, string>>,
  trusted = true,
  timer = new ManualClock().timer,
): Promise<LoadedPlugins & { folder: string }> {
  const folder = await Deno.makeTempDir({ prefix: "autonomy_plugins_" });
  try {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(join(folder, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(folder, path), text);
    }
    return { folder, ...await loadPlugins([{ path: folder, origin: "user", trusted }], { timer }) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a folder's modules and its folders with a mod.ts are plugins; helper files, tests and hidden files are not", async () => {
  const { offers, failures, folder } = await load({
    "b.ts": TOOL("b"),
    "a/mod.ts": `import { text } from "./text.ts";\nexport default { name: text };`,
    "a/text.ts": 'export const text = "of_a";',
    "_shared.ts": "throw new Error('not a plugin')",
    ".hidden.ts": "throw new Error('not a plugin')",
    "b_test.ts": "throw new Error('not a plugin')",
    "empty/readme.md": "",
    "notes.md": "",
  });
  deepEqual(failures, []);
  deepEqual(offers.map(({ plugin, path }) => [plugin, path]), [["of_a", join(folder, "a/mod.ts")], [
    "b_plugin",
    join(folder, "b.ts"),
  ]]);
});

Deno.test("a role that an earlier folder has is offered again, one that its own folder has is not", async () => {
  const folders = await Promise.all([Deno.makeTempDir(), Deno.makeTempDir()]);
  const specialist = (plugin: string) =>
    `export default { name: "${plugin}", specialists: [{ role: "coding", describes: "Codes.", models: ["m"], window: 512,
      temperature: 0, prompt: "coding.md", tools: [], phases: [] }] };`;
  try {
    await Deno.writeTextFile(join(folders[0], "a.ts"), specialist("first"));
    await Deno.writeTextFile(join(folders[1], "a.ts"), specialist("second"));
    await Deno.writeTextFile(join(folders[1], "b.ts"), specialist("third"));
    await Deno.writeTextFile(join(folders[1], "c.ts"), 'export default { name: "first" };');
    const { offers, failures } = await loadPlugins(
      folders.map((path) => ({ path, origin: "user" as const, trusted: true })),
      { timer: new ManualClock().timer },
    );
    deepEqual(offers.map(({ plugin }) => plugin), ["first", "second"]);
    deepEqual(failures.map(({ text }) => /role "coding"|plugin "first"/.exec(text)?.[0]), [
      'role "coding"',
      'plugin "first"',
    ]);
  } finally {
    for (const folder of folders) await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("each broken plugin says what is wrong and where, and stops no other", async (t) => {
  const broken: Record<string, [string, RegExp]> = {
    "syntax error": ["export default {\n  name: ,\n};", /does not load[\s\S]*broken\.ts:2:9/],
    "throws": ["\nthrow new Error('no key');", /does not load[\s\S]*no key \(.*broken\.ts:2:7\)/],
    "missing file": ['import "./nowhere.ts";\nexport default { name: "x" };', /does not load[\s\S]*nowhere\.ts/],
    "no default export": ["export const name = 1;", /has no default export[\s\S]*definePlugin/],
    "unknown member": [
      'export default { name: "x", tool: [] };',
      /cannot be used as it is written\.\n +the default export: there is no "tool" here; wanted: name, specialists, tools,/,
    ],
    "wrong member": [
      TOOL("x").replace('"reads"', '"looks"'),
      /tools\[0\]\.access: must be one of "reads", "writes", "runs", "concludes"; found "looks"\n/,
    ],
    "member of wrong type, and others missing": [
      'export default { name: "x", tools: [{ name: "x", describes: 3, input: 1, access: "runs" }] };',
      /tools\[0\]\.describes: must be a text in quotes; found 3\n[^]*tools\[0\]\.run: is missing; it must be a function\n/,
    ],
    "not an object": ["export default 3;", /the default export: /],
    "no required argument": [
      TOOL("x").replace("z.string()", "z.string().optional()"),
      /tools\[0\]\.input: tool "x" has no required argument/,
    ],
    "no zod schema": [
      TOOL("x").replace("z.object({ path: z.string() })", "{ path: 'string' }"),
      /tools\[0\]\.input: must be z\.object/,
    ],
    "schema without JSON form": [
      TOOL("x").replace("z.string()", "z.date()"),
      /tools\[0\]\.input: cannot be written as a JSON Schema/,
    ],
    "text argument that is none": [
      TOOL("x").replace("access:", 'asText: "body", access:'),
      /tools\[0\]\.asText: must name a required string argument/,
    ],
    "prompt of a model's tool with what is no argument": [
      TOOL("x").replace("run: () =>", 'asks: { model: "m", prompt: "{{path}} {{paht}}" }, run: () =>'),
      /tools\[0\]\.asks\.prompt: has \{\{paht\}\}, but the arguments are path/,
    ],
    "name twice": [
      TOOL("x").replace(
        "tools: [{",
        'tools: [{ name: "x", describes: "d", input: z.object({ a: z.int() }), access: "runs", run() {} }, {',
      ),
      /offers a name twice[\s\S]*tool "x"/,
    ],
    "name taken": [
      TOOL("good"),
      /name that is taken[\s\S]*plugin "good_plugin" is offered by .*a_good\.ts[\s\S]*tool "good"/,
    ],
    "role of wrong form": [
      'export default { name: "x", specialists: [{ role: "X" }] };',
      /specialists\[0\]\.role: must be lower case/,
    ],
    "self-test throws": [
      TOOL("x", 'selfTest(tools) { throw new Error("broken: " + [...tools.keys()]); }'),
      /fails its own self-test[\s\S]*broken: x/,
    ],
  };
  for (const [title, [text, wanted]] of Object.entries(broken)) {
    await t.step(title, async () => {
      const { offers, failures } = await load({
        "a_good.ts": TOOL("good"),
        "broken.ts": text,
        "z_good.ts": TOOL("last"),
      });
      deepEqual(offers.map(({ plugin }) => plugin), ["good_plugin", "last_plugin"]);
      equal(failures.length, 1);
      match(failures[0]?.path ?? "", /broken\.ts$/);
      match(failures[0]?.text ?? "", wanted);
      match(failures[0]?.text ?? "", /Fix the file, or move it out of the folder\.$/);
    });
  }
});

/** Lets modules of a test wait as long as the test runs; one that waited on would end the test runner with an error. */
async function withGate(use: (gate: string) => Promise<void>): Promise<void> {
  const gate = `gate_${crypto.randomUUID().replaceAll("-", "")}`;
  const { promise, resolve } = Promise.withResolvers<void>();
  Object.assign(globalThis, { [gate]: promise });
  try {
    await use(`globalThis.${gate}`);
  } finally {
    resolve();
    Reflect.deleteProperty(globalThis, gate);
  }
}

Deno.test("a module or a self-test that does not end is given up after the bound, and the others load", () =>
  withGate(async (gate) => {
    const clock = new ManualClock();
    const loading = load(
      {
        "a.ts": `await ${gate};\nexport default { name: 'a' };`,
        "b.ts": TOOL("b", `selfTest: () => ${gate},`),
        "c.ts": TOOL("c"),
      },
      true,
      clock.timer,
    );
    // Two are loaded at once, and one of these tests itself: both never end, and the third comes behind them.
    await clock.begun(3);
    await clock.open(2);
    clock.pass(LOAD_BOUND_MS);
    const { offers, failures } = await loading;
    deepEqual(offers.map(({ plugin }) => plugin), ["c_plugin"]);
    match(failures[0]?.text ?? "", /waits without end: it had not loaded after 5 s/);
    match(failures[1]?.text ?? "", /self-test that had not ended after 5 s/);
  }));

Deno.test("plugins are opened side by side, two at once, and offered by their names; one that does not fit is closed", async () => {
  const waits = new Map<string, () => void>();
  const closed: string[] = [];
  let most = 0;
  const folder = await Deno.makeTempDir();
  const names = ["a", "b", "c", "d", "e", "f"];
  try {
    for (const name of names) await Deno.writeTextFile(join(folder, `${name}.ts`), TOOL(name));
    const loading = loadPlugins([{ path: folder, origin: "user", trusted: true }], {
      open: async (place, bounds) => {
        const { promise, resolve } = Promise.withResolvers<void>();
        waits.set(place.path, resolve);
        most = Math.max(most, waits.size);
        if (waits.size === 2 || place.path.endsWith("f.ts")) { for (const go of [...waits.values()].reverse()) go(); }
        await promise;
        waits.delete(place.path);
        const offer = await openInProcess(place, bounds);
        // The last is named like the first.
        const plugin = place.path.endsWith("f.ts") ? "a_plugin" : offer.plugin;
        return {
          ...offer,
          plugin,
          close: () => {
            closed.push(place.path);
            return Promise.reject(new Error("it does not close"));
          },
        };
      },
    });
    const { offers, failures } = await loading;
    deepEqual(offers.map(({ plugin }) => plugin), ["a_plugin", "b_plugin", "c_plugin", "d_plugin", "e_plugin"]);
    match(failures[0]?.text ?? "", /f\.ts offers a name that is taken/);
    deepEqual(closed, [join(folder, "f.ts")]);
    equal(most, 2);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a link that leads round, or into nothing, costs its own plugin and no other of its folder", async () => {
  const folder = await Deno.makeTempDir({ prefix: "autonomy_plugins_" });
  try {
    await Deno.writeTextFile(join(folder, "b.ts"), TOOL("b"));
    await Deno.mkdir(join(folder, "own"));
    const links = { "round.ts": "round.ts", "round.md": "round.md", "own/mod.ts": "mod.ts", "gone.ts": "nowhere.ts" };
    for (const [name, to] of Object.entries(links)) await Deno.symlink(to, join(folder, name));
    const { offers, failures } = await loadPlugins([{ path: folder, origin: "user", trusted: true }], {
      timer: new ManualClock().timer,
    });
    deepEqual(offers.map(({ plugin }) => plugin), ["b_plugin"]);
    deepEqual(failures.map(({ path }) => path), Object.keys(links).map((name) => join(folder, name)).sort());
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("nothing of a folder that is not trusted is run; its modules are named", async () => {
  const { offers, failures, untrusted, folder } = await load({ "a.ts": "globalThis.untrustedRan = true;" }, false);
  deepEqual([offers, failures, untrusted], [[], [], [join(folder, "a.ts")]]);
  ok(!("untrustedRan" in globalThis));
});

Deno.test("a folder that does not exist holds no plugins", async () => {
  const loaded = await loadPlugins([{ path: "/nowhere/at/all", origin: "user", trusted: true }]);
  deepEqual(loaded, { offers: [], failures: [], untrusted: [] });
});

Deno.test("whoever gives up gets the reason, also before a folder that is not trusted, and what was opened is closed", async () => {
  const folder = await Deno.makeTempDir();
  const controller = new AbortController();
  const closed: string[] = [];
  try {
    await Deno.writeTextFile(join(folder, "a.ts"), TOOL("a"));
    const loading = loadPlugins([
      { path: folder, origin: "user", trusted: true },
      { path: folder, origin: "project", trusted: false },
    ], {
      signal: controller.signal,
      open: async (place) => {
        const offer = await openInProcess(place, {});
        controller.abort(new Error("quit"));
        return { ...offer, close: () => Promise.resolve(void closed.push(offer.plugin)) };
      },
    });
    await rejects(loading, /quit/);
    deepEqual(closed, ["a_plugin"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("loading is given up when its signal says so", () =>
  withGate(async (gate) => {
    const folder = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(join(folder, "a.ts"), `await ${gate};`);
      const controller = new AbortController();
      const loading = loadPlugins([{ path: folder, origin: "user", trusted: true }], { signal: controller.signal });
      queueMicrotask(() => controller.abort(new Error("quit")));
      await rejects(loading, /quit/);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }));
