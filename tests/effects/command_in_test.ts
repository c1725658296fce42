import assert from "node:assert/strict";
import { commandIn } from "../../src/effects/launch/command_in.ts";

const STARTS = [["python3", "calc.py"], ["python", "calc.py"]];

Deno.test("the command to try it is found in comments, documents and usage, with the arguments that a person would type", () => {
  const texts: Readonly<Record<string, readonly string[] | null>> = {
    '# Try it: python3 calc.py "1 + 2"': ["1 + 2"],
    "Run `python calc.py '2 * 3'` to see.": ["2 * 3"],
    'Usage: python3 calc.py "1 + 2"  # prints 3': ["1 + 2"],
    'python3 calc.py "8 // 2"': ["8 // 2"],
    "python3 calc.py 1 + 2 -> 3": ["1", "+", "2"],
    '"""python3 calc.py "1 + 2" """': ["1 + 2"],
    'It is python3 calc.py "1 + 2".': ["1 + 2"],
    "python3 calc.py EXPRESSION\npython3 calc.py 4": ["4"],
    "python3 calc.py <expression>": null,
    "python3 calc.py 1 > /tmp/out": null,
    "python3 calc.py 1 | sh": null,
    "python3 calc.py 1 && rm -rf .": null,
    "python3 calc.py": null,
    "mypython3 calc.py 1": null,
    "python3 calc.python 1": null,
  };
  for (const [text, rest] of Object.entries(texts)) {
    assert.deepEqual(commandIn(text, STARTS), rest === null ? null : ["python3", "calc.py", ...rest], text);
  }
});
