import { definitionsByForm } from "./definitions_by_form.ts";
import { type Fields, fieldsIn, fieldsOf } from "./fields.ts";
import type { Language } from "./language.ts";
import { deno } from "./runners/deno.ts";
import { node } from "./runners/node.ts";
import { scriptImports } from "./script_imports.ts";

/** Calls of `require` in neighbours from which they count as a habit. */
const ENOUGH = 3;

/** JavaScript and TypeScript, for Node, Deno and browsers. */
export const javascript: Language = {
  name: "javascript",
  files: /\.[cm]?[jt]sx?$/,
  definitions: definitionsByForm(
    /^(\s*)(?:\w+\s*:\s*|(?:export\s+)?(?:default\s+)?)(?:async\s+)?function\s*\*?\s*(\w+)/,
    /^(\s*)(?:export\s+)?(?:const|let|var)\s+(\w+)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function\b|\([^)]*\)\s*(?::[^=]+)?=>|\w+\s*=>)/,
    /^(\s+)(?:(?:public|private|protected|static|async|override|get|set)\s+)*\*?#?(\w+)\s*(?:<[^>]*>)?\([^;]*\)\s*(?::[^;{]+)?\{\s*$/,
  ),
  imports: {
    line:
      /^\s*(?:import\b(?!\s*\()|export\b.*\bfrom\s|require\s*\(|(?:const|let|var)\b[^=]*=\s*(?:\w+\()?require\s*\()/,
    passesOn: /(^|\/)(?:index\.[jt]sx?|mod\.ts)$/,
    files: scriptImports,
  },
  testCase: /^\s*(?:it|test|specify|Deno\.test|t\.test|t\.step)(?:\.\w+)*\s*\(/,
  common:
    "test it describe expect assert equal strictEqual deepEqual deepStrictEqual throws rejects assertEquals toBe toEqual " +
    "toThrow beforeEach afterEach async function for while switch catch return import require class Error TypeError RangeError " +
    "Array Object String Number Promise Math JSON map filter join push slice console TestContext AssertionError",
  standards: {
    configurations: {
      ".prettierrc": (text) => prettierFacts(fieldsIn(text)),
      ".prettierrc.json": (text) => prettierFacts(fieldsIn(text)),
      "biome.json": () => ["Formatted and linted by Biome."],
      "deno.json": denoFacts,
      "deno.jsonc": denoFacts,
      "package.json": packageFacts,
      "tsconfig.json": (text) =>
        fieldsOf(fieldsIn(text).compilerOptions).strict === true
          ? ["TypeScript is strict: no implicit any, null is checked."]
          : [],
      "eslint.config.js": () => ["Linted by ESLint."],
      "eslint.config.mjs": () => ["Linted by ESLint."],
      ".eslintrc.json": () => ["Linted by ESLint."],
    },
    habits(texts) {
      const modules = /^\s*import\s.*from\s+["']/m.test(texts);
      const required = (texts.match(/\brequire\(["']/g) ?? []).length;
      return required >= ENOUGH && !modules ? ["CommonJS: require and module.exports."] : [];
    },
  },
  runners: [deno, node],
};

function prettierFacts(config: Fields): string[] {
  const parts = [
    ...(config.useTabs === true ? ["tabs"] : typeof config.tabWidth === "number" ? [`${config.tabWidth} spaces`] : []),
    ...(config.singleQuote === true ? ["single quotes"] : config.singleQuote === false ? ["double quotes"] : []),
    ...(config.semi === false ? ["no semicolons"] : []),
    ...(typeof config.printWidth === "number" ? [`lines up to ${config.printWidth}`] : []),
    ...(config.trailingComma === "none" ? ["no trailing commas"] : []),
  ];
  return [`Formatted by Prettier${parts.length === 0 ? "" : `: ${parts.join(", ")}`}.`];
}

function packageFacts(text: string): string[] {
  const config = fieldsIn(text);
  const all = { ...fieldsOf(config.dependencies), ...fieldsOf(config.devDependencies) };
  const runner = ["vitest", "jest", "mocha", "ava"].find((name) => name in all);
  const script = String(fieldsOf(config.scripts).test ?? "");
  return [
    ...(config.type === "module" ? ["ES modules: import and export, relative imports with their file ending."] : []),
    ...(runner !== undefined
      ? [`Tests run by ${runner}.`]
      : /node --test/.test(script)
      ? ["Tests run by node:test."]
      : []),
    ...(typeof config.prettier === "object" ? prettierFacts(fieldsOf(config.prettier)) : []),
    ...("standard" in all ? ["Linted by standard: no semicolons, single quotes."] : []),
  ];
}

function denoFacts(text: string): string[] {
  const format = fieldsOf(fieldsIn(text).fmt);
  const parts = [
    ...(typeof format.lineWidth === "number" ? [`lines up to ${format.lineWidth}`] : []),
    ...(format.useTabs === true
      ? ["tabs"]
      : typeof format.indentWidth === "number"
      ? [`${format.indentWidth} spaces`]
      : []),
    ...(format.singleQuote === true ? ["single quotes"] : []),
    ...(format.semiColons === false ? ["no semicolons"] : []),
  ];
  return [`Formatted by deno fmt${parts.length === 0 ? "" : `: ${parts.join(", ")}`}; imports with their file ending.`];
}
