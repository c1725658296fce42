import { dirname, relative } from "node:path/posix";
import { calledIn, failureOf, namesIn, takenFrom, type TestCase, type TestPlace } from "./test_cases.ts";

/** An import, or a call of `require` that binds something, on one line. */
const IMPORT =
  /^(?:import\b[^;\n]*?\bfrom[ \t]*["']([^"'\n]+)["']|(?:const|let|var)\b[^=\n]*=[ \t]*require\(["']([^"'\n]+)["']\)[^\n]*)/;
/** How a test is written where there is none to go by. */
const USUAL = `import assert from "node:assert/strict";\nimport test from "node:test";\n\ntest(`;

/** How a test file says that something is so. */
interface Assertions {
  equal(call: string, gives: string): string;
  fails(call: string): string;
}

/** Writes a test of some calls for the runner and with the assertions of the test beside it. */
export function javascriptCases(cases: readonly TestCase[], place: TestPlace): string | null {
  const like = place.like ?? USUAL;
  const lines = like.split("\n");
  const opens = lines.flatMap((line) => /^\s*((?:it|test|Deno\.test))\s*\(/.exec(line)?.[1] ?? [])[0];
  const assertions = assertionsOf(like);
  if (opens === undefined || assertions === null || cases.every(({ call }) => calledIn(call) === null)) return null;
  const isModule = place.like === null || !/\brequire\s*\(/.test(like);
  const imports = lines.filter((line) => isKept(line, cases));
  const names = takenFrom(cases, place).join(", ");
  const from = specifierOf(place, lines);
  const taken = isModule ? `import { ${names} } from "${from}";` : `const { ${names} } = require("${from}");`;
  const bodies = cases.map((one) => {
    const isAwaited = /^\s*await\b/.test(one.call);
    const said = failureOf(one) === null ? assertions.equal(one.call, one.gives) : assertions.fails(one.call);
    const title = JSON.stringify(`${one.call} gives ${one.gives}`.slice(0, 120));
    return `${opens}(${title}, ${isAwaited ? "async " : ""}() => {\n  ${said}\n});`;
  });
  return `${[[...imports, taken].join("\n"), ...bodies].join("\n\n")}\n`;
}

/** Whether an import of the test beside it is wanted here, too: what it tests with, and what binds a name of the cases. */
function isKept(line: string, cases: readonly TestCase[]): boolean {
  const match = IMPORT.exec(line);
  const from = match?.[1] ?? match?.[2];
  if (from === undefined) return false;
  if (/^(?:node:)?(?:test|assert)(?:\/|$)|^(?:vitest|chai|@jest\/globals)$|\bassert\b/.test(from)) return true;
  const bound = line.slice(0, line.lastIndexOf(from)).match(/[\w$]+/g) ?? [];
  const called = new Set(cases.flatMap(({ call }) => calledIn(call) ?? []));
  return !from.startsWith(".") && bound.some((name) => namesIn(cases).has(name) && !called.has(name));
}

function assertionsOf(like: string): Assertions | null {
  if (/\bexpect\s*\(/.test(like)) {
    return {
      equal: (call, gives) => `expect(${call}).toEqual(${gives});`,
      fails: (call) => `expect(() => ${call}).toThrow();`,
    };
  }
  if (/\bassert\.\w+\s*\(|\bassert from\b/.test(like)) {
    return {
      equal: (call, gives) => `assert.deepStrictEqual(${call}, ${gives});`,
      fails: (call) => `assert.throws(() => ${call});`,
    };
  }
  if (!/\bassertEquals\b/.test(like)) return null;
  return {
    equal: (call, gives) => `assertEquals(${call}, ${gives});`,
    fails: (call) =>
      `let failed = false;\n  try {\n    ${call};\n  } catch {\n    failed = true;\n  }\n  assertEquals(failed, true);`,
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
