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
