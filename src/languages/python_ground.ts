import { codeOf } from "./free_names.ts";
import type { Language } from "./language.ts";
import { areQuoted } from "./quoted_lines.ts";

/** A class, and what it is made of. */
const CLASS = /^class[ \t]+\w+([^\n:]{0,200}):/;
/** A test in a class. */
const TEST = /^[ \t]+(?:async[ \t]+)?def[ \t]+test/;
/** Classes that are looked at: a file with more is no small test. */
const MOST_CLASSES = 20;
/** A method that sets its tests up, or clears up behind them. */
export const SETS_UP =
  /^[ \t]+(?:async[ \t]+)?def[ \t]+(?:(?:async)?setUp|(?:async)?tearDown|setup_method|teardown_method)(?:Class)?\(/i;
/** A line that begins a member: what decorates a method, the method, or a value of the class. */
const MEMBER = /^[ \t]+(?:@|(?:async[ \t]+)?def[ \t]+(\w+)|(\w+)[ \t]*(?::[^=\n]{1,80})?=(?!=))/;
/** What a method uses of its object. */
const USED = /\b(?:self|cls)\.(\w+)/g;
/** What stands left of a value that is given. */
const TARGETS = /^[ \t]*[\w.]+(?:[ \t]*,[ \t]*[\w.]+){0,20}[ \t]*$/;
/** A description that ends on its line. */
const DESCRIBED = /^[ \t]+(?:"""(?:[^"\n]|"(?!""))*"""|'''(?:[^'\n]|'(?!''))*''')[ \t]*$/;

/** A method or a value of a class. */
interface Member {
  /** null where it sets tests up. */
  readonly name: string | null;
  readonly lines: readonly string[];
  readonly uses: readonly string[];
  readonly gives: readonly string[];
}

/**
 * Gives the classes of a new test what their methods use of themselves and nothing in them gives, as the class of the test beside them has it: what
 * sets tests up, helpers and values. Of a class that a small model is shown it writes another one, and leaves out how it is set up.
 *
 * @param lines lines of the new test
 * @param others lines of the test beside it
 * @param python the language, by which quotes are read
 * @returns the lines themselves where nothing is missing, or no class of the same kind beside has it
 */
export function withGroundOfClass(
  lines: readonly string[],
  others: readonly string[],
  python: Language,
): readonly string[] {
  const beside = classesOf(others, python).map(({ from, to, base }) => ({
    base,
    members: membersOf(others.slice(from + 1, to)),
  }));
  const insertions = classesOf(lines, python).flatMap(({ from, to, base }) => {
    const body = lines.slice(from + 1, to);
    if (!body.some((line) => TEST.test(line))) return [];
    const own = membersOf(body);
    const [found = []] = beside.filter((one) => one.base === base).map(({ members }) => missingIn(own, members))
      .toSorted((one, other) => other.length - one.length);
    const isFit = found.length > 0 && indentOf(body) === indentOf(found[0]!.lines);
    return isFit && found.every((member) => isWhole(member, python))
      ? [{ at: from + (DESCRIBED.test(body[0] ?? "") ? 2 : 1), found }]
      : [];
  });
  return insertions.toReversed().reduce<readonly string[]>(
    (all, { at, found }) => [...all.slice(0, at), ...found.flatMap(({ lines }) => [...lines, ""]), ...all.slice(at)],
    lines,
  );
}

/** Whether a member is all of it: what is quoted over lines, or goes on at the margin, may have been cut. */
function isWhole({ lines }: Member, python: Language): boolean {
  const text = lines.join("\n");
  const code = codeOf(text, python);
  const count = (sign: RegExp) => (code.match(sign) ?? []).length;
  return !/"""|'''/.test(text.replace(/"""[^"]*"""/g, "")) && count(/[([{]/g) === count(/[)\]}]/g);
}

/** What a class needs of another one; none where it sets its tests up itself. */
function missingIn(own: readonly Member[], beside: readonly Member[]): readonly Member[] {
  const given = new Set(own.flatMap(({ name, gives }) => name === null ? gives : [name, ...gives]));
  const wanted = new Set(own.flatMap(({ uses }) => uses).filter((name) => !given.has(name)));
  const chosen = new Set<Member>();
  for (let size = -1; size < chosen.size;) {
    size = chosen.size;
    for (const member of beside) {
      const isWanted = member.name === null ? member.gives.some((name) => wanted.has(name)) : wanted.has(member.name);
      if (chosen.has(member) || !isWanted || /^test/.test(member.name ?? "")) continue;
      chosen.add(member);
      for (const name of member.uses) wanted.add(name);
    }
  }
  const setsUp = (members: Iterable<Member>) => [...members].some(({ name }) => name === null);
  if (setsUp(chosen) && setsUp(own)) return [];
  // What clears up belongs to what set up.
  return beside.filter((member) => chosen.has(member) || member.name === null && setsUp(chosen));
}

/** Where classes stand that begin at the margin, what they are made from, the line of their head, from 0, and that behind their end. */
function classesOf(
  lines: readonly string[],
  python: Language,
): readonly { readonly from: number; readonly to: number; readonly base: string }[] {
  const quoted = areQuoted(lines, python);
  const heads = lines.flatMap((line, from) => CLASS.test(line) && quoted[from] !== true ? [from] : []);
  return heads.slice(0, MOST_CLASSES).map((from) => {
    const length = lines.slice(from + 1).findIndex((one, at) => /^\S/.test(one) && quoted[from + 1 + at] !== true);
    const base = CLASS.exec(lines[from]!)![1]!.replace(/\s/g, "");
    return { from, to: length < 0 ? lines.length : from + 1 + length, base };
  });
}

/** The members of a class, in order, each with what decorates it. */
function membersOf(body: readonly string[]): readonly Member[] {
  const indent = indentOf(body);
  const starts: number[] = [];
  let isDecorated = false;
  for (const [at, line] of body.entries()) {
    if (!MEMBER.test(line) || /^[ \t]*/.exec(line)![0] !== indent) continue;
    if (!isDecorated) starts.push(at);
    isDecorated = /^[ \t]+@/.test(line);
  }
  return starts.map((from, index) => {
    const lines = body.slice(from, starts[index + 1] ?? body.length);
    while (lines.at(-1)?.trim() === "") lines.pop();
    const head = lines.find((line) => !/^[ \t]+@/.test(line) && MEMBER.test(line) && indentOf([line]) === indent) ??
      "";
    const [, method, value] = MEMBER.exec(head) ?? [];
    return {
      name: SETS_UP.test(head) ? null : method ?? value ?? "",
      lines,
      uses: [...lines.join("\n").matchAll(USED)].map(([, name = ""]) => name),
      gives: lines.flatMap(givenIn),
    };
  });
}

/** What a line gives an object: `self.one, self.two = 1, 2`. */
function givenIn(line: string): readonly string[] {
  const end = line.search(/(?<![=!<>+*/%&|^-])=(?!=)/);
  const [targets = ""] = end < 0 ? [] : line.slice(0, end).split(":");
  return TARGETS.test(targets) ? [...targets.matchAll(USED)].map(([, name = ""]) => name) : [];
}

/** The blanks before the first line that holds something. */
function indentOf(lines: readonly string[]): string {
  return /^[ \t]*/.exec(lines.find((line) => line.trim() !== "") ?? "")![0];
}
