import assert from "node:assert/strict";
import { readFencedText, type WantedText } from "../../src/mediate/read_text.ts";

const PATH = "calc.js";
const ORIGINAL = "exports.add=(a,b)=>a-b;\n\nexports.sub=(a,b)=>a-b;\n\nexports.twice=(a)=>{\n  return 2*a;\n};\n";
const CHANGED = ORIGINAL.replace("add=(a,b)=>a-b", "add=(a,b)=>a+b");
const WANTED: WantedText = { path: PATH, argument: "content" };

/** A change of the first line, as models write it in place of the file. */
const CHANGES: Readonly<Record<string, string>> = {
  "a diff with heads":
    "```diff\n--- a/calc.js\n+++ b/calc.js\n@@ -1,3 +1,3 @@\n-exports.add=(a,b)=>a-b;\n+exports.add=(a,b)=>a+b;\n \n exports.sub=(a,b)=>a-b;\n```",
  "a diff of git":
    "diff --git a/calc.js b/calc.js\nindex 3f1a2b4..9c8d7e6 100644\n--- a/calc.js\n+++ b/calc.js\n@@ -1 +1 @@\n-exports.add=(a,b)=>a-b;\n+exports.add=(a,b)=>a+b;\n",
  "a hunk alone": "```js\n@@ -1,2 +1,2 @@\n-exports.add=(a,b)=>a-b;\n+exports.add=(a,b)=>a+b;\n \n```",
  "a hunk without numbers": "```\n@@\n-exports.add=(a,b)=>a-b;\n+exports.add=(a,b)=>a+b;\n```",
  "a hunk whose context lacks its blank":
    "```diff\n@@ -1,3 +1,3 @@\n-exports.add=(a,b)=>a-b;\n+exports.add=(a,b)=>a+b;\n\nexports.sub=(a,b)=>a-b;\n```",
  "signs without heads": "```diff\n-exports.add=(a,b)=>a-b;\n+exports.add=(a,b)=>a+b;\n```",
  "SEARCH/REPLACE":
    "```js\n<<<<<<< SEARCH\nexports.add=(a,b)=>a-b;\n=======\nexports.add=(a,b)=>a+b;\n>>>>>>> REPLACE\n```",
  "SEARCH/REPLACE after the path":
    "calc.js\n```\n<<<<<<< SEARCH\nexports.add=(a,b)=>a-b;\n=======\nexports.add=(a,b)=>a+b;\n>>>>>>> REPLACE\n```",
  "SEARCH/REPLACE without a fence":
    "<<<<<<< ORIGINAL\nexports.add=(a,b)=>a-b;\n=======\nexports.add=(a,b)=>a+b;\n>>>>>>> UPDATED",
  "SEARCH/REPLACE of Cline":
    "------- SEARCH\nexports.add=(a,b)=>a-b;\n=======\nexports.add=(a,b)=>a+b;\n+++++++ REPLACE\n",
  "a patch of apply_patch":
    "*** Begin Patch\n*** Update File: calc.js\n@@\n-exports.add=(a,b)=>a-b;\n+exports.add=(a,b)=>a+b;\n \n*** End Patch",
  "a patch that names its place":
    "```patch\n*** Begin Patch\n*** Update File: ./calc.js\n@@ exports.add\n-exports.add=(a,b)=>a-b;\n+exports.add=(a,b)=>a+b;\n*** End of File\n*** End Patch\n```",
};

