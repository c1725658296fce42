import assert from "node:assert/strict";
import { wantsOf } from "../../../src/features/scope/named.ts";
import { LANGUAGES } from "../../../src/languages/languages.ts";
import { languageOf } from "../../../src/languages/languages_of.ts";

/** What a text names: `+` behind what it asks for, `~` behind what it only compares with. */
function named(text: string): string {
  const isFile = (word: string) => languageOf(word, LANGUAGES) !== null;
  return wantsOf(text, isFile).named.map(({ name, isAsked, isSubject }) =>
    `${name}${isAsked ? "+" : ""}${isSubject ? "" : "~"}`
  ).join(" ");
}

/** What is wished, and the names in it. */
const WISHES: readonly (readonly [wish: string, names: string])[] = [
  ["Add a function median(values) to stats.py, beside mean(values).", "median+ mean~"],
  ["Add `median` to stats.py. Like `mean` it raises a ValueError.", "median+ mean~ ValueError~"],
  ["Add a function median to stats.py", "median+"],
  ["Add a function median(values) like the function mean(values).", "median+ mean~"],
  ["Add a function median that returns the middle one", "median+"],
  ["Add these functions:\n- median(values)\n- mode(values)", "median+ mode+"],
  ['Add two functions: encode(text) and decode(code); encode("a") is "1a".', "encode+ decode+"],
  ["Create a class Stack with a method pop(), taking countBy(items, keyOf) along.", "Stack+ pop+ countBy keyOf"],
  ["Rename the function get to findMember and `put` to addMember.", "get findMember+ put addMember+"],
  ["The command needs an option --limit N.", "--limit+"],
  ["Add a --json flag to report.", "--json+"],
  ["Run the tests with --verbose and add nothing.", "--verbose"],
  ["Do not add median(values).", "median"],
  ["Add a function area(r) that returns round(pi * r ** 2, 2).", "area+"],
  ["Add a function spread(values): max(values) - min(values).", "spread+"],
  ["Add a check to parse(text).", "parse"],
  ["Add a function that turns texts round.", ""],
  ["Add a function overview to README.md.", "overview"],
  ["Add method chaining and type hints.", ""],
  ["Make all tests pass.", ""],
  ["It is too slow.", ""],
  ["Write it with json.dumps(x).", "json.dumps"],
  [
    "Add a method withdraw(amount) to Account that fails with a ValueError when the balance is too low",
    "withdraw+ Account ValueError",
  ],
  ["Add a parse(text) function that rejects bad input with a SyntaxError", "parse+ SyntaxError"],
  ["Add a `Stack` class; pop of an empty one is an IndexError", "Stack+ IndexError"],
  ["Add a function load(path) which wraps an OSError in a ConfigError", "load+ OSError ConfigError"],
  ["Add a function f(x): for negative x, a ValueError is raised, or TypeError", "f+ ValueError TypeError"],
  ["Add a function take(n) that works for a TreeSet and is in a HashMap", "take+ TreeSet HashMap"],
  ["Let Money.add refuse other currencies with a TypeError", "TypeError"],
  ["Let add(money) refuse others, and sub_all", "add sub_all"],
  ["Add a class ParseError to errors.py", "ParseError+"],
  ["Define an exception BadInput.", "BadInput+"],
  ["Create a new exception class Overdrawn and let withdraw(amount) raise it.", "Overdrawn+ withdraw"],
  ["Add a function f(x) that raises the exception BadInput", "f+ BadInput~"],
  ["Add a class Stack with a `push` method and a `pop` method, and a peek()", "Stack+ push+ pop+ peek+"],
  ["Add a LruCache", "LruCache+"],
  ["Add a ParseError class", "ParseError+"],
  ["Add a ValueError for negative numbers", "ValueError"],
  ["Add f(x), which raises BadInput, NotFound or TypeError", "f+ BadInput~ NotFound TypeError"],
  ["Add f(x) that throws BadInput and g(x)", "f+ BadInput~ g+"],
  ["Add a `median` function and an `is_even` helper to stats.js.", "median+ is_even+"],
  [
    "Provide a `debounce` utility, a `throttle` utility, and an `once` utility in src/fn.ts.",
    "debounce+ throttle+ once+",
  ],
  ["Add a `useCart` hook, and a `CartList` component; and an `all_of`", "useCart+ CartList+ all_of+"],
  ["Add a function merge that takes a `Left` and a `Right`", "merge+ Left Right"],
  ["Add f(x) that raises a `BadInput` and a `NotFound`", "f+ BadInput~ NotFound"],
  ["Define ParseError and TokenError in errors.py.", "ParseError+ TokenError+"],
  ["Define `ParseError`, a `TokenError`, and a `LexError`.", "ParseError+ TokenError+ LexError+"],
  ["Add a ValidationError and raise it in check(value).", "ValidationError+ check"],
  ["Add an InsufficientFundsError exception that withdraw(amount) raises.", "InsufficientFundsError+ withdraw"],
  ["Add a `Stack` class and a StackError exception", "Stack+ StackError+"],
  ["Add a class Stack that fails with a ValueError or a StackError exception", "Stack+ ValueError StackError"],
  ["Add a custom QuotaError for full disks", "QuotaError+"],
  ["Add a ParseError handler", "ParseError"],
  ["Add logging, ParseError handling and a KeyError", "ParseError KeyError"],
];

Deno.test("of a goal the names count that are written as code is; what it asks to add is told from what it compares with", () => {
  for (const [wish, names] of WISHES) assert.equal(named(wish), names, wish);
});

Deno.test("a text without an end is read as far as it may be, in time that grows with it alone", () => {
  for (const text of ["`".repeat(200_000), "f(".repeat(100_000), `Add ${"a_b ".repeat(60_000)}`, " ".repeat(200_000)]) {
    assert.ok(wantsOf(text, () => false).named.length <= 60);
  }
});
