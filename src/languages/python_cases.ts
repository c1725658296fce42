import { type CaseWords, failureOf, inWords, namesIn, takenFrom, type TestCase, type TestPlace } from "./test_cases.ts";

const WORDS: CaseWords = {
  values: ["True", "False", "None"],
  known:
    "abs all any bool bytes dict enumerate filter float frozenset int isinstance iter len list map max min next object range repr reversed " +
    "round set sorted str sum tuple type zip",
};

/** A line that begins an import. */
const IMPORT = /^(?:import|from)[ \t]+([\w.]+)/;

/** Writes a test of some calls for pytest or unittest, whichever the test beside it is written for. */
export function pythonCases(all: readonly TestCase[], place: TestPlace): string | null {
  const cases = inWords(all, place, WORDS);
  const beside = alsoImported(cases, place);
  const bound = new Set<string>(beside.join(" ").match(/\w+/g));
  const taken = takenFrom(cases, place, WORDS).filter((one) => !bound.has(one));
  const [name] = taken;
  if (name === undefined) return null;
  const isPlain = place.like !== null && !/\bunittest\b/.test(place.like);
  const fails = cases.some((one) => failureOf(one) !== null);
  const head = [
    ...(isPlain ? fails ? ["import pytest", ""] : [] : ["import unittest", ""]),
    ...beside,
    `from ${moduleOf(place)} import ${taken.join(", ")}`,
  ];
  const word = name.toLowerCase();
  const bodies = cases.map((one, index) => {
    const title = `test_${word}_${index + 1}`;
    return isPlain ? [`def ${title}():`, ...plain(one)] : [`    def ${title}(self):`, ...ofClass(one)];
  });
  if (isPlain) return `${[head.join("\n"), ...bodies.map((lines) => lines.join("\n"))].join("\n\n\n")}\n`;
  const title = `class ${
    name.replace(/(?:^|_)([a-z])/g, (_all, sign: string) => sign.toUpperCase())
  }Test(unittest.TestCase):`;
  return `${head.join("\n")}\n\n\n${title}\n${bodies.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function plain(one: TestCase): readonly string[] {
  const error = failureOf(one);
  return error === null
    ? [`    assert ${one.call} == ${one.gives}`]
    : [`    with pytest.raises(${error === "" ? "Exception" : error}):`, `        ${one.call}`];
}

function ofClass(one: TestCase): readonly string[] {
  const error = failureOf(one);
  return error === null
    ? [`        self.assertEqual(${one.call}, ${one.gives})`]
    : [`        with self.assertRaises(${error === "" ? "Exception" : error}):`, `            ${one.call}`];
}

/** The module of the tested file, as the test beside it names it; else by its path. */
function moduleOf({ subject, like }: TestPlace): string {
  const parts = subject.replace(/\.pyi?$/, "").replace(/\/__init__$/, "").split("/");
  const last = parts.at(-1)!;
  const known = (like ?? "").split("\n").flatMap((line) => /^from[ \t]+([\w.]+)[ \t]+import\b/.exec(line)?.[1] ?? []);
  return known.find((module) => module.split(".").at(-1) === last) ??
    (parts[0] === "src" ? parts.slice(1) : parts).join(".");
}

/** Imports of the test beside it that bind a name which stands in the cases, but those of the tested file. */
function alsoImported(cases: readonly TestCase[], place: TestPlace): readonly string[] {
  const named = namesIn(cases);
  const module = moduleOf(place);
  return (place.like ?? "").split("\n").filter((line) => {
    const from = IMPORT.exec(line)?.[1];
    if (from === undefined || from === module || /^(?:unittest|pytest)$/.test(from)) return false;
    const bound = line.replace(/^from[ \t]+[\w.]+[ \t]+/, "").match(/\w+/g) ?? [];
    return bound.some((name) => named.has(name));
  });
}
