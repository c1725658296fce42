import {
  type CaseWords,
  failureOf,
  inWords,
  outsideQuotes,
  takenFrom,
  type TestCase,
  type TestPlace,
} from "./test_cases.ts";

const WORDS: CaseWords = {
  values: ["true", "false", "nil"],
  known: "append cap complex copy len make max min new string int int64 float64 bool byte rune",
};

/**
 * Writes a test of some calls for `go test`, in the package that is tested. What a call gives is compared as it is printed, so that a figure
 * needs no type; texts are printed in quotes, so that two of them are not one, and an error that is nil is left off. Calls that fail give a
 * second value in Go, and lists without a type are none there: both are left out.
 */
export function goCases(all: readonly TestCase[], place: TestPlace): string | null {
  const cases = inWords(all.map(({ call, gives }) => ({ call: quoted(call), gives: quoted(gives) })), place, WORDS)
    .filter((one) => failureOf(one) === null && isTyped(one.call) && isTyped(one.gives));
  const named = /^package[ \t]+(\w+)/m.exec(place.subjectText ?? place.like ?? "")?.[1];
  if (named === undefined || takenFrom(cases, place, WORDS).length === 0) return null;
  const file = place.path.slice(place.path.lastIndexOf("/") + 1).replace(/_test\.go$/, "");
  const title = file.split(/[^A-Za-z0-9]/).map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join("");
  const shown = `shown${title}`;
  const verb = cases.some(({ gives }) => gives.includes('"') || gives.includes("`")) ? "%q" : "%v";
  const bodies = cases.map(({ call, gives }, index) =>
    [
      `func Test${title}${index + 1}(t *testing.T) {`,
      `\tgot, want := ${shown}(${call}), ${shown}(${gives})`,
      "\tif got != want {",
      `\t\tt.Errorf("%s is %s, want %s", ${JSON.stringify(call)}, got, want)`,
      "\t}",
      "}",
    ].join("\n")
  );
  const helper = [
    `func ${shown}(values ...interface{}) string {`,
    "\tif last := len(values) - 1; last > 0 && values[last] == nil {",
    "\t\tvalues = values[:last]",
    "\t}",
    `\treturn fmt.Sprintf("${verb}", values)`,
    "}",
  ].join("\n");
  const head = `package ${named.replace(/_test$/, "")}\n\nimport (\n\t"fmt"\n\t"testing"\n)`;
  return `${[head, ...bodies, helper].join("\n\n")}\n`;
}

/** Whether no list stands in a code without its type. */
function isTyped(code: string): boolean {
  let typed = true;
  outsideQuotes(code, (part) => {
    if (/(?<![\w)\]])\[(?!\])/.test(part)) typed = false;
    return part;
  });
  return typed;
}

/** Texts in single quotes, which are signs in Go, in double ones: small models write texts as other languages do, and hardly ever a sign. */
function quoted(code: string): string {
  return code.replace(
    /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'((?:[^'\\\n]|\\.)*)'/g,
    (all, text?: string) => text === undefined || text.startsWith("\\") ? all : JSON.stringify(text),
  );
}
