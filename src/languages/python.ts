import { pythonMethod } from "./as_method.ts";
import { dirname, join, normalize } from "node:path/posix";
import { definitionsByForm } from "./definitions_by_form.ts";
import { exportsByForm } from "./exports.ts";
import { pythonCases } from "./python_cases.ts";
import { pythonTaking } from "./python_taking.ts";
import { inGroupOf } from "./python_group.ts";
import type { Language } from "./language.ts";
import type { SetupWay } from "./new_project.ts";
import { LONG_QUOTES } from "./quotes.ts";
import { pytest } from "./runners/pytest.ts";
import { django } from "./runners/django.ts";
import { BARE_TEST, HOLDS_TESTS } from "./runners/python_project.ts";
import { unittest } from "./runners/unittest.ts";
import { importsByName } from "./standard_names.ts";
import { say, type Wording } from "../sentences/say.ts";

/** A class of tests, whatever it is called. */
const CASES = /^class[ \t]+\w{1,200}[ \t]*\([^\n)]{0,200}\b\w{0,100}TestCase\b/m;
/** Relative imports of neighbours from which they count as a habit. */
const ENOUGH = 3;

/** Commands of those who manage what a project uses. */
const MANAGED = "add, remove, install, update, lock, sync";

/** Words of the language, and modules of its library that a project is likely to be called like. */
const OWN_NAMES =
  /^(?:and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield|array|bz2|calendar|chunk|cmath|cmd|code|colorsys|configparser|copyreg|crypt|csv|ctypes|curses|datetime|dis|email|encodings|filecmp|fileinput|formatter|getopt|getpass|gettext|glob|graphlib|gzip|hmac|html|http|imaplib|ipaddress|keyword|lzma|mailbox|math|mimetypes|mmap|multiprocessing|parser|poplib|profile|readline|resource|sched|secrets|selectors|shelve|smtplib|sqlite3|ssl|statistics|stringprep|symbol|symtable|tarfile|telnetlib|termios|test|timeit|tkinter|token|trace|turtle|unicodedata|unittest|urllib|uuid|venv|wave|webbrowser|xml|zipapp|zlib|zoneinfo)$/;

