import assert from "node:assert/strict";
import { commandsIn, holdsProof } from "../../../src/features/criteria/commands_in.ts";
import { criterionOf } from "../../../src/features/criteria/read_goal.ts";

const found = (text: string) => commandsIn(text).map(({ words, prints }) => [words.join("|"), prints]);

Deno.test("a command between backticks and what it prints are read word for word, without a shell", () => {
  const texts: Readonly<Record<string, readonly (readonly string[])[]>> = {
    "`python3 tool.py --version` prints `1.2.0`": [["python3|tool.py|--version", "1.2.0"]],
    'Then `./calc "1 + 2"` shall print "3".': [["./calc|1 + 2", "3"]],
    "`go run . 4` outputs `16`, and `npm start` says 'ready'": [["go|run|.|4", "16"], ["npm|start", "ready"]],
    '`node src/list.js --json a` now prints the list as `["a"]`': [["node|src/list.js|--json|a", '["a"]']],
  };
  for (const [text, commands] of Object.entries(texts)) assert.deepEqual(found(text), commands, text);
});

Deno.test("a call, a name, a pipe and what nothing is said of are no commands", () => {
  for (
    const text of [
      "`median([1, 3])` prints `2`",
      "`list --json` prints `[]`",
      "`python3 tool.py | head` prints `1`",
      "`python3 tool.py > /etc/hosts` prints `1`",
      "`python3 tool.py $(rm x)` prints `1`",
      "`python3 tool.py <file>` prints `1`",
      "`python3 tool.py` works",
      "python3 tool.py prints 1",
    ]
  ) assert.deepEqual(found(text), [], text);
});

Deno.test("a criterion is shown by its command, and by a test where it gives calls as well", () => {
  assert.equal(criterionOf("`python3 tool.py --version` prints `1.2.0`").how, "command");
  assert.equal(criterionOf("`python3 tool.py 4` prints `16`, square(4) is 16").how, "test");
});

Deno.test("a proof is the first or the last line of what was printed, by a command that did not fail unless it may", () => {
  const [proof] = commandsIn("`python3 tool.py --version` prints `1.2.0`");
  assert.ok(proof !== undefined);
  assert.equal(holdsProof(proof, "1.2.0\n", 0), true);
  assert.equal(holdsProof(proof, "tool\r\n  1.2.0\r\n", 0), true);
  assert.equal(holdsProof(proof, "1.2.0\ndone\n", 0), true);
  assert.equal(
    holdsProof(proof, "1.1.0\n1.2.0\n1.3.0\n", 0),
    false,
    "what prints all that it may be prints nothing of its own",
  );
  assert.equal(holdsProof(proof, "11.2.0\n", 0), false);
  assert.equal(holdsProof(proof, "1.2.0\n", 1), false);
  const [failing] = commandsIn("`python3 tool.py x` exits with 2 and prints `no such command`");
  assert.equal(failing !== undefined && holdsProof(failing, "no such command\n", 2), true);
  assert.equal(failing !== undefined && holdsProof(failing, "no such command\n", null), false);
});
