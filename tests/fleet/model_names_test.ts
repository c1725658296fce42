import assert from "node:assert/strict";
import { place } from "../../src/fleet/place.ts";
import { askFor, fleetOf, hostWith } from "./fleet_fixture.ts";

/** Model as a person names it, what the hosts `lab` and `box` have, and where it goes as `MODEL on HOST`; null: nowhere. */
const NAMES:
  readonly (readonly [named: string, lab: readonly string[], box: readonly string[], placed: string | null])[] = [
    ["qwen3-30b-a3b@q4_k_m", ["qwen3-30b-a3b@q4_k_m"], [], "qwen3-30b-a3b@q4_k_m on lab"],
    ["qwen3.6-27b@iq3_xxs", ["other"], ["qwen3.6-27b@iq3_xxs"], "qwen3.6-27b@iq3_xxs on box"],
    ["qwen2.5-72b-instruct@?", ["qwen2.5-72b-instruct@?"], [], "qwen2.5-72b-instruct@? on lab"],
    ["qwen3@q4_k_m@box", ["qwen3@q4_k_m"], ["qwen3@q4_k_m"], "qwen3@q4_k_m on box"],
    ["qwen3@q8_0", ["qwen3@q4_k_m"], ["qwen3@q8_0"], "qwen3@q8_0 on box"],
    ["qwen3@q4_k_m", ["qwen3"], [], null],
    ["qwen3@box", ["qwen3"], ["qwen3"], "qwen3 on box"],
    ["qwen3@box", ["qwen3@box"], ["qwen3"], "qwen3 on box"],
    ["@cf/meta/llama-3.1-8b", ["@cf/meta/llama-3.1-8b"], [], "@cf/meta/llama-3.1-8b on lab"],
    ["openrouter/qwen/qwen3-8b:free", ["openrouter/qwen/qwen3-8b:free"], [], "openrouter/qwen/qwen3-8b:free on lab"],
    [
      "hf.co/unsloth/Qwen3-8B-GGUF:Q4_K_M",
      [],
      ["hf.co/unsloth/Qwen3-8B-GGUF:Q4_K_M"],
      "hf.co/unsloth/Qwen3-8B-GGUF:Q4_K_M on box",
    ],
    ["text-model@20250101:latest", ["text-model@20250101"], [], "text-model@20250101 on lab"],
    ["qwen3@", ["qwen3@"], [], "qwen3@ on lab"],
  ];

for (const [named, lab, box, wanted] of NAMES) {
  Deno.test(`the model ${named} of hosts with ${[...lab, ...box].join(", ")} goes ${wanted === null ? "nowhere" : `to ${wanted}`}`, () => {
    const fleet = fleetOf(hostWith("lab", lab), hostWith("box", box));
    const { placements, impossible } = place(fleet, [askFor("a", [named], { userNamed: true })], 0, {});
    const placed = placements.map(({ model, host }) => `${model} on ${host}`);
    assert.deepEqual(placed, wanted === null ? [] : [wanted]);
    assert.equal(impossible.length, wanted === null ? 1 : 0);
  });
}

Deno.test("a name after @ that is neither a host nor a part of a model's name is told as such", () => {
  const { impossible } = place(
    fleetOf(hostWith("lab", ["m"])),
    [askFor("a", ["m@nowhere"], { userNamed: true })],
    0,
    {},
  );
  assert.match(impossible[0]?.text ?? "", /no host is called nowhere\. Hosts: lab/);
});

/** What a host has, beside `llama3.2:3b`, that no role should fall back to. */
const OF_ANOTHER_TRADE = [
  "qwen2.5-coder:7b-base",
  "qwen2.5-coder:1.5b-base-q8_0",
  "hf.co/bartowski/Qwen2.5-Coder-14B-Base-GGUF:Q4_K_M",
  "starcoder2:15b",
  "codellama:34b-code",
  "deepseek-coder:6.7b-base",
  "llama3:70b-text",
  "shieldgemma:27b",
  "llama-guard3:8b",
  "granite3-guardian:8b",
  "bespoke-minicheck:7b",
  "deepseek-ocr:3.3b",
];

for (const name of OF_ANOTHER_TRADE) {
  Deno.test(`${name} is taken only where it is named, or where nothing else is there`, () => {
    const placed = (had: readonly string[], role: string, models: readonly string[] = []) =>
      place(fleetOf(hostWith("lab", had)), [askFor("a", models, { role })], 0, {}).placements[0]?.model;
    for (const role of ["coding", "arbiter"]) {
      assert.equal(placed([name, "llama3.2:3b"], role), "llama3.2:3b");
      assert.equal(placed([name, "functiongemma"], role), name);
      assert.equal(placed([name, "llama3.2:3b"], role, [name]), name);
    }
  });
}

for (
  const name of [
    "starcoder2:15b-instruct",
    "qwen2.5-coder:14b",
    "database-llm:9b",
    "granite-code:8b",
    "codellama:13b-instruct",
    "dolphincoder:15b-starcoder2-q4_K_M",
  ]
) {
  Deno.test(`${name} goes before a smaller model`, () => {
    const fleet = fleetOf(hostWith("lab", ["llama3.2:3b", name]));
    assert.equal(place(fleet, [askFor("a", [], { role: "coding" })], 0, {}).placements[0]?.model, name);
  });
}
