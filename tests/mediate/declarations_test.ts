import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { declarationsText, replyFormText } from "../../src/mediate/declarations.ts";
import { TOOLS } from "./samples.ts";

interface Cases {
  readonly tools: Record<
    string,
    { function: { name: string; description: string; parameters: Record<string, unknown> } }[]
  >;
  readonly "declarations (modes without tools)": string;
}

const cases = JSON.parse(readFileSync(new URL("../wire/real-model/cases.json", import.meta.url), "utf8")) as Cases;

Deno.test("the section is word for word the one that real models were measured with", () => {
  const [first] = cases.tools.w ?? [];
  assert.ok(first !== undefined);
  const { name, description, parameters } = first.function;
  const text = `\n\n${declarationsText([{ name, describes: description, parameters }])}\n\n${
    replyFormText("prompted")
  }`;
  assert.equal(text, cases["declarations (modes without tools)"]);
});

Deno.test("tools stand one per line in the order given, text arguments are announced and left out", () => {
  const lines = declarationsText(TOOLS).split("\n").filter((line) => line.startsWith("{")).map((line) =>
    JSON.parse(line) as Cases["tools"][string][number]
  );
  assert.deepEqual(lines.map((line) => line.function.name), TOOLS.map(({ name }) => name));
  assert.deepEqual(lines[1]?.function.parameters, {
    type: "object",
    required: ["path"],
    properties: { path: { type: "string" } },
  });
  assert.match(
    lines[1]?.function.description ?? "",
    /content is not an argument: it is asked for as plain text right after the call/,
  );
});

Deno.test("no tools make no section, native calls need no instruction, the constrained one puts the reason first", () => {
  assert.equal(declarationsText([]), "");
  assert.equal(replyFormText("native"), "");
  assert.match(
    replyFormText("constrained"),
    /\{"reason": <why>, "name": <function-name>, "arguments": <args-json-object>\}$/,
  );
});
