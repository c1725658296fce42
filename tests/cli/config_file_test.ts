import assert from "node:assert/strict";
import { ollamaAddress } from "../../src/cli/config.ts";
import { parseConfig } from "../../src/cli/config_file.ts";

/** The faults that a text is refused with, without the common beginning. */
function faultsOf(text: string): string[] {
  try {
    parseConfig("/c.jsonc", text);
  } catch (error) {
    assert.ok(error instanceof Error && "exit" in error);
    assert.equal(error.exit, 7);
    return error.message.split("\n  ").slice(1);
  }
  return [];
}

Deno.test("a configuration may hold comments and trailing commas, and may be empty", () => {
  const { values, placeOf } = parseConfig(
    "/c.jsonc",
    '// mine\n{ "hosts": { "box": { "url": "http://box", "slots": 2, }, }, /* no more */ }',
  );
  assert.deepEqual(values, { hosts: { box: { url: "http://box", slots: 2 } } });
  assert.equal(placeOf(["hosts", "box"]), "/c.jsonc:2:21");
  assert.deepEqual(parseConfig("/c.jsonc", "").values, {});
});

Deno.test("every fault of a configuration is told with its place, what was wanted and what was found", () => {
  assert.deepEqual(faultsOf('{ "mode": "drivr" }'), [
    '/c.jsonc:1:11: mode must be one of "driver", "observer", "off"; found "drivr"',
  ]);
  assert.deepEqual(faultsOf('{\n  "hosts": { "box": { "adress": "x" } }\n}'), [
    "/c.jsonc:2:21: hosts.box.url is missing; wanted a text in quotes",
    '/c.jsonc:2:23: there is no "adress" in hosts.box; wanted: url, kind, slots, key_variable',
  ]);
  assert.deepEqual(faultsOf('{ "limits": { "turns": 0 } }'), [
    "/c.jsonc:1:24: limits.turns must be a number of 1 or more; found 0",
  ]);
  assert.deepEqual(faultsOf('{ "roles": { "coding": { "temperature": 3 } } }'), [
    "/c.jsonc:1:41: roles.coding.temperature must be a number of 2 or less; found 3",
  ]);
  assert.deepEqual(faultsOf("[]"), ["/c.jsonc:1:1: the configuration must be an object { … }; found []"]);
});

Deno.test("broken JSON and a key that stands twice are told with their place", () => {
  assert.match(faultsOf('{ "mode": }')[0] ?? "", /^\/c\.jsonc:1:11: this is no JSON: value expected/);
  assert.deepEqual(faultsOf('{ "mode": "off",\n  "mode": "driver" }'), [
    '/c.jsonc:2:3: "mode" stands here a second time',
  ]);
});

Deno.test("OLLAMA_HOST is read as Ollama's own programs read it", () => {
  assert.equal(ollamaAddress("box"), "http://box:11434");
  assert.equal(ollamaAddress("0.0.0.0:8080"), "http://127.0.0.1:8080");
  assert.equal(ollamaAddress("https://box.example"), "https://box.example");
  assert.equal(ollamaAddress("http://box:1234/ollama"), "http://box:1234/ollama");
  assert.equal(ollamaAddress(":9000"), "http://127.0.0.1:9000");
  assert.equal(ollamaAddress("[::]:9000"), "http://127.0.0.1:9000");
});
