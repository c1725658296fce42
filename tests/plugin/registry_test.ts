import { DEFAULT_BOUNDS } from "../../src/features/bounds.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { z } from "zod";
import { definePlugin, defineTool, type Plugin, type Specialist, type Tool } from "../../src/plugin/mod.ts";
import { offerOf } from "../../src/plugin/offer.ts";
import { buildRegistry, type RegistrySources } from "../../src/plugin/registry.ts";
import { withWorkspace } from "../fakes/plain_workspace.ts";

const look = defineTool({
  name: "look",
  describes: "Looks at it.",
  input: z.object({
    zebra: z.string().describe("A word."),
    apple: z.int().min(1).optional(),
    kind: z.enum(["big", "small"]).default("big"),
    body: z.string(),
  }),
  access: "reads",
  asText: "body",
  run: ({ zebra, kind }) => `${zebra} ${kind}`,
});

const coding: Specialist = {
  role: "coding",
  describes: "Codes.",
  models: ["big@strong", "big", "small"],
  window: 16384,
  temperature: 0.3,
  prompt: "coding.md",
  tools: ["look"],
  phases: ["coding"],
};

const of = (plugin: Plugin) =>
  offerOf(definePlugin(plugin), { path: `/plugins/${plugin.name}.ts`, origin: "user", version: "" });
const build = (plugin: Omit<Plugin, "name">, more: Partial<RegistrySources> = {}) =>
  buildRegistry({
    offers: [of({ name: "one", ...plugin })],
    prompts: { "coding.md": { name: "coding", text: "Code.", placeholders: [] } },
    ...more,
  });

Deno.test("a tool is declared with its properties in order and nothing that says nothing", () => {
  const { registry } = build({ tools: [look] });
  equal(
    JSON.stringify(registry.tools.look),
    '{"declaration":{"name":"look","describes":"Looks at it.","parameters":{"type":"object","properties":{' +
      '"zebra":{"type":"string","description":"A word."},"apple":{"type":"integer","minimum":1},' +
      '"kind":{"default":"big","type":"string","enum":["big","small"]},"body":{"type":"string"}},' +
      '"required":["zebra","body"]},"asText":"body"},"access":"reads"}',
  );
});

Deno.test("arguments are checked with the tool's schema: defaults are filled in, faults are sentences that name the argument", () => {
  const tool = build({ tools: [look] }).tools.get("look");
  deepEqual(tool?.validate({ zebra: "z", body: "" }), { value: { zebra: "z", kind: "big", body: "" } });
  deepEqual(tool?.validate({ zebra: [3], apple: 0.5, kind: "huge" }), {
    faults: [
      '"zebra" must be a string, but is [3].',
      '"apple" must be a whole number, but is 0.5.',
      '"kind" must be one of "big", "small", but is "huge".',
      '"body" is missing (string).',
    ],
  });
  deepEqual(tool?.validate("text"), { faults: ['The value must be an object, but is "text".'] });
});

Deno.test("what only the tool's own schema knows is said in its words, with the place and what stands there", () => {
  const input = z.object({
    zebra: z.string().refine((text) => text !== "none", "Must be a word that means something."),
    list: z.array(z.object({ at: z.string().regex(/^a/, "must begin with a") })).default([]),
  });
  const tool = build({ tools: [defineTool({ ...look, asText: undefined, input, run: () => "" })] }).tools.get("look");
  deepEqual(tool?.validate({ zebra: "none", list: [{ at: "a" }, { at: "b" }] }), {
    faults: [
      '"zebra" is wrong: must be a word that means something; it is "none".',
      '"list[1].at" is wrong: must begin with a; it is "b".',
    ],
  });
});

