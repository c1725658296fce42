import { deepEqual, equal, match } from "node:assert/strict";
import { withWorkspace } from "../fakes/plain_workspace.ts";
import { callTool, refusal } from "./call_tool.ts";

const CLASS = "class A:\n    def one(self):\n        return 1\n\n    def two(self):\n        return 2\n";

Deno.test("create_file makes a file with its last line ended, and refuses one that exists by naming the tools that change it", () =>
  withWorkspace({}, async (workspace) => {
    await callTool("create_file", { path: "src/a.py", content: "x = 1" }, workspace);
    equal((await workspace.read("src/a.py")).text, "x = 1\n");
    const text = await refusal(callTool("create_file", { path: "src/a.py", content: "x = 2" }, workspace));
    match(text, /exists already.*edit_file.*rewrite_file/);
    equal((await workspace.read("src/a.py")).text, "x = 1\n");
  }));

Deno.test("rewrite_file replaces all of a file and keeps its line ends", () =>
  withWorkspace({ "a.txt": "one\r\ntwo\r\n" }, async (workspace) => {
    await callTool("rewrite_file", { path: "a.txt", content: "one\nthree" }, workspace);
    equal((await workspace.read("a.txt")).text, "one\r\nthree\r\n");
  }));

Deno.test("rewrite_file refuses a text that leaves something out, whatever the language's comment", async (t) => {
  const elisions = [
    "# ... existing code ...",
    "    // rest of the file unchanged",
    "/* ... */",
    "<!-- rest of the page stays the same -->",
    "# ...",
    "// …other functions…",
    "// The rest of the class...",
    "... rest of the code unchanged ...",
    "[rest unchanged]",
    "{/* ... remaining items ... */}",
    "-- (the remaining queries are omitted)",
  ];
  for (const line of elisions) {
    await t.step(line, () =>
      withWorkspace({ "a.py": CLASS }, async (workspace) => {
        match(
          await refusal(callTool("rewrite_file", { path: "a.py", content: `class A:\n${line}\n` }, workspace)),
          /leaves text out/,
        );
        equal((await workspace.read("a.py")).text, CLASS);
      }));
  }
});

Deno.test("rewrite_file takes lines that only look like an elision", async (t) => {
  const whole = [
    "    ...",
    "def f(self) -> int: ...",
    "# The rest is handled by the caller.",
    "const all = [...existing, next];",
    "// The same as before, but faster.",
    "print('loading...')",
    "...rest,",
    "}, ...other });",
    "# Other errors",
    "# Wait for the remaining workers...",
  ];
  for (const line of whole) {
    await t.step(line, () =>
      withWorkspace({ "a.py": "x = 1\n" }, async (workspace) => {
        await callTool("rewrite_file", { path: "a.py", content: `${line}\n` }, workspace);
        equal((await workspace.read("a.py")).text, `${line}\n`);
      }));
  }
});

Deno.test("rewrite_file keeps a line that stood in the file before, even one like an elision", () =>
  withWorkspace({ "a.md": "# ...\ntext\n" }, async (workspace) => {
    await callTool("rewrite_file", { path: "a.md", content: "# ...\nother text\n" }, workspace);
    equal((await workspace.read("a.md")).text, "# ...\nother text\n");
  }));

Deno.test("rewrite_file refuses files over 300 lines, and texts over 300 lines, by naming edit_file", () =>
  withWorkspace({ "long.txt": "line\n".repeat(301), "short.txt": "line\n" }, async (workspace) => {
    match(
      await refusal(callTool("rewrite_file", { path: "long.txt", content: "x" }, workspace)),
      /301 lines.*edit_file/,
    );
    const content = "x\n".repeat(301);
    match(await refusal(callTool("rewrite_file", { path: "short.txt", content }, workspace)), /301 lines.*edit_file/);
  }));

Deno.test("rewrite_file refuses to empty a file, and a file that does not exist", () =>
  withWorkspace({ "a.txt": "text\n" }, async (workspace) => {
    match(await refusal(callTool("rewrite_file", { path: "a.txt", content: "\n" }, workspace)), /empty/);
    match(await refusal(callTool("rewrite_file", { path: "b.txt", content: "x" }, workspace)), /create_file/);
  }));

Deno.test("edit_file replaces what stands there exactly once and shows the lines around it", () =>
  withWorkspace({ "a.py": CLASS }, async (workspace) => {
    const { text } = await callTool(
      "edit_file",
      { path: "a.py", old_text: "        return 2", new_text: "        return 3" },
      workspace,
    );
    equal((await workspace.read("a.py")).text, CLASS.replace("return 2", "return 3"));
    match(text, /6\| {9}return 3/);
  }));

