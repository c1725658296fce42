/**
 * Words after a command that a person allowed by its beginning, which yet make another command of it: they bring code of their own, name a
 * program or a file of settings that names one, widen what the program may do, or write where no tool would be let to.
 *
 * How a word is written here:
 * `--name` a long option, also shortened (`--na`), with one dash and with its value behind `=`; `--name!` not shortened;
 * `-x` a short option, also among others (`-vxf`) and with its value glued on; `-name` a long option of a program that writes one dash;
 * `name` a bare word; `name*` any word that begins so; `=` an assignment such as `NAME=value`.
 */
export interface AskingProgram {
  /** Words that ask, blanks between them, by the reason, which ends the sentence "… asks, since it". */
  readonly asks: Readonly<Record<string, string>>;
  /** Whether its options have long names behind one dash, so that letters are not options of their own. */
  readonly oneDash?: true;
  /** How many bare words stand before a command of its own begins: where the allowed beginning holds no more, all that follows asks. */
  readonly commandAfter?: number;
  /** What its first bare word, a script, may look like. */
  readonly script?: RegExp;
}

const CODE = "brings code of its own";
const PROGRAM = "names a program to run";
const SETTINGS = "reads other settings, which can name programs";
const LOADS = "loads code from a place of its choice";
const FETCHES = "fetches code from elsewhere and runs it";
const WIDER = "widens what it may do";
const PLACE = "works in another place";
const WRITES = "writes or deletes files";

/** Places that code is loaded from. */
const ADDRESSES = "http:* https:* data:* blob:* file:* npm:* jsr:* git+* git@* ssh:* git:*";

const SHELL: AskingProgram = { asks: { [CODE]: "-c -s -i --init-file --rcfile --command", [LOADS]: "-l --login" } };
const WRAPPER: AskingProgram = { asks: {}, commandAfter: 1 };
/** A program that runs another by a word of its own, such as `uv run`. */
const RUNS: AskingProgram = { asks: {}, commandAfter: 2 };
const FETCHER: AskingProgram = { asks: { [PROGRAM]: "-c --call -p --package --from --with --spec" }, commandAfter: 1 };
const COMPILER: AskingProgram = {
  asks: {
    [LOADS]: "-fplugin* -specs* --specs -load* @* -Xclang* -B* -fuse-ld*",
    [PROGRAM]: "-wrapper* -Wl,* -Wp,* -Wa,*",
  },
  oneDash: true,
};
const NODE_PACKAGES: AskingProgram = {
  asks: {
    [CODE]: "exec x explore dlx create init eval",
    [SETTINGS]:
      "--node-options --script-shell --userconfig --globalconfig --git --shell --call config set pkg c --node-arg* --prefix --cwd --dir -C --use-yarnrc --workspace-root!",
    [FETCHES]: `install i add ci link ${ADDRESSES} --registry`,
    [PLACE]: "-g --global --location",
  },
};
const CONTAINERS: AskingProgram = {
  asks: {
    [PLACE]: "-v --volume --volumes-from --mount --device --entrypoint -H --host --context cp",
    [WIDER]: "--privileged --cap-add --security-opt --pid --ipc --userns --network --net",
    [PROGRAM]: "exec --config -f --file",
  },
};

/** One row for programs, by their names, which are alike. */
function each(program: AskingProgram, names: string): Record<string, AskingProgram> {
  return Object.fromEntries(names.split(", ").map((name) => [name, program]));
}

/** Words that ask behind any program: many are passed on to programs that nobody knows here. */
export const ASKING_ANYWHERE: Readonly<Record<string, string>> = {
  [CODE]: "--eval --exec --execute --command --node-options --checkpoint-action! --to-command --code!",
  [LOADS]:
    "--require --import --import-map --loader --experimental-loader! --preload --init-file --rcfile --plugin --plugins --plugin-dir --test-reporter! --reporter --reporters --globalSetup! --setupFiles! --setupFilesAfterEnv! --environment --transform! --resolver! --runner! --testRunner! --inspect* data:*",
  [PROGRAM]:
    "--exec-path --script-shell --shell --rsh --use-compress-program --upload-pack --receive-pack --toolexec --pager --editor --compiler",
  [SETTINGS]: "--config --config-file --config-env --rcfile --rootdir --root-dir! --cov-config!",
};

