import assert from "node:assert/strict";
import { FILE_LINES, FUNCTION_LINES, KERNEL_LINES, SENTENCES_HELD } from "../../lint/limits.ts";
import { faultsOf, linesOf, lintSays, measured } from "./planted.ts";

Deno.test("a file of the program has at most 300 lines; tests may have more", () => {
  assert.equal(FILE_LINES, 300);
  assert.deepEqual(faultsOf({ "src/run/a.ts": linesOf(300), "plugins/a.ts": linesOf(300) }), ["comments src, plugins"]);
  const faults = faultsOf({ "src/run/a.ts": `// why\n${linesOf(300)}`, "plugins/a.ts": `\n${linesOf(300)}` });
  assert.deepEqual(faults.slice(0, 2), ["file-lines src/run/a.ts", "file-lines plugins/a.ts"]);
  assert.deepEqual(faultsOf({ "tests/a_test.ts": linesOf(301) }), []);
});

Deno.test("the body of a function has at most 60 lines, whatever kind of function it is and whatever it holds", () => {
  assert.equal(FUNCTION_LINES, 60);
  const body = (lines: number) => `{\n${"x();\n".repeat(lines - 2)}}`;
  const kinds = (lines: number) => [
    `// ${"why\n// ".repeat(40)}`,
    `function declared() ${body(lines)}`,
    `const assigned = () => ${body(lines)};`,
    `const holder = { member: async function () ${body(lines)} };`,
    `class Room { method() ${body(lines)} }`,
    `each(items, (one) => ${body(lines)});`,
    `const table = () => [\n${"1,\n".repeat(lines - 2)}];`,
    `function View() { return (\n<a>\n${"b\n".repeat(lines - 3)}</a>); }`,
  ];
  const faults = kinds(61).flatMap((source) => faultsOf({ "src/run/a.tsx": `${kinds(61)[0]}\n${source}` }));
  const name = "function-lines src/run/a.tsx#";
  assert.deepEqual(faults.map((fault) => fault.replace(/:\d+$/, "")), [
    `${name}declared`,
    `${name}assigned`,
    `${name}member`,
    `${name}method`,
    `${name}each`,
    `${name}table`,
    `${name}View`,
  ]);
  assert.deepEqual(kinds(60).flatMap((source) => faultsOf({ "src/run/a.tsx": `${kinds(60)[0]}\n${source}` })), []);
});

Deno.test("lines of code, of comments and blank ones are told apart, also after letters of other alphabets", () => {
  const source = [
    "/** Größe — „naïve“ 😀 of it. */",
    'const text = "😀 // no comment";',
    "",
    "/*",
    " * two",
    "",
    " */",
    "const other = 1; // beside code: a line of code",
    "const more = `",
    "// of a text",
    "`;",
    "",
  ].join("\n");
  const [file] = measured({ "src/run/a.ts": source });
  assert.deepEqual([file!.lines, file!.code, file!.comments], [11, 5, 5]);
});

Deno.test("no file is called after nothing in particular", () => {
  const names = ["src/run/file_manager.ts", "src/run/utils.ts", "tests/helper.ts", "src/run/common_parts.ts"];
  for (const name of names) assert.deepEqual(faultsOf({ [name]: "// why\nf();\n" }), [`file-name ${name}`]);
  assert.deepEqual(faultsOf({ "src/run/commonly.ts": "// why\nf();\n", "src/run/utility_pole.ts": "" }), []);
});

Deno.test("the kernel and the features know no tool that a plugin defines", () => {
  const plugin = [
    "// Two tools.",
    `defineTool({ name: "read_far", describes: "…" });`,
    `defineTool({ name: "answer", describes: "…" });`,
    `definePlugin({ name: "some_plugin" });`,
  ].join("\n");
  const source = [
    "// read_far is named here, in a comment",
    `if (call.name === "answer") f();`,
    `const offered = ["answer"];`,
    `const shown = { read_far: 1 };`,
    "const told = `call read_far now`;",
    `const kinds = ["answer", "word"];`,
    `if (message.kind === "answer") f("answer", some_plugin);`,
  ].join("\n");
  const at = (path: string, lines: readonly number[]) => lines.map((line) => `tool-name ${path}:${line}`);
  const faults = faultsOf({ "plugins/a.ts": plugin, "src/kernel/a.ts": source, "src/features/b/c.ts": source });
  assert.deepEqual(faults.toSorted(), [
    ...at("src/features/b/c.ts", [2, 3, 4, 5]),
    ...at("src/kernel/a.ts", [2, 3, 4, 5]),
  ]);
  assert.deepEqual(faultsOf({ "plugins/a.ts": plugin, "src/strategies/a.ts": source }), []);
});

Deno.test("the kernel and the features know no model, and a comment there names one only as a source", () => {
  const source = [
    "// Ollama serves it.\nconst ollama = 1;",
    'const a = "qwen2.5-coder:7b";',
    "const isFunctionGemma = 2;",
  ];
  const faults = ["model-name src/features/a.ts:3", "model-name src/features/a.ts:4"];
  assert.deepEqual(faultsOf({ "src/features/a.ts": source.join("\n") }), faults);
  assert.deepEqual(faultsOf({ "src/fleet/a.ts": source.join("\n") }), []);
});

