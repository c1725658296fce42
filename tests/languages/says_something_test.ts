import assert from "node:assert/strict";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { saysSomething } from "../../src/languages/says_something.ts";

/** Lines of tests that say something of what code gives, and lines that say nothing of it. */
const LINES = {
  python: [
    [
      "self.assertEqual(evaluate('1 + 2'), 3)",
      "assert result == 3",
      "self.assertEqual(\n    evaluate('1'), 1)",
      "with pytest.raises(ValueError):",
      "mock.assert_called_once()",
      "numpy.testing.assert_allclose(a, b)",
      "assert median([1, 2]) == 1, 'wrong'",
      "assert(1) == median([1])",
      "assert f'{median([1])}' == '1'",
    ],
    [
      "from calculator import evaluate",
      "assert True",
      "self.assertTrue(True)",
      "self.assertEqual('a', \"a\")",
      "assert True, median",
      'assert b"x" == b"x"',
      "self.assertTrue(True, median([1]))",
      "self.assertEqual(1, 1, median)",
      "evaluate(1)",
    ],
  ],
  javascript: [
    [
      "assert.equal(evaluate('1 + 2'), 3);",
      "expect(\n  evaluate('1')).toBe(1);",
      "assertEquals(value, 3);",
      "t.is(value, 3);",
      "value.should.equal(3);",
      "deepEqual(value, [3]);",
      "request(app).get('/').expect(200);",
      'expect(`${f(1)}`).toBe("2");',
      "expect(1).toBe(f(1));",
    ],
    [
      "import { evaluate } from './a.ts';",
      "assert.ok(true);",
      "expect(1).toBe(1);",
      "assert.equal(`a`, 'a')",
      "assert.equal(`${'a'}`, 'a')",
      "assert.ok(true, median.name);",
      "assert.equal(1, 1, median.name);",
      "expect(true, median.name).toBe(true);",
      "evaluate(1);",
    ],
  ],
  go: [
    ['if got := Evaluate("1"); got != 1 {', "require.Equal(t, 1, got)", "is.Equal(got, 1)"],
    ['Evaluate("1")', "if false {", "if 1 != 1 {", "require.True(t, true, got)", "require.Equal(t, 1, 1)"],
  ],
  rust: [
    ['assert_eq!(evaluate("1"), 1);', "assert!(value);", "prop_assert!(a == b);", "#[should_panic]"],
    ["use calculator::evaluate;", "assert!(true);", "assert_eq!(1, 1);", 'assert!(true, "{}", value);'],
  ],
} as const;

Deno.test("a test says something where an assertion of it is about more than literals, in each language", () => {
  for (const [name, [some, none]] of Object.entries(LINES)) {
    const { asserts } = LANGUAGES[name as keyof typeof LINES];
    assert.ok(asserts !== undefined);
    for (const line of some) assert.equal(saysSomething(line, asserts), true, line);
    for (const line of none) assert.equal(saysSomething(line, asserts), false, line);
  }
});
