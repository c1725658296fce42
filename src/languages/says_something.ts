/** What stands in an assertion and is nothing that code gives: literals, words of languages, and what is called of an expectation. */
const NOTHING =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`\n]*`|\b(?:True|False|None|true|false|null|nil|undefined|NaN|not|and|or|is|in|self|len|typeof|void)\b|\b\d[\w.]*|\)(?:\.\w{1,40}){1,4}/g;
/** Assertions that are looked at. */
const MOST = 500;

/**
 * Tells whether a test says something of what code gives: whether one of its assertions is about more than literals.
 *
 * @param code of the test, without comments
 * @param asserts what begins an assertion in its language, a group holding what it is about; global
 */
export function saysSomething(code: string, asserts: RegExp): boolean {
  let looked = 0;
  for (const [, ...groups] of code.matchAll(asserts)) {
    const about = groups.find((group) => group !== undefined) ?? "";
    if (/[A-Za-z_]\w*/.test(about.slice(0, 1_000).replace(NOTHING, " "))) return true;
    looked += 1;
    if (looked === MOST) return true;
  }
  return false;
}
