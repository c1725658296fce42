import type { ToolEffect } from "../../src/effects/tool/tool_effect.ts";
import assert from "node:assert/strict";
import { commandRule, forcedRule } from "../../src/features/command_rule.ts";
import { quoteWords, wordsOf } from "../../src/features/words_of.ts";
import { started } from "../given/given.ts";
import { ASKING, FREE } from "./commands_behind_beginnings.ts";

function effect(args: Record<string, unknown>): ToolEffect {
  return {
    kind: "tool",
    key: "k1",
    turn: "t1",
    role: "coding",
    access: "runs",
    call: { name: "run_command", arguments: args },
  };
}

/** Whether a command asks, the beginnings before ` | ` being allowed. */
function asks(line: string): boolean {
  const [beginning = "", rest = ""] = line.split(" | ");
  const rule = commandRule({ exact: [], beginnings: [wordsOf(beginning)] });
  const command = [...wordsOf(beginning), ...(rest === "" ? [] : wordsOf(rest))];
  return rule(started(), effect({ command }), {}) !== null;
}

Deno.test("a command is split into its words with quotes and without a shell", () => {
  assert.deepEqual(wordsOf(`npm  run "a b" 'c d' e\\"f`), ["npm", "run", "a b", "c d", 'e"f']);
  assert.deepEqual(wordsOf('echo "say \\"hi\\""'), ["echo", 'say "hi"']);
  assert.deepEqual(wordsOf(["git", "log -1"]), ["git", "log -1"]);
  assert.deepEqual(wordsOf(["git log -1"]), ["git", "log", "-1"]);
  assert.deepEqual(wordsOf("npm test --grep='a b'"), ["npm", "test", "--grep=a b"]);
  assert.deepEqual(wordsOf("a && b; c | d > e"), ["a", "&&", "b;", "c", "|", "d", ">", "e"]);
  assert.deepEqual(wordsOf(""), []);
});

Deno.test("a command whose shape a grammar forced asks first", () => {
  const forced = effect({ command: "npm test" });
  assert.equal(forcedRule(started(), forced, {}), null);
  assert.equal(forcedRule(started(), { ...forced, call: { ...forced.call, forced: true } }, {})?.verdict, "confirm");
});

Deno.test("a check is free as it stands and asks with any word more, less or other", () => {
  const rule = commandRule({ exact: [["npm", "test"], ["deno", "test", "-A"], []], beginnings: [[]] });
  const verdict = (command: unknown) => rule(started(), effect({ command }), {});
  for (const command of ["npm test", ["npm", "test"], "  deno   test -A", ["npm test"]]) {
    assert.equal(verdict(command), null, String(command));
  }
  assert.deepEqual(verdict("npm test --help"), { verdict: "confirm", question: "May coding run: npm test --help" });
  for (
    const command of [
      "npm test -- --grep a",
      "npm test ''",
      "npm",
      "npm testing",
      "/usr/bin/npm test",
      "./npm test",
      "A=1 npm test",
      "env A=1 npm test",
      "deno test -A data:text/javascript,1",
      "deno test",
      "rm -rf .",
      "",
    ]
  ) assert.equal(verdict(command)?.verdict, "confirm", command);
  assert.equal(rule(started(), effect({}), {}), null, "checks are no command of the model's");
});

Deno.test("behind an allowed beginning a word asks that brings code, settings or a program of its own", () => {
  assert.deepEqual(ASKING.filter((line) => !asks(line)), []);
  assert.ok(ASKING.length >= 60);
});

Deno.test("behind an allowed beginning ordinary words are free", () => {
  assert.deepEqual(FREE.filter(asks), []);
  assert.ok(FREE.length >= 30);
});

Deno.test("of a program that is not known every option asks that was not allowed with it, and no other word", () => {
  for (const line of ["ctest | -S evil.cmake", "./check | --load=evil", "hadolint | -c x"]) {
    assert.equal(asks(line), true, line);
  }
  for (const line of ["ctest | unit", "./check -v | src", "hadolint | Dockerfile -"]) {
    assert.equal(asks(line), false, line);
  }
});

Deno.test("what was allowed by name is free: the word itself stands in the allowed beginning", () => {
  for (
    const line of ["python -m | pytest", "sh -c | ls", "deno run -A | x.ts", "make -f other.mk | all", "go run | ."]
  ) {
    assert.equal(asks(line), false, line);
  }
});

Deno.test("a program by another path is not the one that was allowed", () => {
  const rule = commandRule({ exact: [], beginnings: [["git", "status"]] });
  for (const program of ["/usr/bin/git", "./git", "bin/git", "GIT", "git.exe"]) {
    assert.equal(rule(started(), effect({ command: [program, "status"] }), {})?.verdict, "confirm", program);
  }
});

Deno.test("the question names the word that asks and why, and shows each word as it is", () => {
  const rule = commandRule({ exact: [], beginnings: [["git"]] });
  const verdict = rule(started(), effect({ command: ["git", "-c", "core.pager=sh -c id", "log"] }), {});
  assert.deepEqual(verdict, {
    verdict: "confirm",
    question: 'May coding run: git -c "core.pager=sh -c id" log (-c reads other settings, which can name programs)',
  });
  assert.equal(
    quoteWords(["a b", "", "\x1b[2J", "x\ny", 'q"\\', "\u202etxt", "a\u00a0b", "é/ü.ts"]),
    '"a b" "" "\\u{1b}[2J" "x\\ny" "q\\"\\\\" "\\u{202e}txt" "a\\u{a0}b" "é/ü.ts"',
  );
});
