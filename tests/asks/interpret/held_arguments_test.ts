import assert from "node:assert/strict";
import { flatDeclaration } from "../../../src/asks/interpret/flat_declaration.ts";
import { heldArguments, inventedIn } from "../../../src/asks/interpret/held_arguments.ts";
import type { Meant } from "../../../src/effects/ask/ask_effect.ts";

function meant(excerpt: string, ...tools: string[]): Meant {
  return { tools, excerpt, why: "It names them." };
}

const TOOL = {
  name: "set_level",
  describes: "Sets the level\nof a file.",
  parameters: {
    type: "object",
    properties: {
      path: { type: "string", description: "The file." },
      level: { type: "string", enum: ["low", "high"], description: "How loud." },
      count: { type: "integer", description: "How often." },
      tags: { type: "array", items: { type: "string" } },
      body: { type: "string" },
    },
    required: ["path", "level", "body"],
  },
  asText: "body",
};

const flat = flatDeclaration(TOOL, {})!;

for (
  const [excerpt, args, stands] of [
    ['{"path": "src/a.ts", level: HIGH', { path: "src/a.ts", level: "high" }, true],
    ["set_level of src/a.ts to high", { path: "src/a.ts", level: "low" }, false],
    ["set_level of src/a.ts to high", { path: "src/b.ts", level: "high" }, false],
    ["set_level of src/a.tsx to high", { path: "src/a.ts", level: "high" }, false],
    ["set_level of lib/src/a.ts to high", { path: "src/a.ts", level: "high" }, false],
    ["set_level: the path is\\nsrc/a.ts,   high", { path: "src/a.ts", level: "high" }, true],
    ["Set it high. Then go on.", { path: ".", level: "high" }, false],
    ['Set "." high.', { path: ".", level: "high" }, true],
    ["", { path: "", level: "high" }, false],
    ["set_level of src/my_file-2.ts to high", { path: "src/my_file-2.ts", level: "high" }, true],
    ["set_level of src/my_file-2.ts to high", { path: "src/my_file-3.ts", level: "high" }, false],
    ["set_level of src/axts to high", { path: "src/a.ts", level: "high" }, false],
  ] as const
) {
  Deno.test(`of "${excerpt}" the values ${JSON.stringify(args)} are ${stands ? "read" : "invented"}`, () => {
    const invented = inventedIn({ name: "set_level", arguments: args }, flat, "reads", meant(excerpt, "set_level"));
    assert.equal(invented === null, stands, invented ?? "");
  });
}

const RUN = {
  name: "run_command",
  describes: "Runs.",
  parameters: { type: "object", properties: { command: { type: "string" } }, required: ["command"] },
};

for (
  const [excerpt, command, stands] of [
    ["I will run_command `npm test` now.", "npm test", true],
    ["run_command: npm test", "npm test", true],
    ['run_command {"command": "npm test --watch"', "npm test", false],
    ['run_command {"command": "npm test --watch"', "npm", false],
    ["I will run_command npm test --watch now.", "npm test", false],
    ["I will run_command make now.", "make", false],
    ["I will run_command 'make' now.", "make", true],
    ['I will run_command "make all." now', "make all", true],
    [
      `I will run_command \`echo "a, b" > 'c-d'; cat @e & #1 %2 =3 !4 ~5\` now.`,
      `echo "a, b" > 'c-d'; cat @e & #1 %2 =3 !4 ~5`,
      true,
    ],
    ["I will run_command `ls | grep (a+b)*[c]{2}^$?` now.", "ls | grep (a+b)*[c]{2}^$?", true],
  ] as const
) {
  Deno.test(`of "${excerpt}" the command ${command} is ${stands ? "read" : "not taken out"}`, () => {
    const call = { name: "run_command", arguments: { command } };
    assert.equal(inventedIn(call, RUN, "runs", meant(excerpt, "run_command")) === null, stands);
  });
}

Deno.test("no sign that a value can hold throws: it is read where it stands, and not where it does not", () => {
  const signs = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).filter((one) => one !== "\\");
  for (const sign of [...signs, "\u2014", "\u{1f600}"]) {
    const call = { name: "run_command", arguments: { command: `a${sign}b c` } };
    const of = (text: string) => inventedIn(call, RUN, "runs", meant(`run_command \`${text}\``, "run_command"));
    assert.equal(of(`a${sign}b c`), null, sign);
    assert.notEqual(of("a b c"), null, sign);
  }
});

Deno.test("an optional value that the reply does not hold is left out", () => {
  const held = heldArguments({ path: "a", level: "x", count: 3 }, flat, meant("a and x, 4 times", "set_level"));
  assert.deepEqual(held, { path: "a", level: "x" });
  assert.equal(heldArguments({ path: "a", count: 4 }, flat, meant("a, 4 times", "set_level")).count, 4);
});

const APPROVE = {
  name: "approve_code",
  describes: "Approves.",
  parameters: { type: "object", properties: { notes: { type: "string" } }, required: ["notes"] },
};

for (
  const [excerpt, approves] of [
    ["It looks fine, all good.", false],
    ["I would approve_code, it is fine.", false],
    ["approve_code(notes=fine)", true],
    ['{"name": "approve_code", "arguments": {"notes": "fine"', true],
    ["I do not approve_code(notes=fine) yet", false],
    ["I cannot call approve_code(fine)", false],
    ["<function=approve_code><parameter=notes>fine", true],
  ] as const
) {
  Deno.test(`"${excerpt}" ${approves ? "calls" : "does not call"} an approval by its name`, () => {
    const call = { name: "approve_code", arguments: { notes: "fine" } };
    assert.equal(inventedIn(call, APPROVE, "concludes", meant(excerpt, "approve_code")) === null, approves);
  });
}
