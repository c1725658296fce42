import { equal, match } from "node:assert/strict";
import { withWorkspace } from "../fakes/plain_workspace.ts";
import { callTool, refusal } from "./call_tool.ts";

/** A change: what it is, the file before, the call without its path, the file after. */
type Row = readonly [
  what: string,
  before: string,
  call: Readonly<Record<string, unknown>> & { readonly tool: string; readonly path?: string },
  after: string,
];

const edit = (old_text: string, new_text: string) => ({ tool: "edit_file", old_text, new_text });
const lines = (from_line: number, to_line: number, content: string) => ({
  tool: "rewrite_lines",
  from_line,
  to_line,
  content,
});
const whole = (content: string) => ({ tool: "rewrite_file", content });
const anew = (name: string, content: string, path = "a.py") => ({
  tool: "rewrite_function",
  function: name,
  content,
  path,
});

const INDENTATION: readonly Row[] = [
  [
    "a deeper line of the new text is a tab deeper",
    "func f() {\n\tif a {\n\t\tb()\n\t}\n}\n",
    edit(
      "    if a {\n        b()\n    }",
      "    if a {\n        b()\n        if d {\n            e()\n        }\n    }",
    ),
    "func f() {\n\tif a {\n\t\tb()\n\t\tif d {\n\t\t\te()\n\t\t}\n\t}\n}\n",
  ],
  [
    "of one line that was found, two that are deeper",
    "func f() {\n\ta()\n}\n",
    edit("  a()", "  if b {\n    if c {\n      a()\n    }\n  }"),
    "func f() {\n\tif b {\n\t\tif c {\n\t\t\ta()\n\t\t}\n\t}\n}\n",
  ],
  [
    "a line that is less deep than what was found",
    "func f() {\n\tif a {\n\t\tb()\n\t}\n}\n",
    edit("        b()\n    }", "        c()\n    }\n    d()"),
    "func f() {\n\tif a {\n\t\tc()\n\t}\n\td()\n}\n",
  ],
  [
    "what was found as it stands, and more lines with blanks",
    "func f() {\n\ta()\n}\n",
    edit("\ta()", "\tif b {\n        a()\n    }"),
    "func f() {\n\tif b {\n\t\ta()\n\t}\n}\n",
  ],
  [
    "what was found from the middle of its line, and more lines with blanks",
    "func f() {\n\ta()\n}\n",
    edit("a()", "if b {\n    a()\n}"),
    "func f() {\n\tif b {\n\t\ta()\n\t}\n}\n",
  ],
  [
    "a text with tabs in a file with blanks",
    "def f():\n    if a:\n        b()\n",
    edit("\tif a:\n\t\tb()", "\tif a:\n\t\tif c:\n\t\t\tb()"),
    "def f():\n    if a:\n        if c:\n            b()\n",
  ],
  [
    "blanks of another number",
    "def f():\n    if a:\n        b()\n",
    edit("  if a:\n    b()", "  if a:\n    if c:\n      b()"),
    "def f():\n    if a:\n        if c:\n            b()\n",
  ],
  [
    "lines by number, with blanks",
    "def f():\n\tx = 1\n\treturn x\n",
    lines(2, 2, "    x = 2"),
    "def f():\n\tx = 2\n\treturn x\n",
  ],
  [
    "lines by number, deeper ones among them",
    "def f():\n\tx = 1\n\treturn x\n",
    lines(2, 2, "    if y:\n        x = 2"),
    "def f():\n\tif y:\n\t\tx = 2\n\treturn x\n",
  ],
  [
    "lines by number, two blanks a step",
    "if a {\n\tif b {\n\t\tc()\n\t}\n}\n",
    lines(3, 3, "    d()\n    if e {\n      f()\n    }"),
    "if a {\n\tif b {\n\t\td()\n\t\tif e {\n\t\t\tf()\n\t\t}\n\t}\n}\n",
  ],
  [
    "lines by number, written at the margin",
    "def f():\n\tx = 1\n\treturn x\n",
    lines(2, 3, "x = 2\nreturn x + 1"),
    "def f():\n\tx = 2\n\treturn x + 1\n",
  ],
  [
    "lines by number, with tabs in a file with blanks",
    "def f():\n  x = 1\n  return x\n",
    lines(2, 2, "\tif y:\n\t\tx = 2"),
    "def f():\n  if y:\n    x = 2\n  return x\n",
  ],
  [
    "a definition of its own in place of deeper lines stays at the margin",
    "def f():\n\tx = 1\n",
    lines(2, 2, "\tx = 2\n\ndef g():\n\tpass"),
    "def f():\n\tx = 2\n\ndef g():\n\tpass\n",
  ],
  [
    "a recipe of make written anew",
    "all: a\n\tcc a.c\n",
    whole("all: a b\n    cc a.c\n    cc b.c\n"),
    "all: a b\n\tcc a.c\n\tcc b.c\n",
  ],
  [
    "a function with blanks in a file with tabs",
    "def f(a):\n\treturn a\n\ndef g():\n\tpass\n",
    anew("f", "def f(a):\n    if a:\n        return 1\n    return a\n"),
    "def f(a):\n\tif a:\n\t\treturn 1\n\treturn a\n\ndef g():\n\tpass\n",
  ],
  [
    "a method with tabs in a file with blanks",
    "class A:\n  def f(self):\n    return 1\n",
    anew("A.f", "def f(self):\n\tif self:\n\t\treturn 2\n\treturn 1\n"),
    "class A:\n  def f(self):\n    if self:\n      return 2\n    return 1\n",
  ],
];

