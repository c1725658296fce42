import assert from "node:assert/strict";
import fc from "fast-check";
import { WAYS } from "../../src/kernel/call.ts";
import { audited, chooseEdit, chooseWay, type WayQuestion } from "../../src/fleet/choose_way.ts";
import { familyOf } from "../../src/fleet/model_family.ts";
import { carefulShare, type ModelRecord, type Tally } from "../../src/fleet/model_record.ts";
import { FORMATS } from "../../src/mediate/formats.ts";

const tally = (right: number, asks: number, repaired = 0): Tally => ({
  asks,
  right,
  repaired,
  failed: asks - right - repaired,
});
const record = (ways: Record<string, Tally>, edits: Record<string, Tally> = {}): ModelRecord => ({
  digest: "d",
  model: "m",
  probedAt: null,
  ways,
  edits,
  reviews: tally(0, 0),
});
const choose = (some: Partial<WayQuestion>) =>
  chooseWay({ purpose: "work", configured: undefined, record: null, family: null, parser: null, tools: true, ...some });

Deno.test("a configured way goes before everything else", () => {
  const known = record({ "work constrained": tally(20, 20) });
  assert.deepEqual(choose({ configured: "prompted", record: known, family: familyOf("functiongemma") }), {
    way: "prompted",
    from: "config",
    why: "configured for the role",
  });
});

Deno.test("a record goes before the family, the family before the constrained way", () => {
  const family = familyOf("qwen2.5-coder:7b");
  assert.deepEqual([choose({}).way, choose({}).from], ["constrained", "default"]);
  assert.deepEqual([choose({ family }).way, choose({ family }).from], ["constrained", "family"]);
  const known = record({ "work prompted": tally(9, 9), "work constrained": tally(3, 9) });
  assert.deepEqual([choose({ family, record: known }).way, choose({ family, record: known }).from], [
    "prompted",
    "record",
  ]);
  assert.match(choose({ family, record: known }).why, /9 of 9 right/);
});

Deno.test("the record of one purpose says nothing about another", () => {
  const known = record({ "decision prompted": tally(9, 9), "decision constrained": tally(0, 9) });
  assert.equal(choose({ record: known }).way, "constrained");
  assert.equal(choose({ record: known, purpose: "decision" }).way, "prompted");
});

Deno.test("few trials do not speak, and a lucky other way does not push out what was never tried", () => {
  assert.equal(choose({ record: record({ "work prompted": tally(2, 2) }) }).from, "default");
  assert.equal(choose({ record: record({ "work prompted": tally(3, 4) }) }).way, "constrained");
});

Deno.test("a way that fails gives a chance to one that was not tried", () => {
  const choice = choose({ record: record({ "work constrained": tally(1, 8) }) });
  assert.deepEqual([choice.way, choice.from], ["native", "record"]);
  assert.match(choice.why, /constrained gave 1 of 8 right, so native is tried/);
  assert.equal(choose({ record: record({ "work constrained": tally(1, 8) }), tools: false }).way, "prompted");
});

Deno.test("a family whose calls only a server's parser can read is constrained where there is none", () => {
  const family = familyOf("qwen3-coder:30b");
  assert.equal(choose({ family, parser: "qwen3-coder" }).way, "native");
  assert.equal(choose({ family }).way, "constrained");
  assert.match(choose({ family }).why, /no parser/);
});

Deno.test("what the model is not shown is not called natively, whoever wished it", () => {
  const broken = { finding: "broken", reason: "No JSON object has the name read_file." } as const;
  for (const configured of ["native", undefined] as const) {
    const choice = audited(choose({ configured, parser: "x" }), broken);
    assert.deepEqual([choice.way, choice.from], ["constrained", "audit"]);
    assert.match(choice.why, /No JSON object/);
  }
  const shown = { finding: "built_in", reason: "" } as const;
  assert.equal(audited(choose({ parser: "x" }), shown).way, "native");
  assert.equal(audited(choose({ configured: "prompted" }), broken).way, "prompted");
});

Deno.test("every family names a way with its reason, and a format that is read", () => {
  const names = [
    "functiongemma:latest",
    "qwen2.5-coder:32b",
    "qwen3-coder:30b",
    "qwen2.5:14b",
    "qwen3:8b",
    "gpt-oss:20b",
  ]
    .concat(["llama3.2:3b", "devstral:24b", "gemma3:12b", "glm-4.6", "deepseek-r1:8b"]);
  for (const name of names) {
    const family = familyOf(name);
    assert.ok(family !== null && WAYS.includes(family.way) && family.why.length > 20, name);
    assert.ok(
      family.format === undefined || FORMATS.some((format) => format.name === family.format),
      `${name}: ${family.format}`,
    );
  }
  assert.deepEqual(names.slice(0, 3).map((name) => familyOf(name)?.name), [
    "functiongemma",
    "qwen2.5-coder",
    "qwen3-coder",
  ]);
  assert.equal(familyOf("smollm2:135m"), null);
});

Deno.test("the careful share lies between 0 and the share itself, and grows with what is right", () => {
  fc.assert(fc.property(fc.nat(60), fc.nat(60), fc.nat(60), (right, repaired, failed) => {
    const asks = right + repaired + failed;
    const share = carefulShare({ asks, right, repaired, failed });
    assert.ok(share >= 0 && share <= (asks === 0 ? 0 : (right + 0.9 * repaired) / asks) + 1e-9);
    assert.ok(carefulShare({ asks: asks + 1, right: right + 1, repaired, failed }) >= share - 1e-9);
  }));
});

Deno.test("edits are offered in both forms with their text after the call, until the record shows one clearly worse", () => {
  assert.deepEqual(chooseEdit(null, null), { without: null, inJson: false, why: "code in JSON strings costs quality" });
  const bad = record({}, { "replace text": tally(1, 9), "whole text": tally(7, 8) });
  assert.equal(chooseEdit(bad, null).without, "replace");
  assert.match(chooseEdit(bad, null).why, /search\/replace 1 of 9 right, the other form 7 of 8 right/);
  assert.equal(
    chooseEdit(record({}, { "whole text": tally(1, 9), "replace text": tally(7, 8) }), null).without,
    "whole",
  );
  assert.equal(chooseEdit(record({}, { "replace text": tally(4, 9), "whole text": tally(5, 8) }), null).without, null);
  assert.equal(chooseEdit(record({}, { "whole text": tally(1, 9), "whole json": tally(7, 8) }), null).inJson, true);
});
