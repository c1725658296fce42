/** A call and what it gives, as both stand in code. */
export interface TestCase {
  /** The call, without what gives it a name. */
  readonly call: string;
  /** A value; the name of an error where the call fails. */
  readonly gives: string;
}

/** Where a test of some calls comes to stand. */
export interface TestPlace {
  /** Its own path, relative to the project. */
  readonly path: string;
  /** Path of the file that holds what is called, or will hold it. */
  readonly subject: string;
  /** Text of that file; null where it is not there yet. */
  readonly subjectText: string | null;
  /** Names that it offers to other files. */
  readonly offers: readonly string[];
  /** Text of a test that shows how tests are written there; null where there is none. */
  readonly like: string | null;
}

/** A text in quotes. */
const QUOTED = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
/** How a case says that its call fails. */
const FAILS = /^(?:an? )?(?:raises?|throws?|panics?)\b|^(?:an? )?(?:\w*(?:Error|Exception)|errors?)\b/i;
/** What gives a call a name. */
const BOUND = /^(?:(?:const|let|var) )?[A-Za-z_$][\w$]{0,60}(?: ?: ?[\w$<>[\],]{1,60})? ?:?=(?![=>])/;
/** What ends a line of code. */
const ENDS = new Set([";", " ", "\t"]);
/**
 * One call, of a value that is written out or of a name, and what is asked of what it gives, without what stands in brackets: nothing behind it,
 * beside it, or chosen.
 */
const ONE_CALL =
  /^(?:(?:[A-Z]\w*\{\}|\(\))\.|await |new )?(?!(?:if|for|while|switch|return|def|func|function|print|assert)\b)[A-Za-z_$][\w$.]*\(\)(?:\(\)|\[\]|\.[A-Za-z_$][\w$]*)*$/;