Deno.test("a role whose tool, prompt, phase or partner does not exist is left out and each fault has its place", () => {
  const wrong = {
    ...coding,
    role: "wrong",
    tools: ["look", "fly"],
    prompt: "wrong.md",
    phases: ["coding", "singing"],
    mayAsk: ["coding", "nobody", "wrong"],
  };
  const { registry, faults } = build({ tools: [look], specialists: [coding, wrong] });
  deepEqual(Object.keys(registry.roles), ["coding"]);
  deepEqual(faults.map(({ place }) => place), [
    '/plugins/one.ts: specialists[1].tools (role "wrong")',
    '/plugins/one.ts: specialists[1].prompt (role "wrong")',
    '/plugins/one.ts: specialists[1].phases (role "wrong")',
    '/plugins/one.ts: specialists[1].mayAsk (role "wrong")',
    '/plugins/one.ts: specialists[1].mayAsk (role "wrong")',
  ]);
  deepEqual(faults.map(({ text }) => text), [
    'There is no tool "fly"; the tools are look.',
    'There is no prompt file "wrong.md"; found are coding.md.',
    'There is no phase "singing"; the phases are planning, coding, qa, debugging, documentation.',
    'There is no role "nobody" to ask; the roles are coding, wrong.',
    'The role "wrong" cannot ask itself.',
  ]);
});

Deno.test("the configuration's word counts over the plugin's, and a role it names that does not exist is a fault", () => {
  const limits = { tokens: 1000, turns: null, wallMs: null };
  const { registry, faults } = build({ tools: [look], specialists: [coding] }, {
    roles: { coding: { models: ["other:7b"], window: 4096, temperature: 0, limits }, singer: {} },
    bounds: { steps: 3 },
  });
  const role = registry.roles.coding;
  deepEqual([role?.models, role?.window, role?.temperature], [["other:7b"], 4096, 0]);
  deepEqual(registry.roleLimits, { coding: limits });
  deepEqual(registry.bounds, { ...DEFAULT_BOUNDS, steps: 3 });
  deepEqual(faults, [{
    place: "roles.singer",
    text: 'There is no role "singer"; the roles are coding.',
    origin: "config",
  }]);
});

Deno.test("of two specialists of one role the later one plays it, in the place of the first, and that is said", () => {
  const offers = [
    of({ name: "first", tools: [look], specialists: [coding, { ...coding, role: "other" }] }),
    of({ name: "second", specialists: [{ ...coding, describes: "Codes anew." }] }),
  ];
  const { registry, faults, notes } = build({}, { offers });
  deepEqual(Object.keys(registry.roles), ["coding", "other"]);
  equal(registry.roles.coding?.describes, "Codes anew.");
  deepEqual(faults, []);
  deepEqual(notes, [{
    place: "/plugins/second.ts",
    text: 'Its specialist "coding" takes the place of the one of /plugins/first.ts.',
  }]);
});

Deno.test("a later specialist that does not fit leaves the earlier one in its role", () => {
  const offers = [
    of({ name: "first", tools: [look], specialists: [coding] }),
    of({ name: "second", specialists: [{ ...coding, describes: "Codes anew.", tools: ["fly"] }] }),
  ];
  const { registry, faults, notes } = build({}, { offers });
  equal(registry.roles.coding?.describes, "Codes.");
  deepEqual(faults.map(({ text }) => text), [
    'There is no tool "fly"; the tools are look. The one of /plugins/first.ts plays on.',
  ]);
  deepEqual(notes, []);
});

Deno.test("a tool that asks the model of a role that nobody plays is left out, and so is the specialist that names it", () => {
  const asks = { model: { role: "singer" }, prompt: "{{zebra}}" };
  const { tools, registry, faults } = build({ tools: [{ ...look, asks }], specialists: [coding] });
  deepEqual([[...tools.keys()], Object.keys(registry.roles)], [[], []]);
  deepEqual(faults.map(({ place, text }) => `${place}: ${text}`), [
    '/plugins/one.ts: tools[0].asks.model (tool "look"): There is no role "singer"; the roles are coding.',
    '/plugins/one.ts: specialists[0].tools (role "coding"): There is no tool "look"; the tools are .',
  ]);
});

