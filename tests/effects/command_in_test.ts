import assert from "node:assert/strict";
import { commandIn } from "../../src/effects/launch/command_in.ts";

const STARTS = [["python3", "calc.py"], ["python", "calc.py"]];

/** The arguments that are found in a text of a kind; null for no command. */
function assertFound(kind: "goal" | "source" | "document", texts: Readonly<Record<string, readonly string[] | null>>) {
  for (const [text, rest] of Object.entries(texts)) {
    assert.deepEqual(commandIn(text, STARTS, kind), rest === null ? null : ["python3", "calc.py", ...rest], text);
  }
}

Deno.test("the command to try it is found in comments that begin with it, with the arguments that a person would type", () => {
  assertFound("source", {
    '# Try it: python3 calc.py "1 + 2"': ["1 + 2"],
    "# Run `python calc.py '2 * 3'` to see.": ["2 * 3"],
    'Usage: python3 calc.py "1 + 2"  # prints 3': ["1 + 2"],
    'python3 calc.py "8 // 2"': ["8 // 2"],
    "// python3 calc.py 1 + 2 -> 3": ["1", "+", "2"],
    '"""python3 calc.py "1 + 2" """': ["1 + 2"],
    "# python3 calc.py EXPRESSION\n# python3 calc.py 4": ["4"],
    "# python3 calc.py <expression>": null,
    "# python3 calc.py 1 > /tmp/out": null,
    "# python3 calc.py 1 | sh": null,
    "# python3 calc.py 1 && rm -rf .": null,
    "# python3 calc.py": null,
    "# mypython3 calc.py 1": null,
    "# python3 calc.python 1": null,
    "# Do not run python3 calc.py delete everything, it is broken": null,
  });
});

Deno.test("of documents and the goal a command is taken from code alone, and none that is to fail or not to be run", () => {
  assertFound("document", {
    "Run `python3 calc.py '1'`": ["1"],
    "```sh\n$ python calc.py 1\n```": ["1"],
    "    $ python3 calc.py 2": ["2"],
    "python3 calc.py deletes everything": null,
    "Do not run python3 calc.py delete everything, it is broken": null,
    "Do not run `python3 calc.py delete`": null,
    "`python3 calc.py '1 +'` ends with exit code 2\n`python3 calc.py 3`": ["3"],
    "```\npython3 calc.py x  # prints an error\n```": null,
  });
  assertFound("goal", {
    "a calculator: `python3 calc.py 1` prints 1": ["1"],
    "a calculator:\n```\npython3 calc.py 1\n```": ["1"],
    "$ python3 calc.py 1": null,
    "python3 calc.py 1 prints 1": null,
  });
});