/** Python. */
export const python: Language = {
  name: "python",
  files: /\.pyi?$/,
  comments: ["#"],
  quotes: LONG_QUOTES,
  emptyBody: "return None",
  definitions: definitionsByForm(/^(\s*)(?:async\s+)?def\s+(\w+)/),
  asMethod: pythonMethod,
  imports: {
    line: /^\s*(?:import\b|from\s+\S+\s+import\b)/,
    passesOn: /(^|\/)__init__\.py$/,
    standard: {
      holders: importsByName(
        {
          "":
            "argparse base64 bisect collections contextlib copy csv functools hashlib heapq io itertools json math operator os random re shutil statistics string subprocess sys tempfile textwrap time uuid",
        },
        (name) => `import ${name}`,
      ),
      names: importsByName({
        abc: "ABC abstractmethod",
        bisect: "bisect_left bisect_right insort",
        collections: "Counter OrderedDict defaultdict deque namedtuple",
        contextlib: "contextmanager suppress",
        copy: "deepcopy",
        dataclasses: "dataclass",
        datetime: "timedelta",
        decimal: "Decimal",
        enum: "Enum IntEnum",
        fractions: "Fraction",
        functools: "cached_property lru_cache reduce total_ordering wraps",
        heapq: "heapify heappop heappush",
        io: "StringIO",
        itertools: "accumulate chain combinations groupby islice permutations zip_longest",
        math: "ceil floor gcd isclose sqrt",
        pathlib: "Path",
        typing: "Any Callable Dict Generator Iterable Iterator List Mapping NamedTuple Optional Sequence Tuple Union",
      }, (name, place) => `from ${place} import ${name}`),
    },
    files: importedFiles,
    taking: (name, from, place) => pythonTaking(name, from, place, importedFiles),
    given:
      "abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip exit quit"
        .split(" "),
  },
  exports: exportsByForm([
    /^(?:async[ \t]+)?(?:def|class)[ \t]+([A-Za-z]\w*)/,
    /^([A-Za-z]\w*)[ \t]*(?::[^=]*)?=(?!=)/,
  ]),
  apart: 2,
  tests: /(^|\/)(?:test_[^/]*|conftest)\.py$/i,
  loads:
    /(^|\/)(?:conftest|sitecustomize|usercustomize|setup|noxfile|manage)\.py$|(^|\/)_?(?:pytest|pluggy|unittest|iniconfig|doctest)(?:\.pyi?$|\/__init__\.py$)|(^|\/)coverage(?:\.py|\/__init__\.py)$|(^|\/)(?:\.?pytest\.(?:ini|toml)|tox\.(?:ini|toml)|setup\.cfg|pyproject\.toml|\.coveragerc)$|\.pth$|\.(?:dist|egg)-info(?:\/|$)/i,
  // Where a project's root is searched first, a module of the library that runners use is found there.
  shadows:
    /^(?:abc|argparse|ast|asyncio|atexit|bdb|builtins|codecs|collections|contextlib|copy|dataclasses|difflib|enum|errno|faulthandler|fnmatch|fractions|decimal|numbers|bisect|heapq|hashlib|base64|functools|gc|importlib|inspect|io|itertools|json|linecache|locale|logging|marshal|operator|os|packaging|pathlib|pdb|pickle|platform|pprint|queue|random|re|runpy|select|shlex|shutil|signal|site|socket|stat|string|struct|subprocess|sys|sysconfig|tempfile|textwrap|threading|time|tokenize|traceback|types|typing|warnings|weakref|zipfile)(?:\.py$|\/__init__\.py$)/i,
  bareTests: { names: BARE_TEST, holds: (text) => HOLDS_TESTS.test(text) || CASES.test(text) },
  newTest: "tests/test_{{name}}.py",
  writeTest: pythonCases,
  inGroupOf,
  declaresByValue: true,
  asserts:
    /(\b\w{1,80}\.assert_\w{1,40})\(|\bassert\w{0,40}\b(?! *=)([^\n]{0,300}\(\n[^\n]{0,300}|[^\n]{0,300})|\bpytest\.(raises|fail)\b/g,
  newProjects: [{ called: "Python", named: /\bPython\b/i, files: /\.py$/, ways: [withUv(), plainPython()] }],
  missing:
    /cannot import name '([\w.]{1,200})'|No module named '([\w.]{1,200})'|has no attribute '(\w{1,200})'|name '(\w{1,200})' is not defined|unexpected keyword argument '(\w{1,200})'|\bfixture '(\w{1,200})' not found/g,
  // A method that stands in no class wants a fixture that nobody has; one in a class of its own may want what nothing there sets up.
  malformed:
    /\b(?:SyntaxError|IndentationError|TabError)\b|\bfixture '(?:self|cls)' not found|'(?<own>\w{1,200})' object has no attribute/,
  mainGuard: /^if[ \t]+__name__[ \t]*==/,
  holdsRunner:
    /^[ \t]*(?:import|from)[ \t]+(?:_?pytest|unittest|pluggy|conftest|doctest|atexit|gc|ctypes)\b|\b(?:os\._exit|sys\.modules|sys\.settrace|sys\.setprofile|inspect\.(?:stack|currentframe)|sys\._getframe|sys\.exit|os\.exec\w+|os\.kill|os\.abort|signal\.raise_signal|SystemExit|__import__|importlib\.import_module)\b|^[ \t]*(?:exit|quit)[ \t]*\(|\bdef[ \t]+(?:load_tests|pytest_\w+)\b/m,
  common: "self print len str int list dict range super isinstance def class ValueError AssertionError assertEqual " +
    "assertTrue assertRaises",
  dependencies: /^(?:\.?venv|env|\.tox|\.nox|\.eggs|__pypackages__)$/,
  changesProject: {
    pip: { changes: "install, uninstall", valued: "--python --log --proxy --timeout --cache-dir" },
    uv: {
      changes: "add, remove, sync, lock, venv, pip install, pip uninstall, pip sync",
      valued: "--directory --project --config-file --color --cache-dir -p --python",
    },
    poetry: { changes: MANAGED, valued: "-C --directory -P --project" },
    pdm: { changes: MANAGED, valued: "-p --project -c --config" },
    pipenv: { changes: `${MANAGED}, uninstall`, valued: "--python" },
    hatch: { changes: "env create, env remove, env prune", valued: "-e --env" },
    conda: { changes: "install, remove, update, create, env create, env update" },
    mamba: { changes: "install, remove, update, create, env create, env update" },
    "pip-sync": { changes: "*, ." },
    venv: { changes: "*" },
    virtualenv: { changes: "*" },
    python: { changes: "setup.py install, setup.py develop" },
  },
  traces: /^(?:__pycache__|\.(?:pytest|mypy|ruff)_cache|\.hypothesis|\.coverage|htmlcov|[^/]+\.pyc)$/,
  standards: {
    configurations: { "pyproject.toml": configured, "ruff.toml": configured, "setup.cfg": configured },
    habits: (texts, from) =>
      (texts.match(/^[^\S\n]*from\s+\.\w*\s+import/gm) ?? []).length < ENOUGH ? [] : [say(from, "standards.relative")],
  },
  caches: {
    folders: { UV_CACHE_DIR: "uv", PIP_CACHE_DIR: "pip", MPLCONFIGDIR: "matplotlib" },
    offline: { UV_OFFLINE: "1" },
  },
  runners: [django, pytest, unittest],
};

/** A project of which Python's own library is enough: its tests are found by unittest, and by pytest where that is there. */
function plainPython(): SetupWay {
  return {
    name: "files",
    needs: ["python3", "--version"],
    commands: [],
    files: {
      "pyproject.toml": '[project]\nname = "{{name}}"\nversion = "0.1.0"\nrequires-python = ">=3.8"\n',
      ".gitignore": "__pycache__/\n*.egg-info/\n.venv/\n",
    },
    taken: OWN_NAMES,
    source: "{{name}}.py",
    test: "tests/test_{{name}}.py",
    runner: "unittest",
    starts: [["python3", "{{source}}"], ["python", "{{source}}"]],
  };
}

function withUv(): SetupWay {
  const words = ["uv", "init", "--bare", "--no-workspace", "--vcs", "none", "--offline", "--name", "{{name}}"];
  return {
    ...plainPython(),
    name: "uv",
    // The program that checks and runs what is built is Python's own.
    needs: ["sh", "-c", "uv --version && python3 --version"],
    commands: [{ words, makes: "pyproject.toml" }],
  };
}

function importedFiles(path: string, text: string, files: readonly string[]): string[] {
  const found: string[] = [];
  const add = (module: string, from: string) => {
    const tail = module.replaceAll(".", "/");
    for (const ending of [`${tail}.py`, `${tail}/__init__.py`]) {
      const near = normalize(join(from, ending));
      const hit = files.find((file) => file === near) ??
        files.find((file) => file === ending || file.endsWith(`/${ending}`));
      if (hit !== undefined) found.push(hit);
    }
  };
  const pattern = /^[ \t]*(?:from\s+(?=[\w.])(\.*)(\w[\w.]*)?\s+import\s+\(?([\w, \t]*)|import\s+([\w., \t]+))/gm;
  for (const match of text.matchAll(pattern)) {
    const [, dots = "", module = "", names = "", plain] = match;
    if (plain !== undefined) {
      for (const one of plain.split(",")) add(one.trim().split(/\s/)[0]!, dirname(path));
      continue;
    }
    const from = dots.length <= 1 ? dirname(path) : join(dirname(path), ...Array(dots.length - 1).fill(".."));
    for (const name of names.split(",").map((one) => one.trim().split(/\s/)[0]!).filter((one) => one !== "")) {
      add(module === "" ? name : `${module}.${name}`, from);
    }
    if (module !== "") add(module, from);
  }
  return found;
}

/** What pyproject.toml and its kin say of how code is written. */
function configured(text: string, from: Wording): string[] {
  const width = /^[^\S\n]*(?:line-length|line_length|max-line-length)\s*=\s*(\d+)/m.exec(text)?.[1];
  const tool = /\[tool\.ruff|^[^\S\n]*\[lint\]/m.test(text)
    ? "Ruff"
    : /\[tool\.black/.test(text)
    ? "Black"
    : /flake8/.test(text)
    ? "flake8"
    : null;
  return [
    ...(tool === null ? [] : [
      width === undefined
        ? say(from, "standards.formatted_by", { tool })
        : say(from, "standards.formatted_with", { tool, count: width }),
    ]),
    ...(/\[tool\.mypy|\[mypy/.test(text) ? [say(from, "standards.mypy")] : []),
    ...(/\[tool\.pytest/.test(text) ? [say(from, "standards.run_by", { runner: "pytest" })] : []),
  ];
}
