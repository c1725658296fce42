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
 * needs no type; texts are printed in quotes, so that two of them are not one, each case as what it gives wants it, and an error that is nil is
 * left off. Calls that fail give a
 * second value in Go and are left out, as are lists whose type nothing tells.
 */
export function goCases(all: readonly TestCase[], place: TestPlace): string | null {
  const cases = inWords(all.map(({ call, gives }) => ({ call: inGo(call), gives: inGo(gives) })), place, WORDS)
    .filter((one) => failureOf(one) === null && isTyped(one.call) && isTyped(one.gives));
  const named = /^package[ \t]+(\w+)/m.exec(place.subjectText ?? place.like ?? "")?.[1];
  if (named === undefined || takenFrom(cases, place, WORDS).length === 0) return null;
  const file = place.path.slice(place.path.lastIndexOf("/") + 1).replace(/_test\.go$/, "");
  const title = file.split(/[^A-Za-z0-9]/).map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join("");
  const helpers = { "%q": `quoted${title}`, "%v": `shown${title}` };
  const verbOf = ({ gives }: TestCase) => gives.includes('"') || gives.includes("`") ? "%q" : "%v";
  const bodies = cases.map((one, index) => {
    const { call, gives } = one;
    const shown = helpers[verbOf(one)];
    return [
      `func Test${title}${index + 1}(t *testing.T) {`,
      `\tgot, want := ${shown}(${call}), ${shown}(${gives})`,
      "\tif got != want {",
      `\t\tt.Errorf("%s is %s, want %s", ${JSON.stringify(call)}, got, want)`,
      "\t}",
      "}",
    ].join("\n");
  });
  const used = [...new Set(cases.map(verbOf))].map((verb) =>
    [
      `func ${helpers[verb]}(values ...interface{}) string {`,
      "\tif last := len(values) - 1; last > 0 && values[last] == nil {",
      "\t\tvalues = values[:last]",
      "\t}",
      `\treturn fmt.Sprintf("${verb}", values)`,
      "}",
    ].join("\n")
  );
  const head = `package ${named.replace(/_test$/, "")}\n\nimport (\n\t"fmt"\n\t"testing"\n)`;
  return `${[head, ...bodies, ...used].join("\n\n")}\n`;
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

/** A piece of code with texts and lists as Go writes them: small models write both as other languages do. */
function inGo(code: string): string {
  return withTypes(quoted(code));
}

/** What tells the type of values by how they are written. */
const TYPES = [
  ["string", /^(?:"(?:[^"\\\n]|\\.)*"|`[^`]*`)$/],
  ["int", /^[-+]?\d+$/],
  ["float64", /^[-+]?(?:\d+\.\d+|\.\d+)$/],
  ["bool", /^(?:true|false|True|False)$/],
] as const;

/** Code whose lists without a type have that of their values, where these tell one. */
function withTypes(code: string): string {
  let typed = "";
  for (let at = 0; at < code.length;) {
    const text = TEXT.exec(code.slice(at))?.[0];
    const list = text === undefined && isBareList(code, at) ? listAt(code, at) : null;
    const piece = text ?? list?.written ?? code[at]!;
    typed += piece;
    at += text?.length ?? list?.length ?? 1;
  }
  return typed;
}

/** A text at the beginning. */
const TEXT = /^(?:"(?:[^"\\\n]|\\.)*"|`[^`]*`)/;

/** Whether a list begins that is neither the type of one nor the index of something. */
function isBareList(code: string, at: number): boolean {
  if (code[at] !== "[" || /[\w)\]]$/.test(code.slice(0, at))) return false;
  return code[at + 1] !== "]" || !/^[\w[*]/.test(code.slice(at + 2));
}

/** A list as Go writes it. */
interface TypedList {
  readonly written: string;
  /** Characters of it as it stood there. */
  readonly length: number;
}

/** The list that begins somewhere, with its type; null where nothing tells that, or it is no list. */
function listAt(code: string, from: number): TypedList | null {
  const values: string[] = [];
  let value = "";
  for (let at = from + 1; at < code.length;) {
    const text = TEXT.exec(code.slice(at))?.[0];
    const inner = text === undefined && value.trim() === "" && isBareList(code, at) ? listAt(code, at) : null;
    const sign = text === undefined && inner === null ? code[at] : undefined;
    if (sign === "]" || sign === ",") {
      // A comma may stand behind the last value.
      if (value.trim() !== "") values.push(value.trim());
      else if (sign === ",") return null;
      value = "";
    } else value += text ?? inner?.written ?? sign!;
    at += text?.length ?? inner?.length ?? 1;
    if (sign !== "]") continue;
    const type = /^\w/.test(code.slice(at)) ? null : typeOf(values);
    return type === null ? null : { written: `[]${type}{${values.join(", ")}}`, length: at - from };
  }
  return null;
}

/** The type that all of some values have; null where they have none in common, or one does not tell it. */
function typeOf(values: readonly string[]): string | null {
  const types = new Set(
    values.map((value) =>
      /^(?:\[\])+\w+(?=\{)/.exec(value)?.[0] ?? TYPES.find(([, form]) => form.test(value))?.[0] ?? null
    ),
  );
  if (types.size === 2 && types.has("int") && types.has("float64")) return "float64";
  return types.size > 1 ? null : [...types][0] ?? (values.length === 0 ? "string" : null);
}

/** Texts in single quotes, which are signs in Go, in double ones: small models write texts as other languages do, and hardly ever a sign. */
function quoted(code: string): string {
  return code.replace(
    /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'((?:[^'\\\n]|\\.)*)'/g,
    (all, text?: string) => text === undefined || text.startsWith("\\") ? all : JSON.stringify(text),
  );
}
