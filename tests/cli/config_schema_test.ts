import assert from "node:assert/strict";
import { z } from "zod";
import { parseConfig } from "../../src/cli/config_file.ts";
import { callHere as call } from "./fixtures/call_here.ts";
import { withPlace } from "./fixtures/command_line.ts";

/** Configurations that the program accepts. */
const RIGHT: readonly unknown[] = [
  {},
  { $schema: "./config.schema.json", mode: "observer" },
  { hosts: { fast: { url: "http://a" }, "lab-2.b": { url: "a", kind: "openai", slots: 64, key_variable: "LAB_KEY" } } },
  { roles: { coding: { models: ["a@fast", "b"], host: "fast", window: 512, temperature: 0, way: "native" } } },
  { roles: { "any name": { limits: { tokens: null, turns: 1 } } } },
  { checks: [{ name: "unit", command: "npm test", seconds: 300 }, { name: "lint", command: ["npm", "run", ""] }] },
  { allow: ["npm run build", ["make"]], plugins: ["/a", "../b"] },
  { git: { commit: true, branch: "crew/{goal}-{run}" } },
  { sandbox: { tier: "bubblewrap", network: true, write: ["/var/cache", "~/models"] } },
  { sandbox: {} },
  { limits: { tokens: 1, turns: null, seconds: 9_007_199_254_740_991 }, bounds: { attempts: 1, tries: 99 } },
];

/** Configurations that the program refuses. */
const WRONG: readonly unknown[] = [
  [],
  "driver",
  { mod: "off" },
  { mode: "Driver" },
  { $schema: 1 },
  { hosts: { fast: {} } },
  { hosts: { fast: { url: " \t\n" } } },
  { hosts: { "my box": { url: "a" } } },
  { hosts: { fast: { url: "a", kind: "vLLM" } } },
  { hosts: { fast: { url: "a", slots: 65 } } },
  { hosts: { fast: { url: "a", slots: 1.5 } } },
  { hosts: { fast: { url: "a", key_variable: "A KEY" } } },
  { roles: { coding: { models: [] } } },
  { roles: { coding: { models: [""] } } },
  { roles: { coding: { window: 511 } } },
  { roles: { coding: { temperature: 2.1 } } },
  { roles: { coding: { way: null } } },
  { roles: { coding: { limits: { token: 1 } } } },
  { checks: [{ command: "npm test" }] },
  { checks: [{ name: "unit", command: [] }] },
  { checks: [{ name: "unit", command: "" }] },
  { checks: { name: "unit", command: "a" } },
  { allow: [["make", 1]] },
  { limits: { seconds: 0 } },
  { limits: { tokens: 9_007_199_254_740_992 } },
  { bounds: { attempts: null } },
  { bounds: { attempt: 1 } },
  { plugins: "folder" },
  { sandbox: "none" },
  { sandbox: { tier: "docker" } },
  { sandbox: { network: "off" } },
  { sandbox: { write: ["relative"] } },
  { sandbox: { writes: [] } },
];

type Schema = z.core.JSONSchema.BaseSchema;

/** Every part of a schema, with the keys that lead to it. */
function parts(schema: unknown, path = ""): [path: string, schema: Schema][] {
  if (typeof schema !== "object" || schema === null) return [];
  const here = schema as Schema;
  return [
    [path, here],
    ...Object.entries(here.properties ?? {}).flatMap(([key, part]) => parts(part, `${path}.${key}`)),
    ...parts(here.additionalProperties, `${path}.*`),
  ];
}

Deno.test("the printed schema accepts and refuses what the program does, and tells every key", () =>
  withPlace(async (place) => {
    // A person asks for the schema also because the own file is wrong.
    await Deno.writeTextFile(`${place.config}/config.jsonc`, '{ "mode": 3 }');
    const { code, out, err } = await call(place, ["config", "--schema"]);
    assert.deepEqual([code, err], [0, ""]);
    const schema: Schema = JSON.parse(out);
    assert.equal(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
    const check = z.fromJSONSchema(schema);
    for (const [configurations, accepted] of [[RIGHT, true], [WRONG, false]] as const) {
      for (const configuration of configurations) {
        const text = JSON.stringify(configuration);
        const { faults } = parseConfig("/c.jsonc", text);
        assert.equal(faults.length === 0, accepted, `the program on ${text}: ${faults.join("; ")}`);
        assert.equal(check.safeParse(configuration).success, accepted, `the schema on ${text}`);
      }
    }
    const told = parts(schema);
    assert.deepEqual(
      told.filter(([, { description = "" }]) => !/^\S.*\.$/.test(description)).map(([path]) => path),
      [],
    );
    for (const path of [".hosts.*.key_variable", ".roles.*.limits.seconds", ".bounds.stale", ".$schema"]) {
      assert.ok(told.some(([known]) => known === path), path);
    }
  }));

Deno.test("a configuration that points to its schema is read, and all files that are wrong are told at once", () =>
  withPlace(async (place) => {
    await Deno.mkdir(`${place.project}/.autonomy`);
    const write = async (user: string, project: string) => {
      await Deno.writeTextFile(`${place.config}/config.jsonc`, user);
      await Deno.writeTextFile(`${place.project}/.autonomy/config.jsonc`, project);
      return await call(place, ["config"]);
    };
    const right = await write('{ "$schema": "./config.schema.json", "mode": "off" }', '{ "$schema": "x" }');
    assert.equal(right.code, 0, right.err);
    assert.match(right.out, /^mode +off +.*config\/config\.jsonc:1:46$/m);
    const wrong = await write('{ "mode": 1 }', '{ "limit": 1 }');
    assert.equal(wrong.code, 7);
    assert.match(wrong.err, /config\/config\.jsonc:1:11: mode must be one of .*; found 1$/m);
    assert.match(wrong.err, /\.autonomy\/config\.jsonc:1:3: there is no "limit" .*; did you mean "limits"\?/m);
    assert.match(wrong.err, /autonomy config --schema/);
    assert.match((await call(place, ["config", "--help"])).out, /--schema/);
  }));
