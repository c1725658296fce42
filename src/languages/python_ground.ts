/** A class, and what it is made of. */
const CLASS = /^class[ \t]+\w+[^\n]{0,200}:/;
/** A method that sets its tests up, or clears up behind them. */
export const SETS_UP =
  /^[ \t]+(?:async[ \t]+)?def[ \t]+(?:(?:async)?setUp|(?:async)?tearDown|setup_method|teardown_method)(?:Class)?\(/i;
/** A line that begins a member: what decorates a method, the method, or a value of the class. */
const MEMBER = /^[ \t]+(?:@|(?:async[ \t]+)?def[ \t]+(\w+)|(\w+)[ \t]*(?::[^=\n]{1,80})?=(?!=))/;
/** What a method uses of its object, and what it gives it. */
const USED = /\b(?:self|cls)\.(\w+)/g;
const GIVEN = /\b(?:self|cls)\.(\w+)[ \t]*(?:,|:[^=\n]{1,80}=|=)(?!=)/g;
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
 * @returns the lines themselves where nothing is missing, or no class beside has it
 */
export function withGroundOfClass(lines: readonly string[], others: readonly string[]): readonly string[] {
  const beside = classesOf(others).map(({ from, to }) => membersOf(others.slice(from + 1, to)));
  const insertions = classesOf(lines).flatMap(({ from, to }) => {
    const body = lines.slice(from + 1, to);
    const own = membersOf(body);
    const found = beside.map((members) => missingIn(own, members)).find((members) => members.length > 0);
    if (found === undefined || indentOf(body) !== indentOf(found[0]!.lines)) return [];
    return [{ at: from + (DESCRIBED.test(body[0] ?? "") ? 2 : 1), found }];
  });
  return insertions.toReversed().reduce<readonly string[]>(
    (all, { at, found }) => [...all.slice(0, at), ...found.flatMap(({ lines }) => [...lines, ""]), ...all.slice(at)],
    lines,
  );
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

/** Where classes stand that begin at the margin: the line of their head, counted from 0, and the line behind their end. */
function classesOf(lines: readonly string[]): readonly { readonly from: number; readonly to: number }[] {
  return lines.flatMap((line, from) => {
    if (!CLASS.test(line)) return [];
    const length = lines.slice(from + 1).findIndex((one) => /^\S/.test(one));
    return [{ from, to: length < 0 ? lines.length : from + 1 + length }];
  });
}

/** The members of a class, in order. */
function membersOf(body: readonly string[]): readonly Member[] {
  const indent = indentOf(body);
  const starts = body.flatMap((line, at) =>
    MEMBER.test(line) && /^[ \t]*/.exec(line)![0] === indent && !/^[ \t]+@/.test(body[at - 1] ?? "") ? [at] : []
  );
  return starts.map((from, index) => {
    const lines = body.slice(from, starts[index + 1] ?? body.length);
    while (lines.at(-1)?.trim() === "") lines.pop();
    const head = lines.find((line) => !/^[ \t]+@/.test(line)) ?? "";
    const [, method, value] = MEMBER.exec(head) ?? [];
    const text = lines.join("\n");
    return {
      name: SETS_UP.test(head) ? null : method ?? value ?? "",
      lines,
      uses: [...text.matchAll(USED)].map(([, name = ""]) => name),
      gives: [...text.matchAll(GIVEN)].map(([, name = ""]) => name),
    };
  });
}

/** The blanks before the first line that holds something. */
function indentOf(lines: readonly string[]): string {
  return /^[ \t]*/.exec(lines.find((line) => line.trim() !== "") ?? "")![0];
}
