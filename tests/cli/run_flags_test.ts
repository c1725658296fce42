import assert from "node:assert/strict";
import { overridesOf, parseCount, parseHost, parseModel, parseTime, parseWay } from "../../src/cli/run_flags.ts";

Deno.test("times are read in seconds, minutes and hours", () => {
  assert.equal(parseTime("90"), 90_000);
  assert.equal(parseTime("45s"), 45_000);
  assert.equal(parseTime("30m"), 1_800_000);
  assert.equal(parseTime("1h30m"), 5_400_000);
  for (const wrong of ["", "0", "h", "1d", "-5", "1.5h", "30m1h"]) assert.throws(() => parseTime(wrong), /30m/, wrong);
});

Deno.test("counts are whole numbers from 1", () => {
  assert.equal(parseCount("2_000"), 2000);
  for (const wrong of ["0", "-1", "1.5", "x", "", "1e9", "99999999999999999999"]) {
    assert.throws(() => parseCount(wrong));
  }
});

Deno.test("hosts and models may be named or not; an address or tag is no name", () => {
  assert.deepEqual(parseHost("fast=http://10.0.0.2:11434"), { name: "fast", url: "http://10.0.0.2:11434" });
  assert.deepEqual(parseHost("http://10.0.0.2:11434"), { name: null, url: "http://10.0.0.2:11434" });
  assert.deepEqual(parseModel("coding=qwen2.5-coder:7b@fast"), { role: "coding", model: "qwen2.5-coder:7b@fast" });
  assert.deepEqual(parseModel("hf.co/Some/Model-GGUF:Q4_K_M"), { role: null, model: "hf.co/Some/Model-GGUF:Q4_K_M" });
  assert.deepEqual(parseWay("coding=prompted"), { role: "coding", way: "prompted" });
  for (const wrong of ["=http://x", "my host=http://x", "a="]) assert.throws(() => parseHost(wrong), /NAME=URL/, wrong);
  assert.deepEqual(parseHost("http://x/?a=b"), { name: null, url: "http://x/?a=b" });
  assert.throws(() => parseModel("coding="), /ROLE=NAME/);
  assert.throws(() => parseWay("coding=magic"), /constrained, native, prompted/);
});

Deno.test("a host without a name is local, further ones are numbered", () => {
  const { hosts, models } = overridesOf({
    trust: false,
    host: [{ name: null, url: "a" }, { name: "b", url: "b" }, { name: null, url: "c" }],
    model: [{ role: null, model: "m" }, { role: "coding", model: "n" }],
  });
  assert.deepEqual(hosts, { local: "a", b: "b", local2: "c" });
  assert.deepEqual(models, { "*": "m", coding: "n" });
});