Deno.test("edit_file finds a text whose indentation is wrong and gives the new one the file's indentation", () =>
  withWorkspace({ "a.py": CLASS }, async (workspace) => {
    const old_text = "def two(self):\n  return 2";
    const new_text = "def two(self):\n  if self:\n    return 4\n  return 3";
    await callTool("edit_file", { path: "a.py", old_text, new_text }, workspace);
    equal(
      (await workspace.read("a.py")).text,
      CLASS.replace("        return 2\n", "        if self:\n            return 4\n        return 3\n"),
    );
  }));

Deno.test("edit_file keeps tabs where the old text came with blanks", () =>
  withWorkspace({ "a.go": "func f() {\n\tif x {\n\t\treturn 1\n\t}\n}\n" }, async (workspace) => {
    const old_text = "    if x {\n        return 1\n    }";
    await callTool("edit_file", { path: "a.go", old_text, new_text: old_text.replace("1", "2") }, workspace);
    equal((await workspace.read("a.go")).text, "func f() {\n\tif x {\n\t\treturn 2\n\t}\n}\n");
  }));

Deno.test("edit_file indents the further lines of a text that was given without its indentation", () =>
  withWorkspace({ "a.py": CLASS }, async (workspace) => {
    await callTool("edit_file", { path: "a.py", old_text: "return 2", new_text: "x = 2\nreturn x" }, workspace);
    equal((await workspace.read("a.py")).text, CLASS.replace("return 2", "x = 2\n        return x"));
  }));

Deno.test("edit_file adds no blank line where a text brings the end of its line, and the old one left that standing", () =>
  withWorkspace({ "a.md": "one\ntwo\n\nfour\n" }, async (workspace) => {
    await callTool("edit_file", { path: "a.md", old_text: "two", new_text: "2\n" }, workspace);
    equal((await workspace.read("a.md")).text, "one\n2\n\nfour\n");
    await callTool("edit_file", { path: "a.md", old_text: "one", new_text: "1\n\n" }, workspace);
    equal((await workspace.read("a.md")).text, "1\n\n\n2\n\nfour\n", "a blank line that was written is meant");
  }));

Deno.test("edit_file keeps the line end that a text asked for in a fence has lost", () =>
  withWorkspace({ "a.txt": "one\ntwo\nthree\n" }, async (workspace) => {
    await callTool("edit_file", { path: "a.txt", old_text: "two\n", new_text: "2" }, workspace);
    equal((await workspace.read("a.txt")).text, "one\n2\nthree\n");
  }));

Deno.test("edit_file understands text copied with the line numbers of read_file", () =>
  withWorkspace({ "a.py": CLASS }, async (workspace) => {
    const old_text = "2|     def one(self):\n3|         return 1";
    await callTool(
      "edit_file",
      { path: "a.py", old_text, new_text: "    def one(self):\n        return 10" },
      workspace,
    );
    equal((await workspace.read("a.py")).text, CLASS.replace("return 1", "return 10"));
  }));

Deno.test("edit_file refuses a text that stands there more than once and says how often and where", () =>
  withWorkspace({ "a.py": CLASS }, async (workspace) => {
    const text = await refusal(
      callTool("edit_file", { path: "a.py", old_text: "(self):", new_text: "():" }, workspace),
    );
    match(text, /2 times, at lines 2, 5/);
    equal((await workspace.read("a.py")).text, CLASS);
  }));

Deno.test("edit_file that finds nothing shows the nearest lines with their numbers", () =>
  withWorkspace({ "a.py": CLASS }, async (workspace) => {
    const old_text = "    def two(self, other):\n        return 22";
    const text = await refusal(callTool("edit_file", { path: "a.py", old_text, new_text: "x" }, workspace));
    match(text, /nearest is lines 5 to 6:\n5\| {5}def two\(self\):\n6\| {9}return 2\n/);
  }));

Deno.test("edit_file says when there is nothing like the text, and when nothing would change", () =>
  withWorkspace({ "a.py": CLASS }, async (workspace) => {
    const call = (old_text: string, new_text: string) =>
      callTool("edit_file", { path: "a.py", old_text, new_text }, workspace);
    match(await refusal(call("SELECT * FROM users", "x")), /nor anything like it/);
    match(await refusal(call("return 2", "return 2")), /nothing was changed/);
    match(await refusal(call("return 2", "# ... existing code ...")), /leaves text out/);
  }));

