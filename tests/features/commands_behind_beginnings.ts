/** Commands that ask: what is behind ` | ` does not belong to what was allowed by the words before it. */
export const ASKING = `
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
npx jest | --testResultsProcessor=./x.js
npx jest | --testResultsProcessor ./x.js
npx jest | --reporters=./x.js
npx jest | --globalSetup ./x.js
npx jest | --globalTeardown=./x.js
npx jest | --setupFilesAfterEnv ./x.js
npx jest | --watchPlugins ./x.js
npx jest | --coverageReporters ./x.js
npx jest | --snapshotSerializers ./x.js
npx jest | --rootDir=/tmp
npx jest | -tc other.js
npm test | -- -r ./evil.js
npm test | -- --globalSetup=./x.js
npm test | -- --testResultsProcessor=./x.js
npx unknown-tool | --load=./x.js
node | --env-file=x a.js
node --test | --experimental-default-config-file
vitest run | --globals
vitest run | --coverage.customProviderModule=./x.js
vitest run | --sequence.sequencer=./x.js
vitest run | --pool ./x.js
mocha | --file ./x.js
mocha | --ui ./x.js
git diff | --no-index a b
git diff | --ext-diff
git grep | -Oid a
pytest | --confcutdir=/tmp
pytest | -qp evil
pytest | --ds=evil
pytest | --doctest-glob=*.evil
python -m pytest | --cov-config=x
cargo test | --manifest-path ../x/Cargo.toml
cargo test | -- --logfile x
cargo clippy | --fix
go test | -modfile=x.mod
go test | -overlay=x.json
go test | -test.coverprofile=x
./gradlew test | -I x.gradle
./gradlew test | -Pevil=x
mvn test | -P evil
tsc | --plugins x
eslint | --fix
eslint | --no-eslintrc
ruff check | --fix
ruff check | --config x.toml
mypy | --python-executable /tmp/x
mypy | --config-file=x.ini
tox | -c x.ini
poetry run pytest | -p evil
uv run pytest | --import-mode=importlib
bun test | --preload ./x.ts
deno test | --unstable-sloppy-imports
pylint | --load-plugins=evil
prettier | --plugin=./x.js
pytest | /tmp/evil_test.py
pytest | ../evil_test.py
pytest | tests/../../evil_test.py
pytest | ~/evil_test.py
node --test | /tmp/x.test.js
mocha | --spec=/tmp/x.js
mocha | --spec=../x.js
pip | install evil
npm | install evil
`.trim().split("\n");

/** The same, of what no person has to be asked. */
export const FREE = `
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
pytest | tests/test_a.py -q
pytest | -xvs tests
pytest | -rA --no-header --color=no
pytest | -k name -m "not slow" --tb short
pytest | -n 4 --lf
pytest | /project/tests/test_a.py
pytest | tests/test_a.py::TestA::test_b[1-2]
python -m pytest | -q --no-header tests/test_a.py
uv run pytest | -q
poetry run pytest | -x tests
tox | -e py312
nox | -s tests
npm test | -- --verbose
npm test | -- src/a.test.js -t name
npx vitest run | src/a.test.ts --reporter=verbose
npx vitest run | -t name --bail=1
npx jest | --runInBand --verbose
npx mocha | --reporter=dot --grep name
npx eslint | --max-warnings 0 src
npx prettier | --check .
npx playwright test | --grep a
cargo test | name -- --exact
cargo clippy | -- -D warnings
cargo | fmt --check
go test | -run=TestA -v ./pkg/...
go test | -short -timeout 60s ./...
bun test | -t name
deno test | --filter name tests
./gradlew test | --tests a.B --info
mvn test | -q -ntp
git log | -n 5 --stat
git diff | main..dev
git show | HEAD~1 --stat
ruff check | --diff src
mypy | --strict src
rg | -ni -A3 pattern src
head | -n5 a
head | -20 a
tail | -n 20 a
du | -sh src
`.trim().split("\n");
