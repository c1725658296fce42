import assert from "node:assert/strict";
import fc from "fast-check";
import type { ToolDeclaration } from "../../src/kernel/call.ts";
import { validate } from "../../src/mediate/validate.ts";
import { shownDeclarations } from "../../src/prompt/declared.ts";
import { exampleArguments, exampleReply } from "../../src/prompt/example.ts";
import { registry } from "../given/given_prompt.ts";

Deno.test("examples fit the schema they are made from, whatever it says", () => {
  const leaf = fc.oneof(
    fc.constant({ type: "string", description: "Some text. More." }),
    fc.constant({ type: "string", enum: ["a", "b"] }),
    fc.record({ type: fc.constant("integer"), minimum: fc.integer({ min: -5, max: 5 }) }),
    fc.constant({ type: "boolean" }),
    fc.constant({ type: "array", items: { type: "string" }, minItems: 1 }),
    fc.constant({ anyOf: [{ type: "array", items: { type: "string" } }, { type: "string" }] }),
  );
  const object = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), leaf, { minKeys: 1, maxKeys: 4 });
  fc.assert(fc.property(object, fc.boolean(), (properties, known) => {
    const required = Object.keys(properties);
    const tool: ToolDeclaration = {
      name: "t",
      describes: "Does t.",
      parameters: { type: "object", properties, required },
    };
    const args = exampleArguments(tool, known ? { [required[0]!]: "src/a.ts" } : {});
    const checked = validate(tool.parameters, args);
    assert.deepEqual(
      "faults" in checked ? checked.faults : checked.conversions,
      [],
      JSON.stringify([properties, args]),
    );
  }));
});

Deno.test("an example leaves out the argument that is asked for as text, and is written in the way of calling", () => {
  const tool = registry.tools.rewrite_file!.declaration;
  assert.equal(exampleReply(tool, "native", {}), "");
  assert.equal(
    exampleReply(tool, "prompted", {}, { path: "a" }),
    '<tool_call>\n{"name":"rewrite_file","arguments":{"path":"a"}}\n</tool_call>',
  );
});

Deno.test("shown declarations lose bounds, and descriptions that the name or an earlier tool says", () => {
  const path = { type: "string", minLength: 1, description: "The file." };
  const tool = (name: string): ToolDeclaration => ({
    name,
    describes: "",
    parameters: {
      type: "object",
      properties: { path, from: { type: "integer", minimum: 1, description: "First." } },
      required: ["path"],
    },
  });
  const shown = shownDeclarations([tool("a"), tool("b")]).map((one) => one.parameters.properties);
  assert.deepEqual(shown, [
    { path: { type: "string", description: "The file." }, from: { type: "integer" } },
    { path: { type: "string" }, from: { type: "integer" } },
  ]);
});
