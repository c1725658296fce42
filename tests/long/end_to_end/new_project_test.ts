import assert from "node:assert/strict";
import { MARKS } from "../../../src/prompt/marks.ts";
import { PYTHON, PYTHON_TEST } from "../../../src/rehearsal/calculator_texts.ts";
import { readScene } from "../../../src/rehearsal/understudy_scene.ts";
import { findTier } from "../../../src/work/sandbox/tier.ts";
import { call, jsonLines } from "../../cli/fixtures/command_line.ts";
import { installed } from "../../run/fixtures/installed.ts";
import { type CrewRun, withCrew } from "../../end_to_end/fixtures/crew_run.ts";
import { dying } from "../../end_to_end/fixtures/dying.ts";
import { assertWhole, journalsIn, readJournal } from "../../end_to_end/fixtures/journal_file.ts";
import { withSample, withServers } from "../../end_to_end/fixtures/separate_servers.ts";
import { treeOf } from "../../end_to_end/fixtures/tree.ts";
import { answersAll } from "../../end_to_end/fixtures/wished.ts";

const CALCULATOR = "a command-line calculator with + − × ÷ and brackets";

/** Whether there are copies in which what was built can be started without harm. */
const HAS_COPIES = (await findTier("auto")).tier === "bubblewrap";

/** What a crew writes in place of the understudies; absent: what they write. */
interface Written {
  readonly test?: string;
  readonly code?: string;
}

/** Lets a crew build a calculator in an empty folder, in front of a person who says yes to all that is asked. */
function built(
  test: (crew: CrewRun) => Promise<void>,
  language: string,
  { test: asTest, code }: Written = {},
): Promise<void> {
  return withCrew(async (crew) => {
    answersAll(crew);
    await test(crew);
  }, {
    files: {},
    begun: { goal: `${CALCULATOR}, in ${language}` },
    ...(HAS_COPIES ? { apart: "bubblewrap" } : {}),
    player: (request) => {
      const { wantedText } = readScene(request, MARKS);
      const text = /test/.test(wantedText?.path ?? "") ? asTest : code;
      return wantedText === null || text === undefined ? null : `\`\`\`\n${text}\`\`\``;
    },
  });
}

/** The command that tries each, in the words of its end. */
const TRIED = { Python: /python3 calculator\.py '2 \* \(1 \+ 2\)'/, Go: /go run \. '2 \* \(1 \+ 2\)'/ };
const MANIFEST = { Python: "pyproject.toml", Go: "go.mod" };
const HAS = { Python: installed("python3", "--version"), Go: installed("go", "version") };

for (const language of ["Python", "Go"] as const) {
  Deno.test({
    name: `an empty folder becomes a calculator in ${language}: its test first, then what runs, and that was started`,
    ignore: !HAS[language],
    fn: () =>
      built(
        async (crew) => {
          const ending = await crew.end();
          assert.equal(ending?.kind, "accepted", ending?.cause);
          const tells = HAS_COPIES ? "Tried in a fresh copy: " : "Not started: no copy to start it in\\.";
          assert.match(ending.cause, new RegExp(`A new project in ${language}, as the goal says\\. ${tells}`));
          if (HAS_COPIES) {
            assert.match(ending.cause, TRIED[language]);
            assert.match(ending.cause, /ended with exit code 0 and said: 6\.$/);
          }
          const verdicts = crew.facts().flatMap((fact) => fact.type === "attempt_closed" ? [fact.verdict] : []);
          assert.deepEqual(verdicts, ["kept", "kept"], "the test, then the work");
          const [judges] = crew.facts().flatMap((fact) => fact.type === "files_protected" ? [fact.files] : []);
          assert.deepEqual(
            judges?.map(({ path }) => path),
            [MANIFEST[language]],
            "what it was set up with judges the work",
          );
        },
        language,
      ),
  });
}