Deno.test("a change in place of a file is applied where the file is known, and refused where it is not", () => {
  for (const [name, reply] of Object.entries(CHANGES)) {
    assert.deepEqual(readFencedText(reply, { ...WANTED, original: ORIGINAL }), { text: CHANGED, closed: true }, name);
    const reading = readFencedText(reply, WANTED);
    if (name === "signs without heads") assert.match(JSON.stringify(reading), /^\{"fault":"The reply is a diff/);
    assert.ok("fault" in reading, name);
    assert.match(
      reading.fault,
      /^The reply is (?:a diff|SEARCH\/REPLACE blocks|a patch), not the text of calc\.js; it cannot be applied here\. Write/,
      name,
    );
  }
});

Deno.test("new lines of a change whose old ones were written less deep than they stand, or deeper, get the depth of those", () => {
  const original =
    "class A:\n    def f(self, xs):\n        for x in xs:\n            total += x\n        return total\n";
  const wanted = original.replace("            total += x", "            if x > 0:\n                total += x")
    .replace("return total", "return [total]");
  const old = ["for x in xs:", "    total += x", "return total"];
  const fresh = ["for x in xs:", "    if x > 0:", "        total += x", "return [total]"];
  for (const depth of ["", "    ", "        ", "            "]) {
    const lines = (all: readonly string[], mark = "") => all.map((line) => `${mark}${depth}${line}\n`).join("");
    for (
      const reply of [
        `<<<<<<< SEARCH\n${lines(old)}=======\n${lines(fresh)}>>>>>>> REPLACE\n`,
        `@@\n${lines(old, "-")}${lines(fresh, "+")}`,
      ]
    ) assert.deepEqual(readFencedText(reply, { path: "a.py", original }), { text: wanted, closed: true }, reply);
  }
});

Deno.test("new lines of a change are as deep as they were written where its old ones lack their depth unevenly", () => {
  const original = "class A:\n    def f(self, x):\n        y = x\n        return y\n";
  const apply = (reply: string) => readFencedText(reply, { path: "a.py", original });
  const wanted = original.replace("        return y", "        z = 2\n        return y");
  for (
    const reply of [
      "@@\n        y = x\n+        z = 2\n        return y\n",
      "@@\n def f(self, x):\n         y = x\n+        z = 2\n         return y\n",
      "<<<<<<< SEARCH\ndef f(self, x):\n        y = x\n=======\ndef f(self, x):\n        y = x\n        z = 2\n>>>>>>> REPLACE\n",
    ]
  ) assert.deepEqual(apply(reply), { text: wanted, closed: true }, reply);
});

Deno.test("several hunks, additions and removals are applied, lines that stay as the file has them", () => {
  const original = "function f() {\r\n\tone();\r\n\ttwo();\r\n\tthree();\r\n}\r\n";
  const apply = (reply: string, text = original) => readFencedText(reply, { path: "a.js", original: text });
  assert.deepEqual(
    apply("@@ -1,5 +1,5 @@\n function f() {\n-    one();\n+    uno();\n     two();\n-    three();\n }\n"),
    { text: "function f() {\r\n    uno();\r\n\ttwo();\r\n}\n", closed: true },
  );
  const twice = "a\nb\na\nb\n";
  assert.deepEqual(apply("@@ -3,1 +3,1 @@\n-a\n+c\n", twice), { text: "a\nb\nc\nb\n", closed: true });
  assert.deepEqual(apply("@@ -2,0 +3,1 @@\n+c\n", twice), { text: "a\nb\nc\na\nb\n", closed: true });
  assert.deepEqual(apply("--- /dev/null\n+++ b/a.js\n@@ -0,0 +1,2 @@\n+one\n+two\n", ""), {
    text: "one\ntwo\n",
    closed: true,
  });
  assert.deepEqual(readFencedText("*** Begin Patch\n*** Add File: a.js\n+one\n+two\n*** End Patch", { path: "a.js" }), {
    text: "one\ntwo\n",
    closed: true,
  });
});

Deno.test("a change that cannot be applied is refused with the reason", () => {
  const refused: Readonly<Record<string, RegExp>> = {
    "<<<<<<< SEARCH\nnot there\n=======\nx\n>>>>>>> REPLACE": /its old lines do not stand there/,
    "<<<<<<< SEARCH\n\n=======\nx\n>>>>>>> REPLACE": /its old lines do not stand there/,
    "@@\n-\n+x\n": /do not stand there/,
    "<<<<<<< SEARCH\nexports.add=(a,b)=>a-b;\n=======\nexports.add=(a,b)=>a-b;\n>>>>>>> REPLACE": /it changes nothing/,
    "<<<<<<< SEARCH\nexports.add=(a,b)=>a-b;\n=======\nexports": /it cannot be read/,
    "--- a/other.js\n+++ b/other.js\n@@ -1 +1 @@\n-a\n+b\n": /it is one of another file/,
    "*** Begin Patch\n*** Update File: other.js\n@@\n-a\n+b\n*** End Patch": /it is one of another file/,
    "*** Begin Patch\n*** Delete File: calc.js\n*** End Patch": /it cannot be read/,
    "exports.a=1;\n<<<<<<< HEAD\nexports.b=1;\n=======\nexports.b=2;\n>>>>>>> theirs\n":
      /SEARCH\/REPLACE blocks.*do not stand/,
  };
  for (const [reply, wanted] of Object.entries(refused)) {
    const reading = readFencedText(reply, { ...WANTED, original: ORIGINAL });
    assert.ok("fault" in reading, reply);
    assert.match(reading.fault, wanted, reply);
  }
  const often = readFencedText("@@\n-a\n+b\n", { ...WANTED, original: "a\na\n" });
  assert.match(JSON.stringify(often), /stand there more than once/);
});

Deno.test("a file that holds such marks itself stays a text", () => {
  const kept: readonly (readonly [string, WantedText])[] = [
    ["--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n", { path: "fix.patch" }],
    ["# Edits\n\nWrite so:\n\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n", { path: "edits.md" }],
    ["- one\n- two\n+ three\n", { path: "list.md", original: "- one\n" }],
    ["---\ntitle: x\n---\n\nText.\n", { path: "page.md" }],
    ["--- first\nSELECT 1;\n", { path: "a.sql" }],
    ["-a: 1\n+b: 2\n", { path: "a.yaml", original: "a: 1\n" }],
    ["@@ = 1\n", { path: "a.rb" }],
    ["x = `\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n`\n", { path: "a.js", original: "y = `\n<<<<<<< HEAD\n`\n" }],
    ["Title\n=======\n\nMore text of it.\n", { path: "a.rst" }],
  ];
  for (const [text, wanted] of kept) {
    assert.deepEqual(readFencedText(`\`\`\`\`\n${text}\`\`\`\``, wanted), { text, closed: true }, wanted.path);
  }
});

Deno.test("numbers that were copied with the lines are taken off, of all lines or of most", () => {
  const wanted = "exports.add=(a,b)=>a+b;\nif (a) {\n  b();\n}\n";
  for (
    const reply of [
      "1| exports.add=(a,b)=>a+b;\n2| if (a) {\n3|   b();\n4| }",
      "  1 | exports.add=(a,b)=>a+b;\n  2 | if (a) {\n  3 |   b();\n  4 | }",
      "1: exports.add=(a,b)=>a+b;\n2: if (a) {\n3:   b();\n4: }",
      "1\texports.add=(a,b)=>a+b;\n2\tif (a) {\n3\t  b();\n4\t}",
      "     1→exports.add=(a,b)=>a+b;\n     2→if (a) {\n     3→  b();\n     4→}",
      "1|exports.add=(a,b)=>a+b;\n2|if (a) {\n3|  b();\n4|}",
      "12│ exports.add=(a,b)=>a+b;\n13│ if (a) {\n14│   b();\n15│ }",
      "L1: exports.add=(a,b)=>a+b;\nL2: if (a) {\nL3:   b();\nL4: }",
      "1| exports.add=(a,b)=>a+b;\n2| if (a) {\n  b();\n4| }",
      "8| exports.add=(a,b)=>a+b;\n9| if (a) {\n10|   b();\n11| }\n",
    ]
  ) {
    for (const text of [reply, `\`\`\`js\n${reply.trimEnd()}\n\`\`\``]) {
      assert.deepEqual(readFencedText(text, WANTED), { text: wanted, closed: true }, text);
    }
  }
  const blank = readFencedText("```\n1| a\n2| \n3| b\n```", WANTED);
  assert.deepEqual(blank, { text: "a\n\nb\n", closed: true });
});

Deno.test("numbers of the text's own stay", () => {
  for (
    const [path, text, original] of [
      ["a.csv", "1\tone\n2\ttwo\n3\tthree\n", undefined],
      ["a.yaml", "1: one\n2: two\n3: three\n", undefined],
      ["a.py", "names = {\n    1: 'one',\n    2: 'two',\n    3: 'three',\n}\n", undefined],
      ["a.md", "1. one\n2. two\n", undefined],
      ["a.bas", '10 PRINT "a"\n20 GOTO 10\n', undefined],
      ["a.txt", "1| one\n2| two\n", "1| eins\n2| zwei\n"],
      ["a.dat", "1| one\n2| two\n", "1| eins\n2| zwei\n"],
      ["a.js", "case 1:\n  b();\ncase 2:\n  c();\n", undefined],
      ["a.js", "5| a\n3| b\n4| c\n", undefined],
      ["a.js", "x = [\n1| 2,\n3,\n4,\n5 ]\n", undefined],
    ] as const
  ) {
    const reading = readFencedText(`\`\`\`\n${text}\`\`\``, { path, original });
    assert.deepEqual(reading, { text, closed: true }, text);
  }
});

Deno.test("of two blocks the one that was asked for is taken, not the longer one", () => {
  const code = "exports.add=(a,b)=>a+b;\n";
  const old = "// The sum of two numbers, which is wrong as it stands here and is longer.\nexports.add=(a,b)=>a-b;\n";
  const test =
    "const {add}=require('./calc.js');\nconsole.log(add(1,2),add(2,3),add(3,4));\nprocess.exit(add(1,2)===3?0:1);\n";
  const block = (text: string, label = "js") => `\`\`\`${label}\n${text}\`\`\`\n`;
  for (
    const reply of [
      `The old code:\n${block(old)}\nThe new code:\n${block(code)}`,
      `Before:\n\n${block(old)}\nAfter:\n\n${block(code)}`,
      `${block(code)}\nYou can test it with:\n${block(test)}`,
      `${block(code)}\n${block(test)}`,
      `${block(`// calc.js\n${code}`)}\n${block(`// calc.test.js\n${test.replace("require('./calc.js')", "calc")}`)}`,
      `**other.js**\n${block(old)}\n**calc.js**\n${block(code)}`,
      `${block(old, "js other.js")}${block(code, "js calc.js")}`,
      `Instead of\n${block(old)}\nwrite\n${block(code)}`,
      `The current file is:\n${block(old)}\nHere is the corrected version:\n${block(code)}`,
      `${block(code)}\nExample usage:\n${block(test.replace("require('./calc.js')", "calc"))}`,
      `${block(code)}\nRun it:\n${
        block("node -e \"console.log(require('./calc').add(1, 2), 'and much more of this')\"\n", "sh")
      }`,
      `### \`test/other.js\`\n${block(old)}\n### \`calc.js\`\n${block(code)}`,
    ]
  ) assert.deepEqual(readFencedText(reply, WANTED), { text: code, closed: true }, reply);
  const both = `${block(old)}\n${block(code)}`;
  assert.deepEqual(readFencedText(both, { ...WANTED, original: old }), { text: code, closed: true });
  const python =
    "```python\nfrom calc import add\nprint(add(1, 2), add(2, 3), add(4, 5))\n```\n\n```python\ndef add(a, b):\n    return a + b\n```";
  assert.deepEqual(readFencedText(python, { path: "pkg/calc.py" }), {
    text: "def add(a, b):\n    return a + b\n",
    closed: true,
  });
});