Deno.test("rewrite_lines replaces whole lines of a long file and shows what is around them", () =>
  withWorkspace(
    { "long.txt": Array.from({ length: 400 }, (_, index) => `line ${index + 1}\n`).join("") },
    async (workspace) => {
      const { text } = await callTool(
        "rewrite_lines",
        { path: "long.txt", from_line: 200, to_line: 202, content: "new" },
        workspace,
      );
      const lines = (await workspace.read("long.txt")).text.split("\n");
      deepEqual(lines.slice(198, 201), ["line 199", "new", "line 203"]);
      equal(lines.length, 399);
      match(text, /199\| line 199\n200\| new\n201\| line 203/);
      const late = callTool(
        "rewrite_lines",
        { path: "long.txt", from_line: 398, to_line: 399, content: "x" },
        workspace,
      );
      match(await refusal(late), /398 lines; there is no line 399/);
    },
  ));

Deno.test("no tool writes outside the project", () =>
  withWorkspace({ "a.txt": "x\n" }, async (workspace) => {
    match(await refusal(callTool("create_file", { path: "../b.txt", content: "x" }, workspace)), /leaves the project/);
    match(
      await refusal(
        callTool("rewrite_lines", { path: "/etc/passwd", from_line: 1, to_line: 1, content: "x" }, workspace),
      ),
      /leaves the project/,
    );
  }));

/** A tool, its argument that holds a text, the path, the file before, the text that was written, and the file after it. */
const FENCED: readonly (readonly [string, Record<string, string>, string, string, string])[] = [
  ["create_file", { content: "```python\nx = 1\n```\n" }, "b.py", "", "x = 1\n"],
  ["rewrite_file", { content: "\n```python\nx = 1\n```" }, "a.py", CLASS, "x = 1\n"],
  ["rewrite_file", { content: "```\nx = 1\n```\ny\n```\n" }, "a.py", CLASS, "```\nx = 1\n```\ny\n```\n"],
  ["rewrite_file", { content: "```md\n# Says\n```\n" }, "a.md", "# One\n", "```md\n# Says\n```\n"],
  ["rewrite_file", { content: "```\ntwo\n```\n" }, "a.txt", "```\none\n```\n", "```\ntwo\n```\n"],
  [
    "edit_file",
    { old_text: "        return 1", new_text: "```python\n        return 3\n```" },
    "a.py",
    CLASS,
    CLASS.replace("1", "3"),
  ],
  [
    "rewrite_lines",
    { content: "~~~\n        return 3\n~~~\n" },
    "a.py",
    CLASS,
    CLASS.replace("1", "3"),
  ],
  [
    "rewrite_function",
    {
      function: "A.one",
      content:
        "It's `one`:\n\n```python\nLIMIT = 3\n\ndef one(self):\n    return LIMIT\n```\n\nUse it:\n\n```python\nprint(A().one())\n```\n",
    },
    "a.py",
    CLASS,
    `LIMIT = 3\n\n${CLASS.replace("1", "LIMIT")}`,
  ],
];

for (const [tool, given, path, before, after] of FENCED) {
  Deno.test(`the one fence around a text is not of the file, those in it are: ${tool} of ${path}: ${given.content ?? given.new_text}`, () =>
    withWorkspace(before === "" ? {} : { [path]: before }, async (workspace) => {
      const lines = tool === "rewrite_lines" ? { from_line: 3, to_line: 3 } : {};
      await callTool(tool, { path, ...given, ...lines }, workspace);
      equal((await workspace.read(path)).text, after);
    }));
}

/** A tool, what it is given, the path, the file before and after it. */
const QUOTED: readonly (readonly [string, Record<string, unknown>, string, string, string])[] = [
  [
    "rewrite_lines",
    { from_line: 3, to_line: 3, content: 'add(self)\nreturn """\\\nusage: x\n  -h\n"""\n' },
    "a.py",
    CLASS,
    CLASS.replace("return 1", 'add(self)\n        return """\\\nusage: x\n  -h\n"""'),
  ],
  [
    "edit_file",
    { old_text: "\treturn 1;", new_text: "\tif (a) {\n        return `\n    -h\n`;\n    }" },
    "a.js",
    "function f(a) {\n\treturn 1;\n}\n",
    "function f(a) {\n\tif (a) {\n\t\treturn `\n    -h\n`;\n\t}\n}\n",
  ],
  [
    "rewrite_file",
    { content: "function f(a) {\n    return `\n    -h\n`;\n}\n" },
    "a.js",
    "function f(a) {\n\treturn 1;\n}\n",
    "function f(a) {\n\treturn `\n    -h\n`;\n}\n",
  ],
];

for (const [tool, given, path, before, after] of QUOTED) {
  Deno.test(`a text in quotes over several lines keeps its blanks, whatever the code around it gets: ${tool}`, () =>
    withWorkspace({ [path]: before }, async (workspace) => {
      await callTool(tool, { path, ...given }, workspace);
      equal((await workspace.read(path)).text, after);
    }));
}
