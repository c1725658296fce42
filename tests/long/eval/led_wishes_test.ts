import assert from "node:assert/strict";
import { playLone } from "../../end_to_end/fixtures/lone_model.ts";
import { definitionsIn } from "../../../src/languages/definitions.ts";
import { LANGUAGES } from "../../../src/languages/languages.ts";
import { languagesOf } from "../../../src/languages/languages_of.ts";
import { type CaseLanguage, isUnsolvable, readWishes, type Wish } from "../../eval/read_cases.ts";
import { filesOf, isThere } from "./case_files.ts";

/** Asks in which a lone small model is led: two for a test, five for the code. */
const LED = 7;

/** A test that is broken by itself, and no code. */
const WORTHLESS: Readonly<Record<CaseLanguage, string>> = {
  python:
    "import unittest\nclass T(unittest.TestCase):\n    def test_it(self):\n        self.assertEqual(nothing, 1)\n",
  javascript: 'import test from "node:test";\ntest("says it", () => nothing());\n',
  go: 'package nothing\n\nimport "testing"\n\nfunc TestNothing(t *testing.T) {\n\tnothing()\n}\n',
};

for (const wish of readWishes()) {
  Deno.test({
    name:
      `whatever a lone small model writes of the wish ${wish.name}, it is asked for texts, and for no choice of tools`,
    // What nobody can fulfil, or understand, is planned first.
    ignore: isUnsolvable(wish) || !isThere(wish.language),
    fn: async () => {
      const text = `\`\`\`\n${WORTHLESS[wish.language]}\`\`\``;
      const { asked } = await playLone([text], filesOf(`${wish.folder}/project`), { goal: wish.wish });
      const choices = asked.slice(0, LED).filter((prompt) => prompt.split('"type": "function"').length > 2);
      assert.deepEqual(choices, []);
    },
  });
}

/** Wishes whose solution and hidden test do not fit this play. */
const OTHERWISE: Readonly<Record<string, string>> = {
  go_discount: "an old test states the old rule",
  go_sizes: "an old test states the old rule",
  javascript_dates: "an old test states the old rule",
  javascript_password: "an old test states the old rule",
  python_fines: "an old test states the old rule",
  go_queue: "its hidden test is about both of its steps",
  javascript_slug: "its hidden test is about both of its steps",
  python_roman: "its hidden test is about both of its steps",
  javascript_links: "its solution is one of two files at once",
  go_rename: "it costs no text",
  javascript_rename: "it costs no text",
  python_rename: "it costs no text",
};

for (const wish of readWishes()) {
  Deno.test({
    name: `a lone small model that writes the right texts of the wish ${wish.name} fulfils it, in few texts`,
    ignore: isUnsolvable(wish) || wish.name in OTHERWISE || !isThere(wish.language),
    fn: async () => {
      const { asked, kind, cause } = await playLone(rightTexts(wish), filesOf(`${wish.folder}/project`), {
        goal: wish.wish,
      });
      assert.equal(kind, "partial", cause);
      assert.match(cause, /failed before the work and pass now, and the new tests wait for your yes/);
      assert.ok(asked.length <= 4, `${asked.length} asks`);
    },
  });
}

/** What a model says that knows the solution of a wish: the file or the definition that it is asked for, and the hidden test. */
function rightTexts({ folder }: Wish): (prompt: string) => string {
  const texts = { ...filesOf(`${folder}/project`), ...filesOf(`${folder}/solved`) };
  const [test = ""] = Object.values(filesOf(`${folder}/hidden`));
  const fenced = (text: string) => `\`\`\`\n${text}\n\`\`\``;
  return (prompt) => {
    const last = prompt.slice(-700);
    if (/complete new test of/.test(last)) return fenced(test);
    const whole = /complete content of (\S+),/.exec(last)?.[1];
    if (whole !== undefined) return fenced(texts[whole] ?? "");
    const [, name = "", path = ""] = /complete (?:function |new `)([\w.]+)\S*(?: [^`\n]*`)? of (\S+),/.exec(last) ?? [];
    const text = texts[path] ?? "";
    const found = definitionsIn(text, languagesOf(path, LANGUAGES)).find((one) =>
      one.name.split(".").at(-1) === name.split(".").at(-1)
    );
    // Cases of a test are asked for as a call: a text is none, and the test is asked for as a whole.
    return found === undefined ? "no" : fenced(text.split("\n").slice(found.head - 1, found.to).join("\n"));
  };
}
