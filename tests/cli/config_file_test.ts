import assert from "node:assert/strict";
import { ollamaAddress } from "../../src/cli/ollama_address.ts";
import { hostAddress } from "../../src/fleet/host_address.ts";
import { parseConfig } from "../../src/cli/config_file.ts";

/** The faults that are found in a text. */
function faultsOf(text: string): readonly string[] {
  return parseConfig("/c.jsonc", text).faults;
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
    '/c.jsonc:2:23: there is no "adress" in hosts.box; wanted: url, kind, slots, memory, key_variable, headers_from, ca, include, exclude',
  ]);
  assert.deepEqual(
    faultsOf('{ "hosts": { "box": { "url": " ", "keyVariable": "K" } }, "checks": [{ "comand": [] }] }'),
    [
      '/c.jsonc:1:30: hosts.box.url must be a text that is not empty; found " "',
      '/c.jsonc:1:35: there is no "keyVariable" in hosts.box; did you mean "key_variable"? wanted: url, kind, slots, memory, key_variable, headers_from, ca, include, exclude',
      "/c.jsonc:1:70: checks.0.name is missing; wanted a text in quotes",
      "/c.jsonc:1:70: checks.0.command is missing; wanted a command as one line or as a list of its words",
      '/c.jsonc:1:72: there is no "comand" in checks.0; did you mean "command"? wanted: name, command, seconds, folder',
    ],
  );
  assert.deepEqual(faultsOf('{ "hosts": { "my box": { "url": "http://box" } }, "allow": [[], 3] }'), [
    "/c.jsonc:1:14: the name hosts.my box must be letters, digits, and - _ . inside",
    "/c.jsonc:1:61: allow.0 must be a list that is not empty; found []",
    "/c.jsonc:1:65: allow.1 must be a command as one line or as a list of its words; found 3",
  ]);
  assert.deepEqual(faultsOf('{ "limits": { "turns": 0 } }'), [
    "/c.jsonc:1:24: limits.turns must be a number of 1 or more; found 0",
  ]);
  assert.deepEqual(faultsOf('{ "roles": { "coding": { "temperature": 3 } } }'), [
    "/c.jsonc:1:41: roles.coding.temperature must be a number of 2 or less; found 3",
  ]);
  assert.deepEqual(faultsOf("[]"), ["/c.jsonc:1:1: the configuration must be an object { … }; found []"]);
});

Deno.test("a key that stands where the name of its variable should is told as such, and shown nowhere", () => {
  const written = (value: string) => faultsOf(`{ "hosts": { "lab": { "url": "http://lab", ${value} } } }`);
  const told = written('"key_variable": "sk-proj-Ab12Cd34"');
  assert.deepEqual(told, [
    "/c.jsonc:1:60: hosts.lab.key_variable must be the name of an environment variable; found what is not shown, since it may be the key itself",
  ]);
  for (
    const key of ["gsk_AbCdEfGhIjKlMnOp", "hf_AbCdEfGhIjKlMnOpQr", "a1b2c3d4e5f60718293a", "AIzaSyAbCdEfGh_IjKlMn"]
  ) {
    for (const value of [`"key_variable": "${key}"`, `"headers_from": { "X-Api-Key": "${key}" }`]) {
      const [fault = "", ...others] = written(value);
      assert.match(fault, /must be the name of an environment variable, not the key itself/);
      assert.deepEqual([fault.includes(key), others], [false, []]);
    }
  }
  assert.ok(!faultsOf('{ "hosts": [{ "key_variable": "sk-proj-Ab12Cd34" }] }').join().includes("Ab12"));
  assert.ok(!written('"headers_from": { "Authorization": "Bearer Ab12Cd34" }').join().includes("Ab12"));
  assert.ok(
    !faultsOf('{ "mcp": { "git": { "command": "x", "env_variables": ["TOKEN=Ab12"] } } }').join().includes("Ab12"),
  );
  for (const name of ["LAB_KEY", "sk_key", "my_company_openai_api_key_2", "OPENAI2026PRODUCTIONKEY"]) {
    assert.deepEqual(written(`"key_variable": "${name}"`), []);
  }
});

Deno.test("broken JSON and a key that stands twice are told with their place", () => {
  assert.match(faultsOf('{ "mode": }')[0] ?? "", /^\/c\.jsonc:1:11: this is no JSON: value expected/);
  assert.deepEqual(faultsOf('{ "mode": "off", "limits": { "turns": "many" },\n  "mode": "driver" }'), [
    '/c.jsonc:2:3: "mode" stands here a second time; leave one of them',
    '/c.jsonc:1:39: limits.turns must be a number; found "many"',
  ]);
});

Deno.test("OLLAMA_HOST is read as Ollama's own programs read it", () => {
  assert.equal(ollamaAddress("box"), "http://box:11434");
  assert.equal(ollamaAddress("0.0.0.0:8080"), "http://127.0.0.1:8080");
  assert.equal(ollamaAddress("https://box.example"), "https://box.example");
  assert.equal(ollamaAddress("http://box:1234/ollama"), "http://box:1234/ollama");
  assert.equal(ollamaAddress("http://me:word@box"), "http://me:word@box");
  assert.equal(ollamaAddress("me:word@0.0.0.0"), "http://me:word@127.0.0.1:11434");
  assert.equal(ollamaAddress(":9000"), "http://127.0.0.1:9000");
  assert.equal(ollamaAddress("[::]:9000"), "http://127.0.0.1:9000");
  assert.equal(ollamaAddress("::"), "http://127.0.0.1:11434");
  assert.equal(ollamaAddress("fd00::5"), "http://[fd00::5]:11434");
  assert.equal(ollamaAddress("fd00::5/ollama"), "http://[fd00::5]:11434/ollama");
  assert.equal(ollamaAddress("box:"), "http://box:11434");
});

Deno.test("an OLLAMA_HOST that cannot be read is refused as it stands, and no server of this machine is asked in its place", () => {
  for (const text of ["box:11434x", "192.168.1.5:11434:", "box:11434:9"]) {
    assert.throws(() => hostAddress(ollamaAddress(text)), { message: new RegExp(`"http://${text}" is no address`) });
  }
});