Deno.test("the kernel and the features hold no figure that says it was measured", () => {
  const told = (comment: string) => faultsOf({ "src/kernel/a.ts": `/** ${comment} */\nconst LIMIT = 5;\n` });
  for (const comment of ["Measured: 5 of 9.", "Above what 1.5b can hold.", "As Qwen2.5 wants it."]) {
    assert.deepEqual(told(comment), ["figure src/kernel/a.ts:1"]);
  }
  assert.deepEqual(told("What a run is measured by."), []);
  assert.deepEqual(faultsOf({ "src/strategies/a.ts": "/** Measured: 5 of 9. */\nconst LIMIT = 5;\n" }), []);
});

Deno.test("a sentence is told from words and patterns, and one for people by where it stands", () => {
  const sentence = '"Call the one function that this message asks for."';
  const told = (code: string, path = "src/asks/a.ts") =>
    measured({ [path]: code })[0]!.sentences.map(({ text }) => text);
  assert.deepEqual(told(`const A = ${sentence};`), [JSON.parse(sentence)]);
  assert.deepEqual(told("const a = (name: string) => `Go on with ${name} now.`;"), ["Go on with … now."]);
  assert.deepEqual(told('const A = ["# What was tried"];'), ["# What was tried"]);
  assert.deepEqual(told('const A = "but eight words of small letters are many";').length, 1);
  assert.deepEqual(told('const A = "only seven words of small letters here";'), []);
  assert.deepEqual(told('const a = "answer"; const c = /a pattern (?:of many) words in a row here too/;'), []);
  assert.deepEqual(told('const A = new RegExp("^one two three four five six seven eight nine");'), []);
  assert.deepEqual(told(`throw new Error(${sentence});`), []);
  assert.deepEqual(told(`throw new HostFailure({ text: [${sentence}].join() });`), []);
  assert.deepEqual(told(`const A = ${sentence};`, "src/cli/a.ts"), [], "the command line speaks to people");
});

Deno.test("what a model reads stands in prompts/, wherever a folder is held to that", () => {
  for (const [folder, held] of Object.entries(SENTENCES_HELD)) {
    const path = `src/${folder}/a.ts`;
    const faults = faultsOf({ [path]: '// why\nconst A = "Call the one function that is asked for.";\n' });
    assert.deepEqual(faults, held ? [`sentence ${path}:2`] : []);
  }
});

Deno.test("files that import each other are a circle, also by types alone and by way of others", () => {
  const faults = faultsOf({
    "src/run/a.ts": `// why\nimport { b } from "./b.ts";`,
    "src/run/b.ts": `// why\nimport type { c } from "../work/c.ts";`,
    "src/work/c.ts": `// why\nexport * from "../run/a.ts";`,
    "src/run/d.ts": `// why\nimport { a } from "./a.ts"; import { e } from "./e.ts";`,
    "src/run/e.ts": `// why\nconst d = await import("./d.ts");`,
    "src/run/f.ts": `// why\nimport { a } from "./a.ts";`,
    "src/run/g.ts": `// why\nimport { g } from "./g.ts";`,
  });
  const files = ["src/run/a.ts", "src/run/b.ts", "src/work/c.ts", "src/run/d.ts", "src/run/e.ts", "src/run/g.ts"];
  assert.deepEqual(faults, files.map((file) => `circle ${file}`));
});

Deno.test("a file that is imported and was not linted is not passed over", () => {
  const source =
    `// why\nimport { b } from "./b.ts"; import data from "./data.json"; import { c } from "../../tests/c.ts";`;
  assert.deepEqual(faultsOf({ "src/run/a.ts": source }), ["unmeasured src/run/b.ts"]);
});

Deno.test("the kernel has at most 1,000 lines in all", () => {
  assert.equal(KERNEL_LINES, 1000);
  const kernel = (last: number) => {
    const sizes = [250, 250, 250, last];
    return Object.fromEntries(sizes.map((lines, index) => [`src/kernel/${index}.ts`, "// why\n".repeat(lines)]));
  };
  assert.deepEqual(faultsOf(kernel(250)), []);
  assert.deepEqual(faultsOf(kernel(251)), ["kernel-lines src/kernel"]);
});

Deno.test("there is at least a line of comments for five lines of code, and none that repeats the type", () => {
  assert.deepEqual(faultsOf({ "src/run/a.ts": `// why\n${linesOf(5)}` }), []);
  assert.deepEqual(faultsOf({ "src/run/a.ts": `// why\n${linesOf(6)}` }), ["comments src, plugins"]);
  assert.deepEqual(faultsOf({ "src/run/a.ts": "/**\n * @param state what is so\n */\nf();\n" }), [
    "ritual src, plugins",
  ]);
});

Deno.test("deno lint tells what one file shows, at its line", () => {
  assert.deepEqual(lintSays("house", "src/kernel/new.ts", 'const a = "qwen3:8b";'), [
    'The kernel and the features know no model by name: const a = "qwen3:8b";',
  ]);
});