const ENDS: readonly Row[] = [
  [
    "a replaced line keeps its end among others",
    "alpha\nbeta\r\ngamma\n",
    edit("beta\ngamma", "BETA\ngamma"),
    "alpha\nBETA\r\ngamma\n",
  ],
  ["the other way round", "alpha\r\nbeta\ngamma\r\n", edit("beta\ngamma", "BETA\ngamma"), "alpha\r\nBETA\ngamma\r\n"],
  ["a line by number", "one\r\ntwo\nthree\n", lines(1, 1, "ONE"), "ONE\r\ntwo\nthree\n"],
  [
    "more lines than before end like the one above them",
    "one\r\ntwo\nthree\n",
    lines(1, 1, "1\n1.5"),
    "1\r\n1.5\r\ntwo\nthree\n",
  ],
  ["fewer lines than before", "one\r\ntwo\nthree\r\nfour\n", lines(1, 2, "1"), "1\r\nthree\r\nfour\n"],
  [
    "a function",
    "def f():\r\n    return 1\r\n\ndef g():\n    pass\n",
    anew("f", "def f():\n    return 2\n"),
    "def f():\r\n    return 2\r\n\ndef g():\n    pass\n",
  ],
  ["a whole file", "one\r\ntwo\nthree\n", whole("one\n2\nthree\nfour\n"), "one\r\n2\nthree\nfour\n"],
  ["only wide ends", "one\r\ntwo\r\n", edit("two", "2\n3"), "one\r\n2\r\n3\r\n"],
  ["an old text with wide ends", "one\ntwo\nthree\n", edit("one\r\ntwo", "1\r\n2"), "1\n2\nthree\n"],
  ["a byte order mark", "\uFEFFone\ntwo\n", edit("one", "1"), "\uFEFF1\ntwo\n"],
  ["a byte order mark that the model writes, too", "\uFEFFone\ntwo\n", whole("\uFEFF1\ntwo\n"), "\uFEFF1\ntwo\n"],
  ["a last line without an end, by its number", "one\ntwo", lines(2, 2, "2"), "one\n2"],
  ["a last line without an end, written anew", "one\ntwo", whole("one\n2\n"), "one\n2"],
  ["a last line without an end, found", "one\ntwo", edit("two", "2"), "one\n2"],
];

