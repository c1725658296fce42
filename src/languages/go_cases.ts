import { calledIn, failureOf, type TestCase, type TestPlace } from "./test_cases.ts";

/**
 * Writes a test of some calls for `go test`, in the package that is tested. What a call gives is compared as it is printed, so that a figure
 * needs no type. Calls that fail give a second value in Go, and are left out.
 */
export function goCases(all: readonly TestCase[], { subjectText, like }: TestPlace): string | null {
  const cases = all.filter((one) => failureOf(one) === null && calledIn(one.call) !== null).map(({ call, gives }) => ({
    call: quoted(call),
    gives: quoted(gives),
  }));
  const name = cases[0] === undefined ? null : calledIn(cases[0].call);
  const named = /^package[ \t]+(\w+)/m.exec(subjectText ?? like ?? "")?.[1];
  if (name === null || named === undefined) return null;
  const title = `Test${name.slice(0, 1).toUpperCase()}${name.slice(1)}Case`;
  const bodies = cases.map(({ call, gives }, index) =>
    [
      `func ${title}${index + 1}(t *testing.T) {`,
      `\tgot, want := fmt.Sprint(${call}), fmt.Sprint(${gives})`,
      "\tif got != want {",
      `\t\tt.Errorf("%s is %s, want %s", ${JSON.stringify(call)}, got, want)`,
      "\t}",
      "}",
    ].join("\n")
  );
  const head = `package ${named.replace(/_test$/, "")}\n\nimport (\n\t"fmt"\n\t"testing"\n)`;
  return `${[head, ...bodies].join("\n\n")}\n`;
}

/** Texts in single quotes, which are signs in Go, in double ones: small models write texts as other languages do, and hardly ever a sign. */
function quoted(code: string): string {
  return code.replace(
    /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'((?:[^'\\\n]|\\.)*)'/g,
    (all, text?: string) => text === undefined || text.startsWith("\\") ? all : JSON.stringify(text),
  );
}