/** A value of Go beside the error that did not come. */
const WITHOUT_ERROR = /^\((.+), ?(?:nil|<nil>)\)$|^(.+), ?(?:nil|<nil>)$/;
/** One value, without what stands in brackets and quotes. */
const ONE_VALUE = /^[-+&]?(?:new |not )?(?:[\w$."*]|\(\)|\[\]|\{\})+$/;
/** A map or a set as the console of JavaScript writes it. */
const OF_CONSOLE = /^(Map|Set)(?:\(\d+\))? ?\{([^{}]*)\}$/;
/** A text without quotes that is no value of code, nor a sum: `creme-brulee`, `/2024/a-b`, `2024-05-01`. */
const BARE_TEXT = /^\/?[\p{L}\p{N}_]{1,40}(?:[-\/:@+][\p{L}\p{N}_]{1,40}){1,8}$/u;
/** What else only a console writes. */
const PRINTED = /\(\w*\)\s*\{|=>\s*[\d'"]|\.\.\./;
/** Characters of one that are looked at. */
const MOST = 400;

/**
 * Reads cases as they are meant: a call that is given a name, or ends a line, counts without that. What is not one call alone, gives what is not
 * one value, or gives what it gives, is left out: a test of it would say nothing, or be more than a test.
 */
export function readCases(said: readonly TestCase[]): readonly TestCase[] {
  const plain = said.filter(({ call, gives }) => call.length <= MOST && gives.length <= MOST).map((
    { call, gives },
  ): TestCase => ({
    call: bare(call.trim().replace(BOUND, "")),
    gives: unprinted(bare(gives).replace(WITHOUT_ERROR, "$1$2")),
  }));
  return plain.filter((one, index) =>
    ONE_CALL.test(outlineOf(one.call) ?? "") &&
    (failureOf(one) !== null || isValue(one.gives)) &&
    one.gives.replace(/ /g, "") !== one.call.replace(/ /g, "") &&
    plain.findIndex(({ call }) => call === one.call) === index
  );
}

/** A value that a console wrote as code gives it; any other as it is. */
function unprinted(value: string): string {
  if (BARE_TEXT.test(value) && /\p{L}/u.test(value)) return JSON.stringify(value);
  const [, kind, inner = ""] = OF_CONSOLE.exec(value) ?? [];
  if (kind === undefined) return value;
  const parts = outsideQuotes(inner, (part) => part.replace(/,/g, "\n")).split("\n").map((part) => part.trim());
  const values = parts.filter((part) => part !== "");
  if (kind === "Set") return `new Set([${values.join(", ")}])`;
  const pairs = values.map((one) => one.split("=>").map((part) => part.trim()));
  if (pairs.some(([key, held, ...more]) => key === "" || (held ?? "") === "" || more.length > 0)) return value;
  return `new Map([${pairs.map(([key, held]) => `[${key}, ${held}]`).join(", ")}])`;
}

function isValue(text: string): boolean {
  return ONE_VALUE.test(outlineOf(text) ?? "") && !PRINTED.test(text.replace(QUOTED, '"'));
}

/**
 * A piece of code without what stands in its brackets, each text in quotes as one sign.
 *
 * @returns null where brackets do not close as they open, a line ends in it, or something follows that would be code of its own
 */
function outlineOf(code: string): string | null {
  const text = code.replace(QUOTED, '"');
  if (/[\r\n;#'`]|\/\//.test(text)) return null;
  const closing: string[] = [];
  let outline = "";
  for (const sign of text) {
    const close = { "(": ")", "[": "]", "{": "}" }[sign];
    if (close !== undefined) {
      if (closing.length === 0) outline += sign;
      closing.push(close);
    } else if (sign === ")" || sign === "]" || sign === "}") {
      if (closing.pop() !== sign) return null;
      if (closing.length === 0) outline += sign;
    } else if (closing.length === 0) outline += sign;
  }
  return closing.length === 0 ? outline : null;
}

/** A piece of code without what ends its line. */
function bare(code: string): string {
  let end = code.length;
  while (end > 0 && ENDS.has(code[end - 1]!)) end -= 1;
  return code.slice(0, end).trim();
}

/** Numbers that are written as names. */
const NUMBERS = ["NaN", "Infinity"];

/** What a language calls what others call by other words, and what it has by itself. */
export interface CaseWords {
  /** Words for true, false and nothing. */
  readonly values: readonly [true: string, false: string, nothing: string];
  /** Functions and types that need no import, apart by blanks. */
  readonly known: string;
}

/** Cases in the words of a language, without the name of the tested file before what it holds. */
export function inWords(
  cases: readonly TestCase[],
  { subject, offers }: TestPlace,
  { values, known }: CaseWords,
): readonly TestCase[] {
  const [yes, no, nothing] = values;
  const words: Readonly<Record<string, string>> = {
    true: yes,
    True: yes,
    false: no,
    False: no,
    None: nothing,
    null: nothing,
    nil: nothing,
    undefined: nothing,
  };
  const stem = subject.slice(subject.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
  const taken = new Set([...Object.keys(words), ...offers, ...known.split(" "), ...NUMBERS]);
  // A name that nothing defines is meant as the text that it is: `IV`.
  const isWordOfText = (code: string) =>
    /^[A-Za-z_]\w*$/.test(code) && !taken.has(code) && failureOf({ call: "", gives: code }) === null;
  const said = (code: string) =>
    outsideQuotes(code, (part) => part.replace(/(?<![\w$.])[A-Za-z]+(?![\w$(])/g, (word) => words[word] ?? word));
  return cases.map(({ call, gives }) => ({
    call: said(call.startsWith(`${stem}.`) ? call.slice(stem.length + 1) : call),
    gives: isWordOfText(gives) ? JSON.stringify(gives) : said(gives),
  }));
}

/** Changes what of a code stands outside of quotes. */
export function outsideQuotes(code: string, change: (part: string) => string): string {
  let from = 0;
  let changed = "";
  for (const match of code.matchAll(QUOTED)) {
    changed += change(code.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return changed + change(code.slice(from));
}

/** Names that stand in some cases, outside of quotes. */
export function namesIn(cases: readonly TestCase[]): ReadonlySet<string> {
  const code = cases.map(({ call, gives }) => `${call} ${gives}`).join("\n").replace(QUOTED, "");
  return new Set(code.match(/(?<![\w$.])[A-Za-z_$][\w$]*/g) ?? []);
}

/** Names of the tested file that some cases use: what they call and the language does not have, and what the file offers beside. */
export function takenFrom(
  cases: readonly TestCase[],
  { offers }: Pick<TestPlace, "offers">,
  { known }: CaseWords,
): readonly string[] {
  const own = new Set(known.split(" "));
  const called = cases.flatMap(({ call }) =>
    // A name before a dot is imported where it is written as types are; else it is what a function in the call is given.
    [...call.replace(QUOTED, "").matchAll(/(?<![\w$.])([A-Za-z_$][\w$]*)(?=\()|(?<![\w$.])([A-Z][\w$]*)(?=\.)/g)].map((
      [, name, type],
    ) => name ?? type ?? "")
  ).filter((name) => !own.has(name) && !/^(?:await|new|not|lambda|function|async)$/.test(name));
  const named = namesIn(cases);
  return [...new Set([...called, ...offers.filter((name) => named.has(name))])];
}

/** The error that a case's call fails with: its name, or "" where it is not named; null where the call gives a value. */
export function failureOf({ gives }: TestCase): string | null {
  if (!FAILS.test(gives.trim())) return null;
  return /\b([A-Z]\w*(?:Error|Exception))\b/.exec(gives)?.[1] ?? "";
}