/** Crews that get it wrong, by what the end of their run says of that. */
const WRONG: Readonly<Record<string, Written & { readonly says: RegExp }>> = {
  "no test": { test: "value = 1\n", says: /it takes nothing from calculator\.py, where the code will stand/ },
  "a test that says nothing": {
    test: PYTHON_TEST.replaceAll(/self\.assertEqual\(.*\)$/gm, "self.assertTrue(True)"),
    says: /no assertion in it is about anything but itself/,
  },
  "a test of something else": {
    test: PYTHON_TEST.replace("from {{module}} import calculate", "calculate = eval").replace("×", "*"),
    says: /it takes nothing from calculator\.py|the test itself is broken|passes on the code as it is/,
  },
  "code that gives wrong values": {
    code: PYTHON.replace("value * _atom", "value + _atom"),
    says: /still fail|not shown/,
  },
  "code that does not run": {
    code: PYTHON.replace("print(calculate", "print(nothing_of_that_name").replaceAll("{{source}}", "calculator.py"),
    says: /^It does not run: python3 calculator\.py '2 \* \(1 \+ 2\)' ended with exit code 1/i,
  },
};

for (const [name, { says, test, code }] of Object.entries(WRONG)) {
  Deno.test({
    name: `a new project with ${name} is not accepted, though all is said yes to`,
    ignore: !HAS.Python || name === "code that does not run" && !HAS_COPIES,
    fn: () =>
      built(
        async (crew) => {
          const ending = await crew.end();
          assert.notEqual(ending?.kind, "accepted", ending?.cause);
          assert.match(ending?.cause ?? "", says);
        },
        "Python",
        { ...(test === undefined ? {} : { test: test.replace("{{module}}", "calculator") }), ...(code && { code }) },
      ),
  });
}

/** Both sides of the steps by which a project is set up, and of the start of what was built. */
const POINTS = [
  'after effect_opened "kind":"setup"',
  "before command_closed .setup", // the tool has made its files, the journal does not say so
  "before write_closed .setup", // it is written, the journal does not say so
  'before effect_finished "kind":"setup"',
  'after effect_opened "kind":"launch"',
  'before effect_finished "kind":"launch"',
];

Deno.test({
  name:
    "a new project goes on after a kill at each step of its set-up and start, is accepted, and undo leaves an empty folder",
  ignore: Deno.build.os === "windows" || !installed("deno", "--version"),
  fn: () =>
    withServers((hosts) =>
      withSample(async (place) => {
        const goal = `${CALCULATOR}, in TypeScript`;
        for (const [index, point] of POINTS.entries()) {
          const words = index === 0 ? ["run", goal, "--trust", "--accept-tests"] : ["run", "--continue"];
          const { signal, err } = await dying(place, [...words, "--headless", ...hosts], point, {});
          assert.equal(signal, "SIGKILL", `the run did not come to "${point}": ${err}`);
        }
        const { code, out, err } = await call(place, ["run", "--continue", "--headless", "--json", ...hosts]);
        assert.equal(code, 0, err);
        const { newProject } = jsonLines(out).at(-1) ?? {};
        assert.deepEqual(newProject, {
          language: "TypeScript",
          chosen: "as the goal says",
          fault: "",
          unstarted: "",
          tried: {
            command: "deno run -A main.ts '2 * (1 + 2)'",
            ended: "ended with exit code 0",
            shown: "6\n",
          },
        });
        const journal = readJournal(journalsIn(place.state)[0] ?? "");
        assertWhole(journal);
        assert.deepEqual(Object.keys(treeOf(place.project)).sort(), [
          ".gitignore",
          "deno.json",
          "main.ts",
          "main_test.ts",
        ]);
        const shown = await call(place, ["show", "last"]);
        assert.match(shown.out, /Try it +deno run -A main\.ts '2 \* \(1 \+ 2\)' +\(ended with exit code 0\)/);
        const undone = await call(place, ["undo", "last"]);
        assert.equal(undone.code, 0, undone.out + undone.err);
        assert.deepEqual(treeOf(place.project), {});
      }, () => Deno.makeTempDir())
    ),
});
