import assert from "node:assert/strict";
import { writes } from "../../end_to_end/fixtures/scripted_coder.ts";
import { wished } from "../../end_to_end/fixtures/wished.ts";

const HEAD = 'import test from "node:test";\nimport assert from "node:assert/strict";\n';
const LIST = "export function list(args) { return args.join(', '); }\n";
const NICER = 'export function list(args) {\n  return args.join(", ");\n}\n';
const OLD_TEST =
  `${HEAD}import { list } from "../src/list.js";\ntest("lists", () => assert.equal(list(["a", "b"]), "a, b"));\n`;
const FILES = { "package.json": '{ "type": "module" }\n', "src/list.js": LIST, "test/list.test.js": OLD_TEST };
const GOAL = "make it nicer";
const PROPOSED =
  /The goal leaves open what shall be true, and nobody said it, so this was taken as proposed: "make it nicer" is for your eye: no check shows it\. "All checks that pass now pass in the end as well\." is/;

/** What crews make of it. */
const CREWS = {
  "that tidies up": [writes("src/list.js", NICER)],
  "that breaks what is there": Array.from({ length: 12 }, () => writes("src/list.js", NICER.replace(", ", " "))),
  "that writes a test of its own that passes anyway": [
    writes("test/nicer.test.js", OLD_TEST.replace("lists", "lists nicely"), true),
    writes("src/list.js", NICER),
  ],
};

for (const [who, code] of Object.entries(CREWS)) {
  Deno.test(`a vague wish is taken as proposed where nobody is there, named at the end, and claimed by nobody, with a crew ${who}`, () =>
    wished(async (crew) => {
      const ending = await crew.end();
      assert.notEqual(ending?.kind, "accepted", ending?.cause);
      assert.match(ending?.cause ?? "", PROPOSED);
      assert.ok(crew.facts().every(({ type }) => type !== "question_asked"));
      const text = await Deno.readTextFile(`${crew.project}/src/list.js`);
      assert.ok([LIST, NICER].includes(text), text);
    }, { goal: GOAL, files: FILES, tests: [OLD_TEST], code, answer: null }));
}

Deno.test("a vague wish is asked about once, with a proposal, and what the person says of it is the criterion", () => {
  const asked: string[] = [];
  return wished(async (crew) => {
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.doesNotMatch(ending.cause, /as proposed/);
    assert.match(ending.cause, /"list\(\[\]\) in src\/list\.js is "nothing"" is shown by/);
    const [question] = crew.facts().flatMap((fact) => fact.type === "question_asked" ? [fact] : []);
    assert.equal(question?.proposes, "- make it nicer\n- All checks that pass now pass in the end as well.");
    assert.equal(asked.filter((id) => id === question.id).length, 1);
  }, {
    goal: GOAL,
    files: FILES,
    tests: [`${HEAD}import { list } from "../src/list.js";\ntest("none", () => assert.equal(list([]), "nothing"));\n`],
    code: [writes("src/list.js", 'export const list = (args) => args.length === 0 ? "nothing" : args.join(", ");\n')],
    answer: ({ id }) => {
      asked.push(id);
      return id === "criteria" ? 'list([]) in src/list.js is "nothing"' : "";
    },
  });
});
