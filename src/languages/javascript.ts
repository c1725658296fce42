import { exportsByForm } from "./exports.ts";
import { type Fields, fieldsIn, fieldsOf } from "./fields.ts";
import { javascriptCases } from "./javascript_cases.ts";
import { javascriptDefinitions } from "./javascript_definitions.ts";
import { javascriptMethod } from "./javascript_method.ts";
import type { Language } from "./language.ts";
import type { SetupWay } from "./new_project.ts";
import type { ProjectPrograms } from "./project_commands.ts";
import { TEMPLATE_QUOTES } from "./quotes.ts";
import { deno } from "./runners/deno.ts";
import { node } from "./runners/node.ts";
import { scriptImports } from "./script_imports.ts";
import { scriptTaking } from "./script_taking.ts";
import { say, type Wording } from "../sentences/say.ts";

/** Calls of `require` in neighbours from which they count as a habit. */
const ENOUGH = 3;

/** What takes hold of a runner, or names a test of one by its words; and what takes hold of assertions. */
const TESTS =
  /\bnode:test\b|["'](?:vitest|bun:test|@jest\/globals|@playwright\/test|ava|tape|tap|uvu)["']|(?<![\w$.])(?:(?:Deno|QUnit)\.test|(?:describe|suite|test|it)(?:\.\w{1,20})?)[ \t]*\(\s{0,200}["'`]/;
const ASSERTS = /(?:\bfrom|\bimport|\brequire\()\s{0,20}["'](?:node:)?(?:assert(?:\/strict)?|chai)["']/;

/** Commands of package managers that change what is installed. */
const PACKAGES =
  "install, i, ci, clean-install, add, uninstall, remove, rm, un, r, update, up, upgrade, dedupe, prune, rebuild, link, unlink, audit fix, import, patch-commit";

/** JavaScript and TypeScript, for Node, Deno and browsers. */
export const javascript: Language = {
  name: "javascript",
  files: /\.[cm]?[jt]sx?$/,
  comments: ["//", "/*"],
  quotes: TEMPLATE_QUOTES,
  emptyBody: "",
  definitions: javascriptDefinitions,
  asMethod: javascriptMethod,
  imports: {
    line:
      /^\s*(?:import\b(?!\s*\()|export\b.*\bfrom\s|require\s*\(|(?:const|let|var)\b[^=]*=\s*(?:\w+\()?require\s*\()/,
    passesOn: /(^|\/)(?:index\.[jt]sx?|mod\.ts)$/,
    files: scriptImports,
    taking: scriptTaking,
    given:
      "Array ArrayBuffer BigInt Boolean Date Error Function Map Number Object Promise Proxy RangeError RegExp Set String Symbol TypeError URL WeakMap WeakSet addEventListener after afterEach alert atob before beforeEach btoa cancelAnimationFrame clearImmediate clearInterval clearTimeout close confirm decodeURI decodeURIComponent describe dispatchEvent encodeURI encodeURIComponent escape eval expect fetch getComputedStyle import isFinite isNaN it matchMedia open parseFloat parseInt print prompt queueMicrotask removeEventListener reportError requestAnimationFrame require setImmediate setInterval setTimeout stop structuredClone suite super test unescape"
        .split(" "),
  },
  exports: exportsByForm([
    /^export[ \t]+(?:default[ \t]+)?(?:abstract[ \t]+)?(?:async[ \t]+)?(?:function\*?|class|const|let|var|interface|type|enum)[ \t]+\*?([\w$]+)/,
    /^(?:module\.)?exports\.([\w$]+)[ \t]*=/,
  ], [/^export[ \t]*(?:type[ \t]*)?\{([^}]{0,2000})\}/gm, /^module\.exports[ \t]*=[ \t]*\{([^}]{0,2000})\}/gm]),
  tail: /^(?:(?:module\.)?exports\b|export[ \t]*\{|export[ \t]+default[ \t]+[\w$]+[ \t]*(?:;[ \t]*)?$)/,
  loads:
    /(^|\/)(?:package\.json|deno\.jsonc?|import_map\.json|bunfig\.toml|\.npmrc|\.yarnrc(?:\.yml)?|\.pnpmfile\.c?js|pnpm-workspace\.yaml|\.mocharc[^/]*|\.babelrc[^/]*|\.swcrc|\.nycrc[^/]*|\.c8rc[^/]*|\.taprc|tsconfig[^/]*\.json|(?:jest|vitest|mocha|test)[._-](?:setup|preset|environment|global)[^/]*|setup-?tests?\.[cm]?[jt]sx?|(?:vitest|jest|vite|babel|playwright|cypress|karma|ava|mocha|wdio|webpack|rollup|rspack|esbuild|tsup|swc|metro|next|nuxt|svelte|astro|nyc|c8|web-test-runner)\.config\.(?:[cm]?[jt]s|json))$|^[^/]+\.config\.(?:[cm]?[jt]s|json)$/i,
  bareTests: {
    names: /(^|\/)(?:tests?|test-[^/]+)\.[cm]?[jt]sx?$/i,
    holds: (text, assertsAlone) => TESTS.test(text) || assertsAlone && ASSERTS.test(text),
  },
  newTest: "test/{{name}}.test.js",
  writeTest: javascriptCases,
  asserts:
    /\b(?:assert(?:\.\w{1,40}){0,3}|assert[A-Z]\w{0,40}|expect|t\.\w{1,40}|(?<!\.)(?:(?:deep|strict|deepStrict|not)?[eE]qual|match|throws|rejects|ok)) ?\((\n[^\n]{0,300}|[^\n]{0,300}\(\n[^\n]{0,300}|[^\n]{0,300})|([\w)\]]\.should\b|\.expect(?=\())/g,
  mainGuard: /^if[ \t]*\((?:import\.meta\.main|require\.main[ \t]*===?[ \t]*module)\)/,
  newProjects: [
    {
      called: "TypeScript",
      named: /\bTypeScript\b|\bDeno\b/i,
      files: /\.[cm]?tsx?$/,
      ways: [withDeno(), withNode("ts")],
    },
    {
      called: "JavaScript",
      named:
        /\bJavaScript\b|(?<!\bTypeScript\b.{0,200})(?:\b[Nn]ode\.?[Jj][Ss]\b|(?<=\b[Ii]n )Node\b)(?!.{0,200}\bTypeScript\b)/s,
      files: /\.[cm]?jsx?$/,
      ways: [withNode("js")],
    },
  ],
  missing:
    /does not provide an export named '([\w$]{1,200})'|Cannot find (?:module|package) '([^'\n]{1,400})'|has no exported member '([\w$]{1,200})'|Cannot find name '([\w$]{1,200})'|\b([\w$.]{1,200})\)? is not (?:a function|a constructor|defined)\b/g,
  malformed: /\bSyntaxError\b(?!: (?:The requested module|Named export|Export named))|\berror TS1\d{3}\b/,
  holdsRunner:
    /(?:\bfrom[ \t]*|\brequire[ \t]*\([ \t]*|\bimport[ \t]*(?:\([ \t]*)?)["'](?:node:)?(?:test|assert|process|vm|module|inspector|vitest|mocha|ava|chai|tap|@jest\/globals|jsr:@std\/assert|@std\/assert)(?:\/[^"']*)?["']|\bglobalThis\s*[.[]|\b(?:Deno\.(?:test|exit)|process\.(?:exitCode|on|once|exit|stdout\.write\s*=|reallyExit|abort|kill))\b|\b(?:Object|Array|String|Number|Function|Map|Set|Promise)\.prototype\b/,
  testCase: /^\s*(?:it|test|specify|Deno\.test|t\.test|t\.step)(?:\.\w+)*\s*\(/,
  common:
    "test it describe expect assert equal strictEqual deepEqual deepStrictEqual throws rejects assertEquals toBe toEqual " +
    "toThrow beforeEach afterEach async function for while switch catch return import require class Error TypeError RangeError " +
    "Array Object String Number Promise Math JSON map filter join push slice console TestContext AssertionError",
  standards: {
    configurations: {
      ".prettierrc": (text, from) => prettierFacts(fieldsIn(text), from),
      ".prettierrc.json": (text, from) => prettierFacts(fieldsIn(text), from),
      "biome.json": (_text, from) => [say(from, "standards.biome")],
      "deno.json": denoFacts,
      "deno.jsonc": denoFacts,
      "package.json": packageFacts,
      "tsconfig.json": (text, from) =>
        fieldsOf(fieldsIn(text).compilerOptions).strict === true ? [say(from, "standards.typescript")] : [],
      "eslint.config.js": (_text, from) => [say(from, "standards.eslint")],
      "eslint.config.mjs": (_text, from) => [say(from, "standards.eslint")],
      ".eslintrc.json": (_text, from) => [say(from, "standards.eslint")],
    },
    habits(texts, from) {
      const modules = /^[^\S\n]*import\s.*from\s+["']/m.test(texts);
      const required = (texts.match(/\brequire\(["']/g) ?? []).length;
      return required >= ENOUGH && !modules ? [say(from, "standards.common_modules")] : [];
    },
  },
  dependencies: /^(?:node_modules|bower_components|\.yarn|\.pnp\.[^/]+|\.pnpm-store)$/,
  changesProject: {
    ...npmLike("npm"),
    ...npmLike("pnpm"),
    yarn: { changes: `., ${PACKAGES}`, valued: "--cwd" },
    bun: { changes: PACKAGES, valued: "--cwd -c --config" },
    deno: { changes: "add, install, i, remove, rm, uninstall, update, cache" },
  },
  spots: [
    "node_modules/.pnpm-task-run-state-v1",
    "node_modules/.vite",
    "node_modules/.vite-temp",
    "node_modules/.cache",
    "node_modules/.vitest",
  ],
  builds: /^(?:dist|build|out|lib|\.(?:next|nuxt|output|svelte-kit|turbo|parcel-cache|angular)|[^/]+\.tsbuildinfo)$/,
  traces: /^(?:coverage|\.nyc_output|\.eslintcache)$/,
  // npm would ask for a package that nobody has for more than a minute. Deno and npm read caches that they cannot write.
  caches: {
    offline: { npm_config_offline: "true" },
    always: { npm_config_update_notifier: "false", DENO_NO_UPDATE_CHECK: "1" },
  },
  runners: [deno, node],
};

/** Deno runs, checks and tests TypeScript by itself; Node only since it leaves types out, and checks none. */
function withDeno(): SetupWay {
  return {
    name: "deno",
    needs: ["deno", "--version"],
    commands: [{ words: ["deno", "init", "--empty", "--quiet"], makes: "deno.json" }],
    drops: ["main.ts"],
    files: {
      "deno.json": '{\n  "tasks": {\n    "dev": "deno run --watch main.ts"\n  }\n}\n',
      ".gitignore": "node_modules/\n",
    },
    source: "main.ts",
    test: "main_test.ts",
    runner: "Deno.test and node:assert/strict",
    starts: [["deno", "run", "-A", "{{source}}"], ["deno", "run", "--allow-all", "{{source}}"], [
      "deno",
      "run",
      "{{source}}",
    ]],
  };
}

function withNode(ending: "js" | "ts"): SetupWay {
  const source = `index.${ending}`;
  const settings = [`main=${source}`, "type=module", "scripts.test=node --test"];
  const stripping = ["node", "-e", "process.exit(process.features.typescript ? 0 : 1)"];
  return {
    name: "node",
    needs: ending === "ts" ? stripping : ["node", "--version"],
    commands: [
      { words: ["npm", "init", "-y"], makes: "package.json" },
      { words: ["npm", "pkg", "set", ...settings] },
    ],
    files: {
      "package.json":
        `{\n  "name": "{{name}}",\n  "version": "1.0.0",\n  "main": "${source}",\n  "type": "module",\n  "scripts": { "test": "node --test" }\n}\n`,
      ".gitignore": "node_modules/\n",
    },
    source,
    test: `test/{{name}}.test.${ending}`,
    runner: "node:test and node:assert/strict",
    starts: [["node", "{{source}}"]],
  };
}

function npmLike(name: string): ProjectPrograms {
  return {
    [name]: { changes: PACKAGES, valued: "--prefix -C --dir -w --workspace -F --filter --registry --loglevel" },
  };
}

function prettierFacts(config: Fields, from: Wording): string[] {
  const parts = [
    ...indentFacts(config.useTabs, config.tabWidth, from),
    ...(config.singleQuote === true
      ? [say(from, "standards.with_single_quotes")]
      : config.singleQuote === false
      ? [say(from, "standards.with_double_quotes")]
      : []),
    ...(config.semi === false ? [say(from, "standards.without_semicolons")] : []),
    ...widthFacts(config.printWidth, from),
    ...(config.trailingComma === "none" ? [say(from, "standards.without_commas")] : []),
  ];
  return parts.length === 0
    ? [say(from, "standards.prettier")]
    : [say(from, "standards.prettier_with", { details: parts.join(", ") })];
}

function indentFacts(tabs: unknown, width: unknown, from: Wording): string[] {
  if (tabs === true) return [say(from, "standards.with_tabs")];
  return typeof width === "number" ? [say(from, "standards.with_spaces", { count: width })] : [];
}

function widthFacts(width: unknown, from: Wording): string[] {
  return typeof width === "number" ? [say(from, "standards.with_lines", { count: width })] : [];
}

function packageFacts(text: string, from: Wording): string[] {
  const config = fieldsIn(text);
  const all = { ...fieldsOf(config.dependencies), ...fieldsOf(config.devDependencies) };
  const runner = ["vitest", "jest", "mocha", "ava"].find((name) => name in all);
  const script = String(fieldsOf(config.scripts).test ?? "");
  return [
    ...(config.type === "module" ? [say(from, "standards.modules")] : []),
    ...(runner !== undefined
      ? [say(from, "standards.run_by", { runner })]
      : /node --test/.test(script)
      ? [say(from, "standards.run_by", { runner: "node:test" })]
      : []),
    ...(typeof config.prettier === "object" ? prettierFacts(fieldsOf(config.prettier), from) : []),
    ...("standard" in all ? [say(from, "standards.standard")] : []),
  ];
}

function denoFacts(text: string, from: Wording): string[] {
  const format = fieldsOf(fieldsIn(text).fmt);
  const parts = [
    ...widthFacts(format.lineWidth, from),
    ...indentFacts(format.useTabs, format.indentWidth, from),
    ...(format.singleQuote === true ? [say(from, "standards.with_single_quotes")] : []),
    ...(format.semiColons === false ? [say(from, "standards.without_semicolons")] : []),
  ];
  return parts.length === 0
    ? [say(from, "standards.deno")]
    : [say(from, "standards.deno_with", { details: parts.join(", ") })];
}
