import assert from "node:assert/strict";
import { projectCommand } from "../../../src/features/later/project_command.ts";
import { shellLine, wordsOf } from "../../../src/features/words_of.ts";
import { LANGUAGES } from "../../../src/languages/languages.ts";
import { WITH_SHOUT } from "../../house/shout.ts";

const INSTALLS = [
  "npm install left-pad",
  "npm i",
  "npm ci",
  "npm --prefix web install",
  "npm -w web uninstall left-pad",
  "npm audit fix",
  "npm.cmd install",
  "pnpm add -D vitest",
  "pnpm --filter web add left-pad",
  "yarn",
  "yarn --frozen-lockfile",
  "yarn add left-pad",
  "bun add left-pad",
  "deno add npm:left-pad",
  "pip install -r requirements.txt",
  "pip3.12 uninstall -y requests",
  "/usr/bin/pip3 install requests",
  "python -m pip install requests",
  "python3.12 -m pip --timeout 5 install requests",
  "python -m venv .venv",
  "uv add requests",
  "uv pip install requests",
  "uv run pip install requests",
  "poetry add requests",
  "pip-sync",
  "cargo add serde",
  "cargo +nightly add serde",
  "cargo --manifest-path sub/Cargo.toml add serde",
  "go get golang.org/x/text",
  "go mod tidy",
  "timeout 60 npm install left-pad",
  "env CI=1 npm install left-pad",
  "nice -n 5 npm ci",
  "npx npm install left-pad",
  "npm install left-pad -- --help",
];

const KEEPS = [
  "git commit -m done",
  'git commit -m "npm install and more"',
  "git add .",
  "git -C sub commit -m done",
  "git -c user.name=me commit -m done",
  "git tag v1.0",
  "git tag -a v1.0 -m first",
  "git branch later",
  "git branch -D later",
  "git push",
  "git remote add origin ssh://host/p",
  "timeout 10 git commit -m done",
  "hg commit -m done",
];

const NEITHER = [
  "npm test",
  "npm run build",
  "npm run install",
  "npm ls",
  "npm outdated",
  "npm install --help",
  "npm install --dry-run left-pad",
  "npm",
  "yarn test",
  "yarn --version",
  "pip list",
  "pip show install",
  "pip freeze",
  "python -m pytest",
  "python install.py",
  "python",
  "uv run pytest",
  "uv pip list",
  "poetry show",
  "cargo build",
  "cargo test add",
  "cargo tree",
  "go test ./...",
  "go build",
  "go mod graph",
  "git",
  "git status",
  "git diff",
  "git log -1",
  "git tag",
  "git tag -l v1",
  "git tag --list=v1",
  "git tag --points-at HEAD",
  "git branch",
  "git branch -a",
  "git branch --contains v1",
  "git remote -v",
  "git checkout -- src/a.js",
  "git stash",
  "git reset --hard",
  "git revert HEAD",
  "git show commit",
  "git commit --dry-run",
  "echo npm install left-pad",
  "node install.js",
  "make install",
  "grep -r install src",
  "",
];

Deno.test("commands that change what a project uses are told from all others, also behind programs that start them", () => {
  assert.deepEqual(INSTALLS.filter((line) => projectCommand(wordsOf(line), LANGUAGES) !== "dependencies"), []);
});

Deno.test("commands that change what version control keeps are told by themselves", () => {
  assert.deepEqual(KEEPS.filter((line) => projectCommand(wordsOf(line), LANGUAGES) !== "repository"), []);
});

Deno.test("commands that only look, build or test, or that take changes of files away, are none of them", () => {
  assert.deepEqual(NEITHER.filter((line) => projectCommand(wordsOf(line), LANGUAGES) !== null), []);
});

Deno.test("a language that is added names its own", () => {
  const shout = { ...WITH_SHOUT.shout!, changesProject: { choir: { changes: "hire" } } };
  assert.equal(projectCommand(["choir", "hire", "alto"], { shout }), "dependencies");
  assert.equal(projectCommand(["choir", "sing"], { shout }), null);
  assert.equal(projectCommand(["npm", "install"], { shout }), null, "one that is not known names none");
});

Deno.test("a command that is left to a person is written so that a shell carries out nothing in its words", () => {
  const words = ["git", "commit", "-m", "it's $(rm -rf x) `y` $HOME", "a\nb\\'\tc", "\u202e", ""];
  const line = shellLine(words);
  assert.equal(line.includes("\n"), false);
  const { stdout } = new Deno.Command("bash", { args: ["-c", `printf '%s\\0' ${line}`], env: { LC_ALL: "C.UTF-8" } })
    .outputSync();
  assert.deepEqual(new TextDecoder().decode(stdout).split("\0").slice(0, -1), words);
});
