/** Words of languages, numbers, and what is called of an expectation: nothing of them is given by code. */
const NOTHING =
  /\b(?:True|False|None|true|false|null|nil|undefined|NaN|not|and|or|is|in|self|len|typeof|void)\b|\b\d[\w.]*|\)(?:\.\w{1,40}){1,4}/g;
/** Strings, with what says of which kind they are. */
const STRING = /((?<![\w$])[A-Za-z]{1,2}|)#?(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')|`((?:[^`\\\n]|\\.)*)`/g;
/** Values in a string of code: of a template, and of a formatted one in Python. */
const IN_TEMPLATE = /\$\{([^`\n]{0,300})\}/g;
const IN_FORMATTED = /\{([^{}\n]{0,300})\}/g;
/** Strings in such values. */
const INNER = /"[^"\n]*"|'[^'\n]*'/g;
/** Assertions about one value; what stands behind it is their message. */
const OF_ONE =
  /(?:^|[\W_])(?:(?:prop_|debug_)?assert!?|ok|expect|(?:assert_?)?(?:is_?)?(?:not_?)?(?:true|false|truthy|falsy|nil|null|none|error|no_?error|empty|exists))\s?[({[]$/i;
/** What ends an assertion behind its closing bracket. */
const END = /^\s*(?:[,;#)\]}]|\/\/|$)/;
/** Assertions that are looked at, and characters of each. */
const MOST = 500;
const MOST_ABOUT = 1_000;

/**
 * Tells whether a test says something of what code gives: whether one of its assertions is about more than literals. Their messages say
 * nothing.
 *
 * @param code of the test, without comments
 * @param asserts what begins an assertion in its language, a group holding what it is about; global
 */
export function saysSomething(code: string, asserts: RegExp): boolean {
  let looked = 0;
  for (const [all, ...groups] of code.matchAll(asserts)) {
    const about = groups.find((group) => group !== undefined) ?? "";
    const name = all.endsWith(about) ? all.slice(0, all.length - about.length) : null;
    const said = about.slice(0, MOST_ABOUT).replace(STRING, valuesIn);
    if (/[A-Za-z_]\w*/.test((name === null ? said : withoutMessage(name, said)).replace(NOTHING, " "))) return true;
    looked += 1;
    if (looked === MOST) return true;
  }
  return false;
}

/** What a string holds of values, in the place of the string. */
function valuesIn(_all: string, kind = "", double?: string, single?: string, template?: string): string {
  const text = template ?? double ?? single ?? "";
  const values = template !== undefined ? IN_TEMPLATE : /f/i.test(kind) ? IN_FORMATTED : null;
  return values === null
    ? " "
    : ` ${[...text.matchAll(values)].map(([, value = ""]) => `(${value.replaceAll(INNER, " ")})`).join(" ")} `;
}

/** What an assertion is about, up to the comma in front of its message. */
function withoutMessage(name: string, about: string): string {
  const isCall = /[({[]$/.test(name) || about.startsWith("(");
  const called = about.startsWith("(") && !/[({[]$/.test(name) ? `${name}(` : name;
  const rest = (called === name ? about : about.slice(1)).replace(/^\s*t\s*,/, "");
  let left = !isCall || OF_ONE.test(called) ? 1 : 2;
  let [depth, isOpen, kept] = [0, isCall, ""];
  for (const [at, char] of [...rest].entries()) {
    if (/[([{]/.test(char)) depth += 1;
    if (/[)\]}]/.test(char)) depth -= 1;
    if (depth < 0) {
      if (!isOpen || END.test(rest.slice(at + 1))) return kept;
      [depth, isOpen, left] = [0, false, 1];
    }
    if (depth === 0 && char === ",") left -= 1;
    if (depth === 0 && char === ";") return kept;
    if (left > 0) kept += char;
  }
  return kept;
}
