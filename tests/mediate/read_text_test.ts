import assert from "node:assert/strict";
import { readFencedText, type WantedText } from "../../src/mediate/read_text.ts";

function textOf(reply: string, wanted: WantedText = {}): string {
  const reading = readFencedText(reply, wanted);
  assert.ok("text" in reading, JSON.stringify(reading));
  return reading.text;
}

const CODE = "export const a = 1;\n";

Deno.test("the text is taken from a fence, whatever its label and the words around it", () => {
  for (
    const reply of [
      "```ts\nexport const a = 1;\n```",
      "```\nexport const a = 1;\n```",
      "```typescript src/a.ts\nexport const a = 1;\n```",
      "Here is the file:\n\n```code\nexport const a = 1;\n\n\n```\n\nI hope this helps!",
      "~~~ts\nexport const a = 1;\n~~~",
      "1. The file:\n   ```ts\n   export const a = 1;\n   ```",
      "```ts\nexport const a = 1;",
      "<think>A `const` will do:\n```ts\nlet b;\n```\n</think>\n```ts\nexport const a = 1;\n```",
      "```ts\nexport const a = 1;\n```<|im_end|>",
      "```ts\r\nexport const a = 1;\n```",
    ]
  ) assert.equal(textOf(reply, { path: "src/a.ts" }), CODE, reply);
});

Deno.test("without a fence the whole reply is the text, but talk is refused", () => {
  assert.equal(textOf("export const a = 1;"), CODE);
  assert.equal(textOf("export const a = 1;\n```"), CODE, "the prompt had opened the fence");
  assert.equal(textOf("Here is the new file:\n\nexport const a = 1;", { path: "a.ts" }), CODE);
  assert.equal(
    textOf("# Notes\n\nThis is the manual. It is short.", { path: "a.md" }),
    "# Notes\n\nThis is the manual. It is short.\n",
  );
  for (
    const talk of [
      "Sure, I will write the file now.",
      "I cannot see the file. Please send me its text.",
      "The function is correct as it is.",
    ]
  ) {
    const reading = readFencedText(talk, { path: "src/a.ts" });
    assert.ok("fault" in reading, talk);
    assert.match(reading.fault, /^The reply is talk, not the text of src\/a\.ts\. Reply with/);
  }
  assert.deepEqual(readFencedText("  \n", { path: "a.ts" }), {
    fault: "The reply is empty; the text of a.ts was wanted, in one fence (```).",
  });
});

Deno.test("a Markdown file that is written without a fence around it is taken whole, with all fences in it", () => {
  const intro = "# tool\n\nWhat it is.\n";
  const rest = "\n## Use\n\n```js\ntool();\n```\n\nSee also the wiki.\n";
  for (const shell of ["```sh\nnpm install tool\n```\n", "```\nnpm install tool\n```\n"]) {
    const file = `${intro}\n${shell}${rest}`;
    assert.equal(textOf(file, { path: "README.md" }), file);
    assert.equal(textOf(`Here is the README:\n\n${file}`, { path: "README.md" }), file);
    assert.equal(textOf(`${intro}\n${shell}`, { path: "README.md" }), `${intro}\n${shell}`, "it ends with one");
  }
  const plain = "# tool\n\nWhat it is.\n";
  for (const lead of ["", "Here is the README:\n", "README.md\n", "# README.md\n\n", "Sure!\n\nHere it is:\n"]) {
    for (const label of ["", "markdown", "text"]) {
      assert.equal(textOf(`${lead}\`\`\`${label}\n${plain}\`\`\``, { path: "README.md" }), plain, `${lead}${label}`);
    }
  }
});

Deno.test("sentences about a Markdown file before its fence are no part of it", () => {
  const said = "I changed the title.\nIt now has a part on use.\nNothing else changed.\n";
  const file = "Tool\n====\n\nIt works.\n";
  assert.equal(textOf(`${said}\n\`\`\`\n${file}\`\`\`\n`, { path: "README.md" }), file);
});

Deno.test("a fence that stands deeper than the one around it is of the text", () => {
  for (const label of ["", "python"]) {
    const file =
      `def area(w, h):\n    """Area.\n\n    \`\`\`${label}\n    area(2, 3)\n    \`\`\`\n    """\n    return w * h\n`;
    const fenced = `\`\`\`python\n${file}\`\`\``;
    assert.deepEqual(readFencedText(fenced, { path: "a.py" }), { text: file, closed: true });
    assert.equal(textOf(`${fenced}\nIt multiplies.`, { path: "a.py" }), file);
    assert.deepEqual(readFencedText(fenced.slice(0, -4), { path: "a.py" }), { text: file, closed: false });
  }
  const method = "    def f(self):\n        return 1\n";
  for (const after of ["", "\nIt is repaired.", "\nRun:\n```sh\npytest\n```"]) {
    assert.equal(textOf(`\`\`\`python\n${method}    \`\`\`${after}`, { path: "a.py" }), method, "closed too deep");
  }
});

