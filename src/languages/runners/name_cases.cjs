// Loaded first by each Node program of a check (NODE_OPTIONS). Where the program is a test runner that it knows, it has the runner write its
// results into the folder that AUTONOMY_REPORTS names, run all tests, and end. Everything else it leaves alone.
"use strict";

const { realpathSync } = require("node:fs");
const { join } = require("node:path");
const { isMainThread } = require("node:worker_threads");

/** Options that keep a run from ending, and options that leave out tests once one failed or where nothing was changed. */
const JEST_LEFT_OUT = /^(?:--watch(?:All)?(?:=.*)?|-b|--bail(?:=.*)?|-o|--onlyChanged|--lastCommit)$/;
const VITEST_LEFT_OUT = /^(?:-w|--watch(?:=.*)?|--ui|--open|--bail=.*|--standalone)$/;
const MOCHA_LEFT_OUT = /^(?:-w|--watch|-b|--bail)$/;
/** What asks a runner for something else than its tests. */
const NO_TESTS = /^(?:--version|-v|--help|-h|--listTests|--showConfig|--init|--clearCache|--list)$/;

/** Runners by the end of the path of their program, each with its words instead of those it was given. */
const RUNNERS = [
  [/\/(?:jest|jest-cli)\/bin\/jest\.js$|\/react-scripts\/scripts\/test\.js$/, jest],
  [/\/vitest\/(?:vitest\.mjs|dist\/cli\.js)$/, vitest],
  [/\/mocha\/(?:bin\/_?mocha(?:\.js)?|lib\/cli\/cli\.js)$/, mocha],
  [/\/jasmine\/bin\/jasmine\.js$/, jasmine],
  [/\/ava\/(?:entrypoints\/)?cli\.m?js$/, ava],
];

function jest(words, report) {
  if (words.some((word) => /^--(?:json|outputFile)\b/.test(word))) return words;
  return ["--json", `--outputFile=${report}.json`, "--bail=0", ...words.filter((word) => !JEST_LEFT_OUT.test(word))];
}

function vitest(words, report) {
  const [command = ""] = words;
  if (/^(?:bench|list|init|typecheck|related)$/.test(command)) return words;
  if (words.some((word) => /^--outputFile\b/.test(word))) return words;
  const kept = words.filter((word, index) =>
    !VITEST_LEFT_OUT.test(word) && !(index === 0 && /^(?:watch|dev)$/.test(word))
  );
  const chosen = words.some((word) => /^--reporters?\b/.test(word)) ? [] : ["--reporter=default"];
  const ours = [...chosen, "--reporter=json", `--outputFile.json=${report}.json`, "--bail=0"];
  return before(kept, command === "run" ? ours : ["--run", ...ours]);
}

function mocha(words) {
  // A reporter that is none of its own may be awaited by what comes after it.
  const chosen = words.findIndex((word) => /^(?:-R|--reporter)(?:=|$)/.test(word));
  const name = chosen === -1 ? "spec" : /=(.*)$/.exec(words[chosen])?.[1] ?? words[chosen + 1] ?? "";
  if (!/^(?:spec|dot|min|list|progress|landing|nyan|tap|json|json-stream|xunit|doc|html|markdown)$/.test(name)) {
    return words;
  }
  const kept = words.filter((word, index) =>
    !MOCHA_LEFT_OUT.test(word) && index !== chosen &&
    !(index === chosen + 1 && chosen !== -1 && !words[chosen].includes("="))
  );
  return before(kept, [`--reporter=${join(__dirname, "mocha_reporter.cjs")}`, "--no-bail"]);
}

function jasmine(words) {
  if (
    words.some((word) => /^--reporter=/.test(word)) || /^(?:init|examples|help|version|enumerate)$/.test(words[0] ?? "")
  ) return words;
  return before(words.filter((word) => !/^--fail-fast/.test(word)), [
    `--reporter=${join(__dirname, "jasmine_reporter.cjs")}`,
  ]);
}

function ava(words) {
  if (words.includes("--tap") || words.includes("-t")) return words;
  return before(words.filter((word) => !/^(?:-w|--watch|--fail-fast)$/.test(word)), ["--tap"]);
}

/** Puts words before what stands behind `--`. */
function before(words, added) {
  const end = words.indexOf("--");
  return end === -1 ? [...words, ...added] : [...words.slice(0, end), ...added, ...words.slice(end)];
}

function program() {
  try {
    return realpathSync(process.argv[1]).replaceAll("\\", "/");
  } catch {
    return "";
  }
}

const folder = process.env.AUTONOMY_REPORTS;
if (folder !== undefined && isMainThread && process.argv.length > 1) {
  const words = process.argv.slice(2);
  const known = RUNNERS.find(([path]) => path.test(program()));
  // A program that starts itself anew hands on the words that it was given.
  const isAsked = words.some((word) => word.startsWith("--") && word.includes(__dirname));
  if (known !== undefined && !isAsked && !words.some((word) => NO_TESTS.test(word))) {
    const report = join(folder, `${process.pid}-${Date.now()}`);
    process.argv.splice(2, Infinity, ...known[1](words, report));
  }
}
