import type { ToolEffect } from "../../src/effects/tool/tool_effect.ts";
import assert from "node:assert/strict";
import { commandRule, forcedRule } from "../../src/features/command_rule.ts";
import { quoteWords, wordsOf } from "../../src/features/words_of.ts";
import { started } from "../given/given.ts";

function effect(args: Record<string, unknown>): ToolEffect {
  return {
    kind: "tool",
    key: "k1",
    turn: "t1",
    role: "coding",
    access: "runs",
    call: { name: "run_command", arguments: args },
  };
}

/** Whether a command asks, the beginnings before ` | ` being allowed. */
function asks(line: string): boolean {
  const [beginning = "", rest = ""] = line.split(" | ");
  const rule = commandRule({ exact: [], beginnings: [wordsOf(beginning)] });
  const command = [...wordsOf(beginning), ...(rest === "" ? [] : wordsOf(rest))];
  return rule(started(), effect({ command }), {}) !== null;
}

Deno.test("a command is split into its words with quotes and without a shell", () => {
  assert.deepEqual(wordsOf(`npm  run "a b" 'c d' e\\"f`), ["npm", "run", "a b", "c d", 'e"f']);
  assert.deepEqual(wordsOf('echo "say \\"hi\\""'), ["echo", 'say "hi"']);
  assert.deepEqual(wordsOf(["git", "log -1"]), ["git", "log -1"]);
  assert.deepEqual(wordsOf(["git log -1"]), ["git", "log", "-1"]);
  assert.deepEqual(wordsOf("npm test --grep='a b'"), ["npm", "test", "--grep=a b"]);
  assert.deepEqual(wordsOf("a && b; c | d > e"), ["a", "&&", "b;", "c", "|", "d", ">", "e"]);
  assert.deepEqual(wordsOf(""), []);
});

Deno.test("a command whose shape a grammar forced asks first", () => {
  const forced = effect({ command: "npm test" });
  assert.equal(forcedRule(started(), forced, {}), null);
  assert.equal(forcedRule(started(), { ...forced, call: { ...forced.call, forced: true } }, {})?.verdict, "confirm");
});

Deno.test("a check is free as it stands and asks with any word more, less or other", () => {
  const rule = commandRule({ exact: [["npm", "test"], ["deno", "test", "-A"], []], beginnings: [[]] });
  const verdict = (command: unknown) => rule(started(), effect({ command }), {});
  for (const command of ["npm test", ["npm", "test"], "  deno   test -A", ["npm test"]]) {
    assert.equal(verdict(command), null, String(command));
  }
  assert.deepEqual(verdict("npm test --help"), { verdict: "confirm", question: "May coding run: npm test --help" });
  for (
    const command of [
      "npm test -- --grep a",
      "npm test ''",
      "npm",
      "npm testing",
      "/usr/bin/npm test",
      "./npm test",
      "A=1 npm test",
      "env A=1 npm test",
      "deno test -A data:text/javascript,1",
      "deno test",
      "rm -rf .",
      "",
    ]
  ) assert.equal(verdict(command)?.verdict, "confirm", command);
  assert.equal(rule(started(), effect({}), {}), null, "checks are no command of the model's");
});

/** What is behind ` | ` does not belong to what was allowed by the words before it. */
const ASKING = `
make | --eval=$(shell id)
make | --ev=all:;id
make | -f other.mk
make | -fother.mk
make | -sf other.mk
make | SHELL=/tmp/sh test
make test | -E all:;id
make | -C /tmp
cargo test | --config build.rustc-wrapper=/tmp/x
cargo | +nightly test
cargo | -Zunstable-options test
go test | -exec /tmp/x
go test | --exec=/tmp/x
go test | -toolexec /tmp/x ./...
go | vet -vettool=/tmp/x
go | run example.com/x@latest
go build | -ldflags=-extld=/tmp/x
pytest | -p plugin
pytest | -pplugin
pytest | -vp plugin
pytest | -c other.ini
pytest | --rootdir /tmp
pytest | --rootd=/tmp
pytest | -o python_files=x.py
pytest | --override-ini=addopts=-pplugin
python -m pytest | -p plugin
python -m pytest -q | -c=other.ini
uv run pytest | -p plugin
pytest | @arguments
git | -c core.fsmonitor=/tmp/x status
git | -ccore.pager=id log
git | --exec-path=/tmp status
git | --exec-pat=/tmp status
git | --config-env=core.pager=X log
git | config core.pager id
git diff | --ext-diff
git fetch | --upload-pack=/tmp/x
git fetch | ext::sh
git rebase | --exec id
git rebase | -x id main
git log | --output=/tmp/x
git | -C /tmp status
npm test | --node-options=--require=/tmp/x
npm test | -node-options=--require=/tmp/x
npm test | --script-shell=/tmp/sh
npm test | --prefix /tmp
npm test | -- --import ./x.mjs
npm run build | -- --config=other.js
npm | exec cowsay
npm | --silent --no-fund --quiet exec cowsay
npx | cowsay
node | -e 1
node | -p 1
node | -pe 1
node | -r ./x.js
node | --require=./x.js
node | --import ./x.mjs
node | --loader ./x.mjs
node | --inspect-brk x.js
node --test | --test-reporter=./x.mjs
node --test | --import=data:text/javascript,1
deno | eval 1
deno run | --config other.json x.ts
deno run | --import-map=other.json x.ts
deno run | -A x.ts
deno run | --allow-run x.ts
deno run | https://example.com/x.ts
deno test | data:text/javascript,1
deno task | -c other.json test
python | -c 1
python3 | -c 1
/usr/bin/python3.12 | -Bc 1
python | -m http.server
env | A=1 npm test
env A=1 | npm test
sh | -c id
bash | -xc id
bash | --rcfile x
busybox | sh
timeout 60 | id
nice -n 5 | id
xargs | rm
find . | -exec rm {} +
find . | -delete
find . | -fprint /tmp/x
fd | --exec id
rg | --pre=/tmp/x a
tar | --to-command=id -xf a.tar
tar | --checkpoint=1 --checkpoint-action=exec=id -xf a.tar
tar | -xf a.tar -Iid
tar | --use-com=id -xf a.tar
rsync | -e /tmp/x a b
rsync | -ave /tmp/x a b
ssh host | rm -rf .
ssh | -o ProxyCommand=id host
scp | -oProxyCommand=id a b
awk | BEGIN{system("id")}
gawk | -f x.awk
perl | -e 1
perl | -ne 1
perl | -Mevil x.pl
ruby | -e 1
ruby | -r./x x.rb
sed | 1e id
sed -n | 1wx a
sed | s/a/id/e a
sed | s/a/b/w/tmp/x a
sed | s/a/b/;w a
sed | -e 1e a
sed | -i s/a/b/ a
sed | -n -l 5p 1e a
sort | --compress-program=/tmp/x a
sort | -o a b
docker run image | -v /:/host
docker | run -v /:/host image
docker run | image id
gcc | -fplugin=x.so a.c
gcc | -wrapper id a.c
java | -javaagent:x.jar A
mvn test | -Dexec.executable=id
gradle test | --init-script x.gradle
eslint | --rulesdir x .
jest | --config=other.js
vitest run | --reporter=./x.js
mocha | -r ./x.js
curl | -o /tmp/x http://localhost
wget | -O /tmp/x http://localhost
`.trim().split("\n");

