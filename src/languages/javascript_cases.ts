import { dirname, relative } from "node:path/posix";
import { IMPORT, isCommon, scriptBindings } from "./script_bindings.ts";
import { type CaseWords, failureOf, inWords, namesIn, takenFrom, type TestCase, type TestPlace } from "./test_cases.ts";

const WORDS: CaseWords = {
  values: ["true", "false", "null"],
  known:
    "Array BigInt Boolean Date Error Intl JSON Map Math Number Object Promise RangeError RegExp Set String Symbol TypeError URL " +
    "parseFloat parseInt structuredClone",
};
/** Characters of a test in which imports are looked for. */
const HEAD = 4_000;

/** How a test is written where there is none to go by. */
const USUAL = `import assert from "node:assert/strict";\nimport test from "node:test";\n\ntest(`;
const USUAL_COMMON =
  `const assert = require("node:assert/strict");\nconst test = require("node:test");\n\ntest("", () => assert.ok(1));`;

/** How a test file says that something is so. */
interface Assertions {
  /** The name that has to be there. */
  readonly by: string;
  equal(call: string, gives: string): string;
  /** null where it has no words for a call that is awaited. */
  fails(call: string, isAwaited: boolean): string | null;
}

/** Writes a test of some calls for the runner and with the assertions of the test beside it. */
export function javascriptCases(all: readonly TestCase[], place: TestPlace): string | null {
  const cases = inWords(all, place, WORDS);
  const like = place.like ?? (isCommon(place) ? USUAL_COMMON : USUAL);
  const lines = like.split("\n");
  const opens = lines.flatMap((line) => /^\s*((?:it|test|Deno\.test))\s*\(/.exec(line)?.[1] ?? [])[0];
  const assertions = assertionsOf(like);
  const imports = lines.filter((line) => isKept(line, cases));
  const bound = new Set<string>(imports.join(" ").match(/[\w$]+/g));
  const taken = takenFrom(cases, place, WORDS).filter((one) => !bound.has(one));
  if (opens === undefined || assertions === null || taken.length === 0) return null;
  // Who imports over several lines is not understood.
  if (![opens, assertions.by].every((name) => isBound(name.split(".")[0]!, imports, like))) return null;
  const isModule = !/\brequire\s*\(/.test(like);
  const own = scriptBindings(taken, place, specifierOf(place, lines), isModule);
  const bodies = cases.flatMap((one) => {
    const isAwaited = /^\s*await\b/.test(one.call);
    const said = failureOf(one) === null
      ? assertions.equal(one.call, one.gives)
      : assertions.fails(one.call.replace(/^\s*await\s+/, ""), isAwaited);
    const title = JSON.stringify(`${one.call} gives ${one.gives}`.slice(0, 120));
    return said === null ? [] : [`${opens}(${title}, ${isAwaited ? "async " : ""}() => {\n  ${said}\n});`];
  });
  return bodies.length === 0 ? null : `${[[...imports, ...own].join("\n"), ...bodies].join("\n\n")}\n`;
}

/** Whether a name is there: by an import that is kept, or since its runner gives it to all. */
function isBound(name: string, imports: readonly string[], like: string): boolean {
  const word = (text: string) => new Set<string>(text.match(/[\w$]+/g)).has(name);
  if (name === "Deno" || imports.some(word)) return true;
  const head = like.slice(0, HEAD);
  const last = Math.max(head.lastIndexOf(" from "), head.lastIndexOf("require("));
  return last < 0 || !word(head.slice(0, last));
}

/** Whether an import of the test beside it is wanted here, too: what it tests with, and what binds a name of the cases. */
function isKept(line: string, cases: readonly TestCase[]): boolean {
  const match = IMPORT.exec(line);
  const from = match?.[1] ?? match?.[2];
  if (from === undefined) return false;
  const isTool = /^(?:node:)?(?:test|assert)(?:\/|$)|^(?:vitest|chai|@jest\/globals)$|\bassert\b|\btesting\/bdd\b/.test(
    from,
  );
  if (isTool) return true;
  const bound = line.slice(0, line.lastIndexOf(from)).match(/[\w$]+/g) ?? [];
  return !from.startsWith(".") && bound.some((name) => namesIn(cases).has(name));
}

function assertionsOf(like: string): Assertions | null {
  if (/\bexpect\s*\(/.test(like)) {
    const isChai = /["']chai["']/.test(like.slice(0, HEAD));
    return {
      by: "expect",
      equal: (call, gives) => `expect(${call}).${isChai ? "to.deep.equal" : "toEqual"}(${gives});`,
      fails: (call, isAwaited) =>
        isChai
          ? isAwaited ? null : `expect(() => ${call}).to.throw();`
          : isAwaited
          ? `await expect(async () => await ${call}).rejects.toThrow();`
          : `expect(() => ${call}).toThrow();`,
    };
  }
  if (/\bassert\.\w+\s*\(|\bassert from\b/.test(like)) {
    return {
      by: "assert",
      equal: (call, gives) => `assert.deepStrictEqual(${call}, ${gives});`,
      fails: (call, isAwaited) =>
        isAwaited ? `await assert.rejects(async () => await ${call});` : `assert.throws(() => ${call});`,
    };
  }
  if (!/\bassertEquals\b/.test(like)) return null;
  return {
    by: "assertEquals",
    equal: (call, gives) => `assertEquals(${call}, ${gives});`,
    fails: (call, isAwaited) =>
      `let failed = false;\n  try {\n    ${
        isAwaited ? "await " : ""
      }${call};\n  } catch {\n    failed = true;\n  }\n  assertEquals(failed, true);`,
  };
}

/** How the tested file is named in an import: as the test beside it names files. */
function specifierOf({ path, subject }: TestPlace, lines: readonly string[]): string {
  const own = lines.flatMap((line) => {
    const match = IMPORT.exec(line);
    const from = match?.[1] ?? match?.[2];
    return from?.startsWith(".") === true ? [from] : [];
  });
  const straight = relative(dirname(path), subject);
  const dotted = straight.startsWith(".") ? straight : `./${straight}`;
  const bare = dotted.replace(/\.[cm]?[jt]sx?$/, "");
  if (own.length > 0 && own.every((from) => !/\.[cm]?[jt]sx?$/.test(from))) return bare;
  // In TypeScript a file is mostly imported by the name that it has once it is compiled.
  return own.some((from) => from.endsWith(".js")) ? dotted.replace(/\.ts$/, ".js") : dotted;
}
