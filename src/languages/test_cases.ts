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

/** A name, and nothing that only stands inside of a text in quotes. */
const QUOTED = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
/** How a case says that its call fails. */
const FAILS = /^(?:an? )?(?:raises?|throws?|panics?)\b|^(?:an? )?(?:\w*(?:Error|Exception)|errors?)\b/i;

/** A value as code writes it; what a console prints, such as `Map(1) { a => 1 }`, is none. */
const VALUE = /^(?:[-+]?\d|["'`[({]|(?:new|not|lambda)\b|(?:[A-Za-z_$][\w$.]*)(?:[({[]|$)|map\[|\[\]|&)/;
/** What only a console writes. */
const PRINTED = /\)\s*\{|^\w+\s+[{[]|=>\s*[\d'"]|\.\.\./;
/** What gives a call a name. */
const BOUND = /^(?:(?:const|let|var) )?[A-Za-z_$][\w$]{0,60}(?: ?: ?[\w$<>[\],]{1,60})? ?:?=(?![=>])/;
/** What ends a line of code. */
const ENDS = new Set([";", " ", "\t"]);

/**
 * Reads cases as they are meant: a call that is given a name, or ends a line, counts without that. What is no call, gives nothing that code
 * could write, or gives what it gives, is left out.
 */
export function readCases(said: readonly TestCase[]): readonly TestCase[] {
  const plain = said.map(({ call, gives }): TestCase => ({
    call: bare(call.trim().replace(BOUND, "")),
    gives: bare(gives),
  }));
  return plain.filter((one, index) =>
    /^(?!(?:if|for|while|switch|return|def|func|function|print|assert)\b)(?:await\s+|new\s+)?[A-Za-z_$][\w$.]*\s*\(/
      .test(one.call) &&
    one.call.endsWith(")") &&
    !/[\r\n]/.test(one.call + one.gives) && !isOwnWord(one) &&
    (failureOf(one) !== null || VALUE.test(one.gives) && !PRINTED.test(one.gives)) &&
    plain.findIndex(({ call }) => call === one.call) === index
  );
}

/** A piece of code without what ends its line. */
function bare(code: string): string {
  let end = code.length;
  while (end > 0 && ENDS.has(code[end - 1]!)) end -= 1;
  return code.slice(0, end).trim();
}

/** Whether a case says of a call only that it gives what it gives. */
function isOwnWord({ call, gives }: TestCase): boolean {
  const called = calledIn(call);
  return called !== null && namesIn([{ call: "", gives }]).has(called);
}

/** The name that a call begins with: `median` of `median([1])`, `Stack` of `Stack().pop()`, `Stats` of `new Stats()`. */
export function calledIn(call: string): string | null {
  return /^\s*(?:await\s+)?(?:new\s+)?([A-Za-z_$][\w$]*)/.exec(call)?.[1] ?? null;
}

/** Names that stand in some cases, outside of quotes. */
export function namesIn(cases: readonly TestCase[]): ReadonlySet<string> {
  const code = cases.map(({ call, gives }) => `${call} ${gives}`).join("\n").replace(QUOTED, "");
  return new Set(code.match(/(?<![\w$.])[A-Za-z_$][\w$]*/g) ?? []);
}

/** Names of the tested file that some cases use: what they call, and what it offers beside. */
export function takenFrom(cases: readonly TestCase[], { offers }: Pick<TestPlace, "offers">): readonly string[] {
  const called = cases.flatMap(({ call }) => calledIn(call) ?? []);
  const named = namesIn(cases);
  return [...new Set([...called, ...offers.filter((name) => named.has(name))])];
}

/** The error that a case's call fails with: its name, or "" where it is not named; null where the call gives a value. */
export function failureOf({ gives }: TestCase): string | null {
  if (!FAILS.test(gives.trim())) return null;
  return /\b([A-Z]\w*(?:Error|Exception))\b/.exec(gives)?.[1] ?? "";
}
