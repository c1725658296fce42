/**
 * Options that carry no code, name no file of settings, and write nowhere: behind an allowed beginning they alone need no question. A list of
 * what is harmless holds where one of what harms never ends: programs get new options, and their plugins bring more.
 *
 * How an option is written here:
 * `--name` a long option, whole, also with its value behind `=`; `-name` the same with one dash;
 * `-x` a short option, also among others of the list and with a number behind it (`-qx`, `-j4`); `-x*` one with any value glued on;
 * `--name=value` with that value alone, even where a word of this name asks; `-#` a number; `*` any option.
 */
export const HARMLESS_OPTIONS: Readonly<Record<string, string>> = {
  ...each(
    "-v -t -g -j --grep --fgrep --match --testNamePattern --testPathPattern --testPathPatterns --test-name-pattern --verbose --silent --quiet --bail --ci --runInBand --maxWorkers --workers --jobs --parallel --no-parallel --passWithNoTests --coverage --no-coverage --run --mode --watch=false --watchAll=false --no-watch --color --colors --no-color --no-colors --noEmit --check --max-warnings --timeout --retries --forbidOnly --exit --if-present --workspaces --workspace --no-fund --no-audit --loglevel --help --version",
    "npm, pnpm, yarn",
  ),
  jest:
    "-t -i -b -w -o -f --testNamePattern --testPathPattern --testPathPatterns --testPathIgnorePatterns --runInBand --bail --verbose --silent --ci --coverage --collectCoverage --no-coverage --maxWorkers --onlyFailures --onlyChanged --changedSince --passWithNoTests --detectOpenHandles --forceExit --listTests --no-cache --noStackTrace --expand --json --color --colors --no-color --runTestsByPath --findRelatedTests --testTimeout --randomize --seed --shard --logHeapUsage --errorOnDeprecated --watch=false --watchAll=false --reporters=default --help --version",
  vitest:
    "-t --testNamePattern --run --bail --silent --color --no-color --passWithNoTests --coverage --no-coverage --changed --shard --retry --maxWorkers --no-file-parallelism --allowOnly --hideSkippedTests --logHeapUsage --testTimeout --hookTimeout --isolate --no-isolate --watch=false --no-watch --pool=forks --pool=threads --sequence.shuffle --reporter=default --reporter=verbose --reporter=dot --reporter=tap --reporter=json --reporter=basic --help --version",
  mocha:
    "-g -f -b -t -s -i -j --grep --fgrep --bail --timeout --slow --invert --retries --forbid-only --forbid-pending --check-leaks --exit --no-exit --parallel --jobs --sort --color --colors --no-color --no-colors --diff --full-trace --inline-diffs --recursive --dry-run --spec --ignore --reporter=spec --reporter=dot --reporter=min --reporter=list --reporter=tap --reporter=json --help --version",
  playwright:
    "-g -j --grep --grep-invert --project --workers --headed --retries --list --timeout --repeat-each --last-failed --pass-with-no-tests --reporter=list --reporter=line --reporter=dot",
  node:
    "--test --test-only --test-name-pattern --test-skip-pattern --test-concurrency --test-timeout --test-force-exit --test-reporter=spec --test-reporter=tap --test-reporter=dot --check --no-warnings --trace-warnings --trace-uncaught --stack-trace-limit --enable-source-maps --max-old-space-size --experimental-strip-types --verbose --silent --quiet --help --version -v -h",
  deno:
    "-q -h --quiet --check --no-check --fail-fast --filter --parallel --shuffle --ignore --json --trace-leaks --permit-no-files --no-run --doc --frozen --no-lock --no-remote --no-npm --cached-only --verbose --help --version",
  bun: "-t --test-name-pattern --bail --timeout --only --todo --rerun-each --silent --verbose --help --version",
  tsc:
    "-t -m -v --noEmit --noEmitOnError --pretty --strict --skipLibCheck --listFiles --target --module --moduleResolution --lib --jsx --esModuleInterop --allowJs --checkJs --resolveJsonModule --noUnusedLocals --noUnusedParameters --noImplicitAny --diagnostics --extendedDiagnostics --watch=false --help --version",
  eslint:
    "--quiet --max-warnings --ext --color --no-color --no-inline-config --report-unused-disable-directives --no-error-on-unmatched-pattern --no-ignore --format=stylish --format=json --help --version",
  prettier: "-c -l --check --list-different --log-level --color --no-color --no-error-on-unmatched-pattern",
  pytest:
    "-v -q -s -x -l -k -m -n -h -r* --verbose --quiet --exitfirst --maxfail --tb --lf --last-failed --ff --failed-first --nf --new-first --sw --stepwise --stepwise-skip --durations --durations-min --no-header --no-summary --showlocals --collect-only --capture --color --strict-markers --strict-config --disable-warnings --disable-pytest-warnings --deselect --ignore --ignore-glob --timeout --numprocesses --dist --setup-show --full-trace --cov --no-cov --randomly-seed --help --version",
  python: "-B -u -O -q -v -V -h --verbose --quiet --failfast --help --version",
  unittest: "-v -q -f -b -k -h --verbose --quiet --failfast --buffer --locals --durations --help",
  tox: "-e -q -v -l -p --parallel --verbose --quiet --help --version",
  nox: "-s -k -r -R -v -l -t --session --sessions --tags --list --verbose --help --version",
  pip: "-q -v --quiet --verbose --no-input --disable-pip-version-check --outdated --help --version",
  uv: "-q -v --quiet --verbose --frozen --locked --offline --no-sync --no-progress --help --version",
  poetry: "-q -v -n --quiet --verbose --no-interaction --no-ansi --help --version",
  ruff:
    "-q -v -s -n --check --diff --quiet --verbose --silent --select --ignore --extend-select --extend-ignore --line-length --no-cache --statistics --output-format --target-version --preview --show-fixes --no-fix --exit-zero --exclude --show-files --help --version",
  mypy:
    "-v --strict --ignore-missing-imports --show-error-codes --show-error-context --no-error-summary --pretty --no-incremental --warn-unused-ignores --warn-return-any --check-untyped-defs --disallow-untyped-defs --no-color-output --follow-imports --explicit-package-bases --namespace-packages --python-version --verbose --help --version",
  flake8:
    "-q -v -j --max-line-length --max-complexity --select --ignore --extend-ignore --extend-select --statistics --count --show-source --exclude --help --version",
  black: "-q -v -l --check --diff --quiet --verbose --line-length --color --no-color --help --version",
  isort: "-c -q -v --check --check-only --diff --quiet --verbose --profile --help --version",
  pylint: "-E -j --errors-only --disable --enable --jobs --score --reports --help --version",
  pyright: "--stats --verbose --outputjson --warnings --level --help --version",
  cargo:
    "-v -q -p -j -r -F -D -W -A --verbose --quiet --package --workspace --all --exclude --lib --bin --bins --example --examples --test --tests --bench --benches --all-targets --all-features --features --no-default-features --release --profile --no-run --no-fail-fast --keep-going --doc --no-deps --locked --offline --frozen --color --message-format --nocapture --no-capture --test-threads --ignored --include-ignored --exact --show-output --skip --list --check --deny --help --version",
  go:
    "-v -a -p -h -run -bench -benchmem -benchtime -count -cpu -failfast -json -list -parallel -race -short -shuffle -skip -timeout -cover -covermode -coverpkg -vet=off -tags -trimpath -fullpath -fuzz -fuzztime",
  gofmt: "-l -d -s -e",
  make:
    "-j -k -s -i -n -B -w -q -l --jobs --keep-going --silent --quiet --no-print-directory --print-directory --dry-run --just-print --always-make --output-sync --trace --help --version",
  just: "-n -q -v -l --list --summary --dry-run --quiet --verbose --no-deps --color --help --version",
  cmake: "-j -v --build --target --parallel --verbose --help --version",
  ninja: "-j -k -v -n --verbose --quiet --version",
  ctest: "-V -R -E -L -j -N --output-on-failure --verbose --parallel --rerun-failed --help --version",
  ...each(
    "-q -i -d -s -S -m -x --quiet --info --debug --stacktrace --offline --no-daemon --console --continue --parallel --tests --rerun-tasks --no-build-cache --build-cache --exclude-task --dry-run --help --version",
    "gradle, gradlew",
  ),
  ...each(
    "-q -B -o -e -X -T -pl -am -ntp -fae -ff -fn --quiet --batch-mode --offline --errors --no-transfer-progress --fail-at-end --help --version",
    "mvn, mvnw",
  ),
  dotnet:
    "-c -f -v --configuration --framework --verbosity --no-build --no-restore --nologo --filter --list-tests --help --version",
  rspec:
    "-e -t -b -c --example --tag --fail-fast --backtrace --seed --order --color --no-color --only-failures --next-failure --format=documentation --format=progress --help --version",
  rake: "-n -P -T -q -s -t --trace --quiet --silent --dry-run --tasks --help --version",
  rubocop: "-l -L -S --lint --parallel --only --except --color --no-color --help --version",
  git:
    "-s -b -z -w -n -i -l -a -r -m -q -v -M -U -# --short --branch --porcelain --stat --shortstat --numstat --name-only --name-status --summary --oneline --graph --all --decorate --no-decorate --format --pretty --date --author --since --until --after --before --grep --max-count --skip --reverse --follow --merges --no-merges --first-parent --cached --staged --color --no-color --word-diff --no-ext-diff --no-textconv --no-pager --ignore-all-space --ignore-space-change --ignore-blank-lines --unified --exit-code --quiet --verbose --abbrev-commit --no-patch --patch --check --diff-filter --find-renames --raw --dirstat --relative --show-toplevel --show-current --abbrev-ref --verify --is-inside-work-tree --untracked-files --ignored --others --modified --deleted --exclude-standard --list --message --contains --help --version",
  hg: "-q -v -l --quiet --verbose --stat --limit --help",
  svn: "-q -v -l --quiet --verbose --limit --summarize --help",
  grep:
    "-n -i -l -L -c -w -v -o -h -H -r -R -E -F -P -A -B -C -e -m -s -q -x --include --exclude --exclude-dir --color --max-count --count --help --version",
  rg:
    "-n -i -l -c -w -v -o -r -F -A -B -C -e -g -t -T -u -S -s -m -q -U -N -H --glob --type --type-not --hidden --no-ignore --files --max-count --max-depth --context --count --fixed-strings --ignore-case --line-number --multiline --smart-case --sort --color --no-heading --heading --json --stats --help --version",
  find:
    "-name -iname -path -ipath -wholename -regex -iregex -type -maxdepth -mindepth -not -o -a -or -and -print -print0 -size -mtime -mmin -newer -empty -prune -depth -H -L -P -E",
  fd: "-e -t -H -I -i -s -g -d -a --type --extension --hidden --no-ignore --max-depth --glob --help --version",
  sort: "-u -r -n -k -t -f -b -h -V -c -g -M -s --unique --reverse --numeric-sort --key --help --version",
  sed: "-n -E -r -s -u -z --quiet --silent --regexp-extended --help --version",
  tar: "-t -v -z -j -J -f --list --verbose --gzip --file --help --version",
  ...each("-Wall -Wextra -Werror -pedantic -std -c -g -O0 -O1 -O2 -O3 -Os -fsyntax-only", "gcc, cc, clang"),
  ...each("-w -c -v --version", "perl, ruby"),
  php: "-l -v --version",
  ...each(
    "-t -q -d -a -n --rm --name --tag --no-cache --pull --quiet --detach --build --format --all --tail --help --version",
    "docker, podman, docker-compose",
  ),
  curl: "-s -S -L -f -i -I -v -m --silent --show-error --fail --location --head --include --max-time --help --version",
  wget: "-q -S --quiet --spider --help --version",
  kubectl: "-n -A -w -l --namespace --all-namespaces --help",
  ...each("*", "ls, cat, head, tail, wc, echo, pwd, stat, du, true"),
};