Deno.test("what stands before a closing mark of thoughts that has a line of its own is thought, with the drafts in it", () => {
  const draft = "Draft:\n```js\nexport const wrong = 'a long first draft, thrown away';\n```\nNo: `right` it is.";
  const answer = "```js\nexport const right = 1;\n```";
  for (const thoughts of [draft, `${"I look at it. ".repeat(2_000)}\n${draft}`, "Let me see {.", "Hm :("]) {
    for (const lead of ["", "Here is the file:\n\n"]) {
      const reply = `${thoughts}\n</think>\n\n${lead}${answer}`;
      assert.equal(textOf(reply, { path: "a.js" }), "export const right = 1;\n", reply.slice(-200));
    }
  }
  for (const after of ["", "\nThis is it.\n"]) {
    assert.equal(
      textOf(`${answer}\n</think>${after}`, { path: "a.js" }),
      "export const right = 1;\n",
      "no other follows",
    );
  }
  const file = "const MARKS = `\n</think>\n`;\nexport const right = 1;\n";
  assert.equal(textOf(`\`\`\`js\n${file}\`\`\``, { path: "a.js" }), file, "in a fence it is of the text");
});

Deno.test("of several fences the longest plausible one is taken", () => {
  const reply =
    "Install it:\n```bash\nnpm install something-with-a-very-long-name --save-dev --exact\n```\n```ts\nexport const a = 1;\n```\nRun:\n```sh\ndeno test\n```";
  assert.equal(textOf(reply), CODE);
  assert.equal(textOf(reply, { path: "a.ts" }), CODE);
  assert.equal(
    textOf("```js\nconst x = require('x'); // the old way, for comparison\n```\n```ts\nexport const a = 1;\n```", {
      path: "a.ts",
    }),
    CODE,
  );
  assert.equal(textOf("```json\n{}\n```\n```sh\nset -e\ndeno test\n```", { path: "run.sh" }), "set -e\ndeno test\n");
});

Deno.test("fences inside a Markdown file belong to it", () => {
  const file = "# Use\n\n```sh\nnpm test\n```\n\nThen:\n\n```ts\nrun();\n```\n\nEnd.\n";
  assert.equal(textOf("```markdown\n" + file + "```", { path: "README.md" }), file);
  assert.equal(textOf("Here:\n````md\n" + file + "````\nDone.", { path: "README.md" }), file);
  assert.equal(textOf("```markdown\n" + file.trimEnd(), { path: "README.md" }), file, "the outer fence never closes");
  assert.equal(textOf("```markdown\n" + file + "```\nI hope it helps.", { path: "README.md" }), file);
});

Deno.test("a repetition of the path before the text is dropped", () => {
  for (
    const head of [
      "src/a.ts",
      "// src/a.ts",
      "# src/a.ts",
      "File: src/a.ts",
      "**src/a.ts**",
      "`src/a.ts`:",
      "/* src/a.ts */",
    ]
  ) {
    assert.equal(textOf("```ts\n" + head + "\nexport const a = 1;\n```", { path: "src/a.ts" }), CODE, head);
  }
  assert.equal(
    textOf("```ts\n// src/a.ts is small\nlet b;\n```", { path: "src/a.ts" }),
    "// src/a.ts is small\nlet b;\n",
  );
});

Deno.test("the text ends in exactly one line end, and its indentation stays", () => {
  assert.equal(textOf("```\n    if (a) {\n      b();\n    }\n\n\n```"), "    if (a) {\n      b();\n    }\n");
  assert.equal(textOf("```\n```"), "");
});

Deno.test("a fence that never closed is said to be open", () => {
  assert.deepEqual(readFencedText("```ts\nexport const a = 1;\n"), { text: CODE, closed: false });
  assert.deepEqual(readFencedText("```ts\nexport const a = 1;\n```"), { text: CODE, closed: true });
});

Deno.test("a reply that is the call once more gives the argument out of it", () => {
  const again = JSON.stringify({ name: "create_file", arguments: { path: "a.ts", content: CODE } });
  assert.equal(textOf(again, { path: "a.ts", argument: "content" }), CODE);
  assert.equal(textOf("```json\n" + again + "\n```", { path: "a.ts", argument: "content" }), CODE);
  assert.equal(textOf('{"debug": true}', { path: "config.json", argument: "content" }), '{"debug": true}\n');
});