Deno.test("the configuration gives a role tools beside its own, and says which of them there are not", () => {
  const seek = { ...look, name: "seek" };
  const roles = { coding: { tools: ["seek", "look", "fly"] }, arbiter: { tools: ["seek"] } };
  const { registry, faults, notes } = build(
    { tools: [look, seek], specialists: [coding, { ...coding, role: "arbiter", tools: [] }] },
    { roles },
  );
  deepEqual(registry.roles.coding?.tools, ["look", "seek"]);
  deepEqual(registry.roles.arbiter?.tools, []);
  deepEqual(faults, []);
  deepEqual(notes, [
    {
      place: "roles.coding.tools",
      text: 'There is no tool "fly"; the tools are look, seek. coding works without it.',
    },
    {
      place: "roles.arbiter.tools",
      text: "The arbiter decides and calls no tools. Name the specialist that shall have them.",
    },
  ]);
});

Deno.test("a specialist names a server by mcp: and its name, and is told of one that is not configured", () => {
  const served: Tool = { ...look, name: "mcp_files" };
  const named = { ...coding, tools: ["mcp:files"] };
  const { registry, faults } = build({
    tools: [served],
    specialists: [named, { ...named, role: "other", tools: ["mcp:git"] }],
  });
  deepEqual(registry.roles.coding?.tools, ["mcp_files"]);
  deepEqual(faults.map(({ text }) => text), [
    'There is no MCP server "git": name it under "mcp" in config.jsonc, or in a plugin.',
  ]);
  const armed = build({ tools: [look, served], specialists: [coding] }, {
    roles: { coding: { tools: ["mcp:files"] } },
  });
  deepEqual(armed.registry.roles.coding?.tools, ["look", "mcp_files"]);
});

Deno.test("a role's host in the configuration moves the plugin's models, and leaves models that the configuration places", () => {
  const models = (override: { host: string; models?: string[] }) =>
    build({ tools: [look], specialists: [coding] }, { roles: { coding: override } }).registry.roles.coding?.models;
  deepEqual(models({ host: "attic" }), ["big@attic", "small@attic"]);
  deepEqual(models({ host: "attic", models: ["a@cellar", "b"] }), ["a@cellar", "b@attic"]);
});

Deno.test("what a tool gives back is looked at before it becomes a fact", () =>
  withWorkspace({}, async (workspace) => {
    const giving = (value: unknown): Tool => ({ ...look, run: () => value as string });
    const run = async (tool: Tool) => {
      const runnable = build({ tools: [tool] }).tools.get("look");
      return await runnable?.run({}, {
        workspace,
        languages: LANGUAGES,
        settings: {},
        signal: new AbortController().signal,
        report: () => {},
      });
    };
    deepEqual(await run(giving("text")), { text: "text" });
    await rejects(run(giving(undefined)), /tool "look" of \/plugins\/one\.ts must give text, .* but gave undefined/);
    await rejects(run(giving({ text: "x", outcome: { kind: "won" } })), /must give text/);
    await rejects(
      run(giving({ text: "x", outcome: { kind: "answered", text: "x" } })),
      /access must be "concludes", but is "reads"/,
    );
    const concluding = {
      ...giving({ text: "x", outcome: { kind: "answered", text: "x" } }),
      access: "concludes" as const,
    };
    deepEqual(await run(concluding), { text: "x", outcome: { kind: "answered", text: "x" } });
  }));

Deno.test("a plugin has at most ten members", async () => {
  const text = await Deno.readTextFile(new URL("../../src/plugin/plugin.ts", import.meta.url));
  const body = /export interface Plugin \{([\s\S]*?)\n\}/.exec(text)?.[1] ?? "";
  match(body, /readonly name/);
  equal(body.match(/^ {2}(?:readonly )?\w+\??[:(]/gm)?.length, 10);
});
