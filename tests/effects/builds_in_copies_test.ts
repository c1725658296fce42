import assert from "node:assert/strict";
import { ASKED_FOR_ALL } from "../run/fixtures/asked_for_all.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";
import { atProof, type AtProofOptions, lacking, TIERS } from "./at_proof.ts";

/** A project that is compiled, and texts of its source of which the second lets all pass. */
interface Compiled {
  readonly tool: string;
  readonly lacks: string | null;
  readonly files: Readonly<Record<string, string>>;
  readonly source: string;
  /** Texts of the source: as it stands, repaired, and repaired wrongly. */
  readonly texts: readonly [bad: string, good: string, other: string];
}

const C = (sum: string) => `int add(int a, int b) { return ${sum}; }\n`;
const RUST = (sum: string) =>
  `pub fn add(a: i32, b: i32) -> i32 {\n    ${sum}\n}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn adds() {\n` +
  "        assert_eq!(super::add(2, 2), 4);\n    }\n}\n";
const GO = (sum: string) => `package calc\n\nfunc Add(a, b int) int { return ${sum} }\n`;

const COMPILED: readonly Compiled[] = [
  {
    tool: "make, which builds beside the sources",
    lacks: lacking("make", "--version") ?? lacking("cc", "--version"),
    files: {
      ".gitignore": "*.o\n/check\n",
      "Makefile":
        "check: check.c calc.o\n\tcc -o $@ check.c calc.o\ncalc.o: calc.c\n\tcc -c -o $@ calc.c\ntest: check\n\t./check\n",
      "check.c": "int add(int, int);\nint main(void) { return add(2, 2) != 4; }\n",
    },
    source: "calc.c",
    texts: [C("a - b"), C("a + b"), C("a / b")],
  },
  {
    tool: "make, which builds in a folder of its own",
    lacks: lacking("make", "--version") ?? lacking("cc", "--version"),
    files: {
      ".gitignore": "build/\n",
      "Makefile":
        "build/check: check.c calc.c\n\tmkdir -p build\n\tcc -o $@ check.c calc.c\ntest: build/check\n\t./build/check\n",
      "check.c": "int add(int, int);\nint main(void) { return add(2, 2) != 4; }\n",
    },
    source: "calc.c",
    texts: [C("a - b"), C("a + b"), C("a / b")],
  },
  {
    tool: "cargo",
    lacks: lacking("cargo", "--version"),
    files: {
      ".gitignore": "target/\n",
      "Cargo.toml": '[package]\nname = "calc"\nversion = "0.1.0"\nedition = "2021"\n',
    },
    source: "src/lib.rs",
    texts: [RUST("a - b"), RUST("a + b"), RUST("a / b")],
  },
  {
    tool: "go",
    lacks: lacking("go", "version"),
    files: {
      "go.mod": "module example.com/calc\n\ngo 1.21\n",
      "calc_test.go":
        'package calc\n\nimport "testing"\n\nfunc TestAdd(t *testing.T) {\n\tif Add(2, 2) != 4 {\n\t\tt.Fatal("not 4")\n\t}\n}\n',
    },
    source: "calc.go",
    texts: [GO("a - b"), GO("a + b"), GO("a / b")],
  },
];

for (const { tier, lacks } of TIERS) {
  for (const compiled of COMPILED) {
    const slow = ASKED_FOR_ALL || compiled.tool.startsWith("make") ? null : "left out without AUTONOMY_TIERS=all";
    const why = lacks ?? compiled.lacks ?? slow;
    Deno.test({
      name: `no verdict is about what was built from other work: ${compiled.tool}, with ${tier}${
        why === null ? "" : ` (${why})`
      }`,
      ignore: why !== null,
      fn: () => inTemporaryFolder((folder) => judgesEach(folder, compiled, tier)),
    });
  }
}

async function judgesEach(folder: string, compiled: Compiled, tier: AtProofOptions["tier"]): Promise<void> {
  const project = `${folder}/project`;
  const { files, source, texts: [bad, good, other] } = compiled;
  writeFiles(project, { ...files, [source]: bad });
  await atProof(project, { tier, copies: `${folder}/state` }, async (proof) => {
    const passes = (results: readonly { readonly passed: boolean }[]) => results.every(({ passed }) => passed);
    assert.equal(passes((await proof.check()).results), false);
    assert.equal((await proof.prove()).why, "");
    const verdict = async (text: string) => passes((await proof.verdict({ [source]: text })).results);
    const verdicts = [await verdict(good), await verdict(other), await verdict(good), await verdict(bad)];
    assert.deepEqual(verdicts, [true, false, true, false]);
    // What is accepted is applied, and what was built in the project is older.
    writeFiles(project, { [source]: good });
    assert.deepEqual([passes((await proof.check()).results), await verdict(other)], [true, false]);
    writeFiles(project, { [source]: other });
    assert.deepEqual([passes((await proof.check("test", true)).results), await verdict(good)], [false, true]);
  });
}