const SIGNS: readonly Row[] = [
  [
    "curly quotes and a dash",
    "He said, “I can’t” — ok\n",
    edit('He said, "I can\'t" - ok', 'He said, "I can" - ok'),
    "He said, “I can” — ok\n",
  ],
  ["only an apostrophe", "It’s so.\n", edit("It's so.", "It's not so."), "It’s not so.\n"],
  ["a dash between years", "1990–1995\nend\n", edit("1990-1995", "1990-1996"), "1990–1996\nend\n"],
  ["a blank that does not break", "10\u00a0km away\n", edit("10 km away", "12 km away"), "12\u00a0km away\n"],
  ["curly ones for plain ones", 'say("a")\n', edit("say(“a”)", 'say("b")'), 'say("b")\n'],
  ["a plain match comes first", '“a”\n"a"\n', edit('"a"', '"b"'), '“a”\n"b"\n'],
  [
    "what is new is as it was written",
    "He said “a”.\n",
    edit('He said "a".', 'He said "a". "b"'),
    'He said “a”. "b"\n',
  ],
];

const GIVEN: readonly Row[] = [
  ["numbers before the lines", "a\nb\n", whole("1| x\n2| y\n"), "x\ny\n"],
  ["numbers before the lines of a part", "a\nb\nc\n", lines(2, 3, "2| x\n3| y"), "a\nx\ny\n"],
  ["numbers before both texts", "a\nb\nc\n", edit("2| b", "2| x"), "a\nx\nc\n"],
  ["a diff of the file", "a\nb\nc\n", whole("@@ -1,2 +1,2 @@\n a\n-b\n+x\n"), "a\nx\nc\n"],
  ["a diff of the lines", "a\nb\nc\n", lines(2, 3, "@@\n-b\n+x\n c"), "a\nx\nc\n"],
  ["SEARCH/REPLACE", "a\nb\nc\n", whole("<<<<<<< SEARCH\nb\n=======\nx\n>>>>>>> REPLACE\n"), "a\nx\nc\n"],
  [
    "a diff of a function",
    "def f():\n    return 1\n\ndef g():\n    pass\n",
    anew("f", "@@ -1,2 +1,2 @@\n def f():\n-    return 1\n+    return 2\n"),
    "def f():\n    return 2\n\ndef g():\n    pass\n",
  ],
];

for (
  const [title, rows] of [
    ["the indentation of a file stays what it is", INDENTATION],
    ["line ends, the byte order mark and the last line's end stay as they are", ENDS],
    ["quotes, dashes and blanks of print are found by plain ones", SIGNS],
    ["numbers and changes in an argument are understood", GIVEN],
  ] as const
) {
  for (const [what, before, { tool, path = "a.txt", ...args }, after] of rows) {
    Deno.test(`${title}: ${what}`, () =>
      withWorkspace({ [path]: before }, async (workspace) => {
        await callTool(tool, { path, ...args }, workspace);
        const bytes = await Deno.readFile(`${workspace.root}/${path}`);
        equal(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), after);
      }));
  }
}

Deno.test("plain signs that fit several places, and a change that cannot be applied, are refused", () =>
  withWorkspace({ "a.txt": "“a”\n„a“\nend\n" }, async (workspace) => {
    match(
      await refusal(callTool("edit_file", { path: "a.txt", old_text: '"a"', new_text: "b" }, workspace)),
      /stands in a\.txt 2 times, at lines 1, 2/,
    );
    for (const content of ["@@ -1 +1 @@\n-nothing\n+x\n", "<<<<<<< SEARCH\nnothing\n=======\nx\n>>>>>>> REPLACE"]) {
      match(
        await refusal(callTool("rewrite_file", { path: "a.txt", content }, workspace)),
        /is (?:a diff|SEARCH\/REPLACE blocks), not the text of a\.txt; its old lines do not stand there/,
      );
      match(await refusal(callTool("create_file", { path: "b.txt", content }, workspace)), /do not stand there/);
    }
    equal((await workspace.read("a.txt")).text, "“a”\n„a“\nend\n");
  }));