/** The programs of which more is known, each by its name without a path and without a number at its end. */
export const ASKING_PROGRAMS: Readonly<Record<string, AskingProgram>> = {
  make: {
    asks: {
      [CODE]: "--eval -E =",
      [SETTINGS]: "-f --file --makefile -I --include-dir -e --environment-overrides",
      [PLACE]: "-C --directory",
    },
  },
  just: {
    asks: {
      [CODE]: "--command -c --shell --shell-arg --set =",
      [SETTINGS]: "-f --justfile -d --working-directory --dotenv*",
    },
  },
  cmake: { asks: { [CODE]: "-P -D -E -C", [SETTINGS]: "--toolchain --preset -S -B" } },
  ninja: { asks: { [SETTINGS]: "-f -C" } },
  cargo: {
    asks: {
      [SETTINGS]: "--config -Z --manifest-path -C --target-dir --lockfile-path +*",
      [FETCHES]: "install --git --registry --index",
    },
  },
  go: {
    asks: {
      [PROGRAM]: "-exec -toolexec -vettool -ldflags -gcflags -asmflags -gccgoflags -compiler generate tool",
      [SETTINGS]: "-overlay -modfile -C -pkgdir env work",
      [FETCHES]: "run install get",
      [WRITES]: "-o -outputdir -coverprofile -cpuprofile -memprofile -blockprofile -mutexprofile -trace",
    },
    oneDash: true,
  },
  pytest: {
    asks: {
      [LOADS]: "-p --import-mode --pyargs --confcutdir --pdbcls --trace-config! @*",
      [SETTINGS]: "-c --config-file --rootdir --inifile -o --override-ini",
      [WRITES]: "--basetemp --junitxml --junit-xml --log-file --debug",
    },
  },
  py: { asks: { [LOADS]: "-p --import-mode -c -o" } },
  python: { asks: { [CODE]: "-c -m -i", [WIDER]: "-X" } },
  unittest: { asks: { [LOADS]: "-s --start-directory -t --top-level-directory" } },
  tox: { asks: { [SETTINGS]: "-c --conf --root -x --override --workdir" } },
  nox: { asks: { [SETTINGS]: "-f --noxfile" } },
  pip: {
    asks: {
      [FETCHES]:
        `install download wheel ${ADDRESSES} -i --index-url --extra-index-url -f --find-links -e --editable -r --requirement`,
      [PLACE]: "-t --target --prefix --root --user",
      [PROGRAM]: "--python",
    },
  },
  uv: {
    asks: {
      [FETCHES]:
        "--with --with-editable --with-requirements --index-url --default-index --index --find-links tool x pip add",
      [PROGRAM]: "run -p --python -m --module",
      [PLACE]: "--directory --project",
      [SETTINGS]: "--config-file --env-file",
    },
  },
  poetry: { asks: { [PLACE]: "-C --directory -P --project", [SETTINGS]: "config self add source run" } },
  node: {
    asks: {
      [CODE]: "-e --eval -p --print -i --interactive",
      [LOADS]:
        `-r --require --import --loader --experimental-loader! -C --conditions --env-file --env-file-if-exists! --test-reporter! --test-global-setup! --openssl-config --icu-data-dir ${ADDRESSES}`,
      [WIDER]:
        "--inspect* --allow-* --build-snapshot --experimental-sea-config! --diagnostic-dir --cpu-prof-dir --report-dir --report-directory --redirect-warnings --trace-event-file-pattern",
    },
  },
  deno: {
    asks: {
      [CODE]: "eval repl -e --eval",
      [SETTINGS]: "-c --config --import-map --env --env-file --lock --unstable-* --v8-flags",
      [LOADS]: `--preload --require --node-modules-dir --vendor --ext ${ADDRESSES}`,
      [FETCHES]: "-r --reload --cert --unsafely-ignore-certificate-errors install x add serve",
      [WIDER]: "-A -R -W -N -E -S --allow-* --inspect*",
      [WRITES]: "-o --output --coverage --junit-path",
    },
  },
  bun: {
    asks: {
      [CODE]: "-e --eval -p --print x create init",
      [LOADS]: `-r --preload --require --import -c --config --define -d -l --loader --cwd --env-file ${ADDRESSES}`,
      [FETCHES]: "add install",
    },
  },
  jest: {
    asks: { [SETTINGS]: "-c --config --rootDir! --roots! --preset", [LOADS]: "--env! --testEnvironment! --globals" },
  },
  vitest: { asks: { [SETTINGS]: "-c --config -r --root --dir", [LOADS]: "--environment --reporter" } },
  mocha: {
    asks: {
      [LOADS]: "-r --require -R --reporter -u --ui -n --node-option --file --extension",
      [SETTINGS]: "--config --package --opts",
    },
  },
  eslint: {
    asks: {
      [SETTINGS]: "-c --config --rulesdir --resolve-plugins-relative-to --parser --plugin",
      [LOADS]: "-f --format",
      [WRITES]: "-o --output-file",
    },
  },
  tsc: { asks: { [SETTINGS]: "-p --project -b --build @*", [WRITES]: "--outDir! --outFile!" } },
  git: {
    asks: {
      [SETTINGS]: "-c --config-env --exec-path --git-dir --work-tree --namespace config alias --template --attr-source",
      [PLACE]: "-C --output clone worktree",
      [PROGRAM]:
        "-p --paginate --upload-pack -u --receive-pack --exec -x --ext-diff --textconv --open-files-in-pager -O --extcmd --tool -t --gpg-sign -S --editor difftool mergetool filter-branch bisect submodule hook instaweb send-email daemon",
      [FETCHES]: `${ADDRESSES} ext::* --remote`,
    },
  },
  hg: { asks: { [SETTINGS]: "--config --config-file -R --repository --cwd", [PROGRAM]: "--ssh -e --tool" } },
  svn: { asks: { [SETTINGS]: "--config-option --config-dir", [PROGRAM]: "--diff-cmd --diff3-cmd --editor-cmd" } },
  find: {
    asks: {
      [PROGRAM]: "-exec -execdir -ok -okdir",
      [WRITES]: "-delete -fprint -fprint0 -fprintf -fls",
      [LOADS]: "-files0-from",
    },
    oneDash: true,
  },
  fd: { asks: { [PROGRAM]: "-x --exec -X --exec-batch" } },
  rg: { asks: { [PROGRAM]: "--pre --hostname-bin -z --search-zip" } },
  sort: { asks: { [PROGRAM]: "--compress-program", [WRITES]: "-o --output -T --temporary-directory" } },
  split: { asks: { [PROGRAM]: "--filter" } },
  tar: {
    asks: {
      [PROGRAM]:
        "--to-command --checkpoint-action -I --use-compress-program -F --info-script --new-volume-script --rsh-command --rmt-command",
      [PLACE]: "-C --directory -P --absolute-names",
    },
  },
  zip: { asks: { [PROGRAM]: "-T -TT* --unzip-command" } },
  rsync: { asks: { [PROGRAM]: "-e --rsh --rsync-path --filter -M --remote-option --daemon --early-exec" } },
  ssh: { asks: { [PROGRAM]: "-o -F -S -E -w -L -R -D -J -I" }, commandAfter: 2 },
  scp: { asks: { [PROGRAM]: "-o -F -S -J" } },
  sftp: { asks: { [PROGRAM]: "-o -F -S -b -D -J" } },
  curl: {
    asks: {
      [SETTINGS]: "-K --config",
      [WRITES]: "-o --output -O --remote-name --output-dir --dump-header -D --trace -c --cookie-jar",
      [PLACE]: "-T --upload-file -F --form -d --data --data-*",
    },
  },
  wget: {
    asks: {
      [PROGRAM]: "--use-askpass",
      [SETTINGS]: "-e --execute --config",
      [WRITES]: "-O --output-document -P --directory-prefix -o -a",
      [PLACE]: "--post-file --body-file",
    },
  },
  awk: { asks: { [CODE]: "-f --file -e --source -i --include -l --load -E --exec" }, commandAfter: 1 },
  gawk: { asks: { [CODE]: "-f --file -e --source -i --include -l --load -E --exec" }, commandAfter: 1 },
  mawk: { asks: { [CODE]: "-f --file" }, commandAfter: 1 },
  sed: {
    asks: { [CODE]: "-e --expression -f --file -l --line-length", [WRITES]: "-i --in-place" },
    script:
      /^(?:\d+(?:,\+?\d+|,\$)?|\$)?[pdq=]$|^s([^\w\s\\])(?:(?!\1)[^\\\n]|\\.)*\1(?:(?!\1)[^\\\n]|\\.)*\1[gpIi0-9]*$/,
  },
  perl: { asks: { [CODE]: "-e -E -n -p -x", [LOADS]: "-M -m -I -d", [WRITES]: "-i" } },
  ruby: { asks: { [CODE]: "-e -n -p -x", [LOADS]: "-r -I -C -E --require", [WRITES]: "-i" } },
  php: { asks: { [CODE]: "-r -B -R -E -a", [SETTINGS]: "-c -d -z -S -F" } },
  lua: { asks: { [CODE]: "-e -i", [LOADS]: "-l" } },
  java: {
    asks: {
      [LOADS]:
        "-javaagent* -agentlib* -agentpath* -cp -classpath --class-path --module-path -p -Xbootclasspath* @* -D*",
      [PROGRAM]: "-XX:*",
    },
    oneDash: true,
  },
  javac: { asks: { [LOADS]: "-processor -processorpath -cp -classpath --class-path -J* -Xplugin* @*" }, oneDash: true },
  ...each(
    { asks: { [CODE]: "-D* exec:*", [SETTINGS]: "-f --file -s --settings -gs -t --toolchains" }, oneDash: true },
    "mvn, mvnw",
  ),
  ...each({
    asks: {
      [CODE]: "-I --init-script -D* -P*",
      [SETTINGS]: "-b --build-file -c --settings-file -p --project-dir -g --gradle-user-home --include-build",
    },
  }, "gradle, gradlew"),
  bundle: { asks: { [CODE]: "config console exec", [PLACE]: "--gemfile --path" } },
  rake: {
    asks: {
      [CODE]: "-e --execute -p --execute-print -E --execute-continue",
      [LOADS]: "-f --rakefile -r --require -I --libdir -R --rakelibdir =",
    },
  },
  rspec: { asks: { [LOADS]: "-r --require -I -O --options -f --format --default-path", [WRITES]: "-o --out" } },
  dotnet: {
    asks: {
      [CODE]: "exec -p:* /p:* --property",
      [LOADS]: "--additionalprobingpath --additional-deps --settings -s --logger -l --test-adapter-path @*",
    },
  },
  kubectl: { asks: { [PROGRAM]: "exec cp proxy --kubeconfig -f --filename" } },
  vim: { asks: { [CODE]: "-c --cmd -S -u -s +*" } },
  gdb: { asks: { [CODE]: "-ex -x -iex -ix --args -command --command" }, oneDash: true },
  sqlite: { asks: { [LOADS]: "-init -cmd .*" }, oneDash: true, commandAfter: 2 },
  ...each({ asks: {}, commandAfter: 3 }, "docker run, podman run, docker exec, podman exec"),
  flock: { asks: { [CODE]: "-c --command" }, commandAfter: 2 },
  chroot: { asks: {}, commandAfter: 2 },
  nodemon: { asks: { [PROGRAM]: "-x --exec" } },
  ...each(COMPILER, "rustc, gcc, cc, clang"),
  ...each({ asks: {} }, "ls, cat, head, tail, wc, echo, pwd, stat, du, true"),
  ...each(NODE_PACKAGES, "npm, pnpm, yarn"),
  ...each(FETCHER, "npx, pnpx, bunx, uvx, pipx"),
  ...each(CONTAINERS, "docker, podman, docker-compose"),
  ...each(SHELL, "sh, bash, dash, zsh, ksh, fish"),
  ...each(
    RUNS,
    "uv run, poetry run, pdm run, hatch run, pipenv run, npm exec, pnpm exec, pnpm dlx, yarn exec, yarn dlx, bundle exec",
  ),
  ...each(
    WRAPPER,
    "env, xargs, parallel, sudo, doas, su, nice, ionice, nohup, setsid, time, timeout, stdbuf, watch, strace, script, unshare, nsenter, busybox, entr, watchexec",
  ),
};
