import { equal, match } from "node:assert/strict";
import { withWorkspace } from "../fakes/plain_workspace.ts";
import { callTool } from "./call_tool.ts";

/** What a file holds after a tool wrote in it, among other files. */
async function written(
  files: Readonly<Record<string, string>>,
  tool: "create_file" | "rewrite_file" | "rewrite_function" | "add_function",
  args: Readonly<Record<string, string>> & { readonly path: string },
): Promise<string> {
  let text = "";
  await withWorkspace(files, async (workspace) => {
    await callTool(tool, args, workspace);
    text = (await workspace.read(args.path)).text;
  });
  return text;
}

const ROMAN = "def to_roman(number):\n    return str(number)\n";
const BOOK = '"""A book."""\n\n\ndef chapter_title(number, title):\n    return f"Chapter {number}: {title}"\n';
const TITLE = 'def chapter_title(number, title):\n    return f"Chapter {to_roman(number)}: {title}"\n';
const rewritten = { path: "book.py", function: "chapter_title", content: TITLE };

Deno.test("a function that calls what another file of the project offers gets the import that its model left out", async () => {
  equal(
    await written({ "roman.py": ROMAN, "book.py": BOOK }, "rewrite_function", rewritten),
    `"""A book."""\nfrom roman import to_roman\n\n\ndef chapter_title(number, title):\n    return f"Chapter {to_roman(number)}: {title}"\n`,
  );
  const script = await written(
    {
      "src/slug.js": "export function slug(text) {\n  return text;\n}\n",
      "src/links.js":
        'import { join } from "node:path";\n\nexport function link(text) {\n  return join("/", text);\n}\n',
    },
    "add_function",
    {
      path: "src/links.js",
      function: "anchor",
      description: "An anchor.",
      signature: "function anchor(text)",
      content: 'export function anchor(text) {\n  return "#" + slug(text);\n}\n',
    },
  );
  match(script, /^import \{ join \} from "node:path";\nimport \{ slug \} from "\.\/slug\.js";\n\nexport function link/);
  match(script, /export function anchor/);
  const common = await written(
    {
      "lib/tax.js": "function tax(sum) {\n  return sum / 5;\n}\n\nmodule.exports = { tax };\n",
      "lib/money.js": "const rates = require('./rates');\n\nmodule.exports = { rates };\n",
    },
    "create_file",
    { path: "bill.js", content: "function bill(sum) {\n  return sum + tax(sum);\n}\n\nmodule.exports = { bill };\n" },
  );
  match(common, /^const \{ tax \} = require\('\.\/lib\/tax'\);\n/);
});

Deno.test("an import is written as the project writes those of the same file or of its neighbours", async () => {
  const files = {
    "shop/__init__.py": "",
    "shop/roman.py": ROMAN,
    "shop/book.py": BOOK,
  };
  const args = { ...rewritten, path: "shop/book.py" };
  match(await written(files, "rewrite_function", args), /\nfrom \.roman import to_roman\n/);
  const shown = { ...files, "main.py": "from shop.roman import to_roman\n\nprint(to_roman(1))\n" };
  match(await written(shown, "rewrite_function", args), /\nfrom shop\.roman import to_roman\n/);
  const typed = await written(
    {
      "src/a.ts": 'import { b } from "./b.ts";\n\nexport const a = () => b();\n',
      "src/b.ts": "export function b(): number {\n  return 1;\n}\n",
    },
    "create_file",
    { path: "src/c.ts", content: "export function c(): number {\n  return b() + 1;\n}\n" },
  );
  match(typed, /^import \{ b \} from "\.\/b\.ts";\nexport function c/);
});

Deno.test("nothing is imported that may mean something else, or that nobody could load", async () => {
  const call = (name: string) => ({
    path: "book.py",
    function: "chapter_title",
    content: `def chapter_title(number, title):\n    return ${name}(number) + title\n`,
  });
  const without = async (
    files: Readonly<Record<string, string>>,
    args: Readonly<Record<string, string>> & { path: string },
  ) => equal(/^(?:from|import)\b.*\b(?:to_roman|format)$/m.test(await written(files, "rewrite_function", args)), false);
  // Two files offer it.
  await without({ "roman.py": ROMAN, "old.py": ROMAN, "book.py": BOOK }, call("to_roman"));
  // The language has a function of that name.
  await without({ "text.py": "def format(number):\n    return 1\n", "book.py": BOOK }, call("format"));
  // It takes from this file itself.
  await without({ "roman.py": `from book import chapter_title\n\n\n${ROMAN}`, "book.py": BOOK }, call("to_roman"));
  // It stands for something where it is called.
  await without({ "roman.py": ROMAN, "book.py": BOOK }, {
    ...call("to_roman"),
    content: "def chapter_title(number, to_roman):\n    return to_roman(number)\n",
  });
  await without({ "roman.py": ROMAN, "book.py": BOOK }, {
    ...call("to_roman"),
    content:
      "def chapter_title(number, title):\n    from numerals import to_roman as to_roman\n    return to_roman(number)\n",
  });
  // What a test defines is for that test.
  await without({ "test_roman.py": ROMAN, "book.py": BOOK }, call("to_roman"));
  // The file called it before: it has it from somewhere.
  await without({ "roman.py": ROMAN, "book.py": BOOK.replace("{number}", "{to_roman(number)}") }, {
    ...call("to_roman"),
  });
  // How files of another folder are named nothing tells.
  await without({ "numbers/roman.py": ROMAN, "book.py": BOOK }, call("to_roman"));
});

Deno.test("a script takes nothing from a file of the other way, and no name that is offered as the default", async () => {
  const args = { path: "a.js", content: "export function a() {\n  return b();\n}\n" };
  const kept = async (b: string) => equal(await written({ "b.js": b }, "create_file", args), args.content);
  await kept("function b() {}\n\nmodule.exports = { b };\n");
  await kept("export default function b() {}\n");
  await kept('import { a } from "./a.js";\n\nexport function b() {\n  return a();\n}\n');
  const named = { 'b";evil();".js': "export function b() {}\n" };
  equal(await written(named, "create_file", args), args.content, "a file's name that would be code");
  equal(
    await written({ "b.js": "export function b() {}\n" }, "create_file", args),
    `import { b } from "./b.js";\n${args.content}`,
  );
});