/**
 * Whether a word is one of some harmless options.
 *
 * @param options as {@link HARMLESS_OPTIONS} writes them
 * @param word that begins with a dash
 * @param oneDash whether the program's long names stand behind one dash, so that letters are not options of their own
 */
export function isHarmless(options: string, word: string, oneDash: boolean): boolean {
  const forms = new Set(options.split(" "));
  const [name = ""] = word.split("=", 1);
  if (forms.has("*") || forms.has(word) || forms.has(name)) return true;
  if (oneDash && name.startsWith("--")) return forms.has(name.slice(1));
  if (/^-\d+$/.test(word) && forms.has("-#")) return true;
  if (forms.has(`${word.slice(0, 2)}*`)) return true;
  const [, letters] = /^-([A-Za-z]+)\d*$/.exec(name) ?? [];
  return letters !== undefined && (letters.length === 1 || !oneDash) &&
    [...letters].every((one) => forms.has(`-${one}`));
}

/**
 * Whether a word allows an option by its value, such as a reporter that comes with the runner.
 *
 * @param options as {@link HARMLESS_OPTIONS} writes them
 */
export function isHarmlessValue(options: string, word: string): boolean {
  return word.includes("=") && options.split(" ").includes(word);
}

/** One row for programs, by their names, which are alike. */
function each(options: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(", ").map((name) => [name, options]));
}