const FREE = `
make
make | test
make test | -j4
make | -k lint
make | --silent all
just | test
cargo test | --no-fail-fast
cargo test | --package core -- --nocapture
cargo | build --release
cargo clippy | --all-targets
go test | ./...
go test | -v -run TestA ./pkg
go test | -race -count=1 ./...
go | vet ./...
pytest | tests/a_test.py
pytest | -x -q
pytest | -k name tests
pytest | --maxfail=1 --tb=short
python -m pytest | -v tests/a_test.py::test_a
python -m unittest | -v tests.a
python | tool.py 12
git | status
git | diff --stat
git log | --oneline -20
git | show HEAD~1
git diff | -- src/a.ts
npm | test
npm test | -- --grep slugify
npm run | build
npm run build | -- --mode production
npm run watch | --silent
npx jest | src/a.test.js
npx tsc | --noEmit
node | tool.js --verbose
node | --test
node --test | tests/a.test.js
deno test | tests/a_test.ts
deno task | build
deno | fmt --check
deno | lint src
ls | -la src
cat | README.md
rg | -n pattern src
find . | -name *.ts -type f
find . | -maxdepth 2 -print
tar | -tf a.tar
sed -n | 5,10p src/a.ts
sed | s/a/b/g src/a.ts
sort | -u names.txt
timeout 60 npm test | -- --grep a
env A=1 npm test | -- --grep a
sh | scripts/build.sh
echo | a && b
`.trim().split("\n");

Deno.test("behind an allowed beginning a word asks that brings code, settings or a program of its own", () => {
  assert.deepEqual(ASKING.filter((line) => !asks(line)), []);
  assert.ok(ASKING.length >= 60);
});

Deno.test("behind an allowed beginning ordinary words are free", () => {
  assert.deepEqual(FREE.filter(asks), []);
  assert.ok(FREE.length >= 30);
});

Deno.test("of a program that is not known every option asks that was not allowed with it, and no other word", () => {
  for (const line of ["ctest | -S evil.cmake", "./check | --load=evil", "hadolint | -c x"]) {
    assert.equal(asks(line), true, line);
  }
  for (const line of ["ctest | unit", "./check -v | src", "hadolint | Dockerfile -"]) {
    assert.equal(asks(line), false, line);
  }
});

Deno.test("what was allowed by name is free: the word itself stands in the allowed beginning", () => {
  for (
    const line of ["python -m | pytest", "sh -c | ls", "deno run -A | x.ts", "make -f other.mk | all", "go run | ."]
  ) {
    assert.equal(asks(line), false, line);
  }
});

Deno.test("a program by another path is not the one that was allowed", () => {
  const rule = commandRule({ exact: [], beginnings: [["git", "status"]] });
  for (const program of ["/usr/bin/git", "./git", "bin/git", "GIT", "git.exe"]) {
    assert.equal(rule(started(), effect({ command: [program, "status"] }), {})?.verdict, "confirm", program);
  }
});

Deno.test("the question names the word that asks and why, and shows each word as it is", () => {
  const rule = commandRule({ exact: [], beginnings: [["git"]] });
  const verdict = rule(started(), effect({ command: ["git", "-c", "core.pager=sh -c id", "log"] }), {});
  assert.deepEqual(verdict, {
    verdict: "confirm",
    question: 'May coding run: git -c "core.pager=sh -c id" log (-c reads other settings, which can name programs)',
  });
  assert.equal(
    quoteWords(["a b", "", "\x1b[2J", "x\ny", 'q"\\', "\u202etxt", "a\u00a0b", "é/ü.ts"]),
    '"a b" "" "\\u{1b}[2J" "x\\ny" "q\\"\\\\" "\\u{202e}txt" "a\\u{a0}b" "é/ü.ts"',
  );
});
