import type { CheckFact } from "../../effects/check/check_effect.ts";
import type { ProposedTask } from "../turns/outcome.ts";

/** Results that a task names: by full name or by its last part, in its list or, where the list names none, in its description. */
export function claimedChecks(task: ProposedTask, failed: readonly CheckFact[]): string[] {
  const named = (task.checks ?? []).flatMap((name) => {
    const wanted = plain(name);
    return wanted === "" ? [] : failed.filter((result) => {
      const full = plain(result.name);
      return full === wanted || full.endsWith(`: ${wanted}`) || wanted.endsWith(full) ||
        lastPart(full) === lastPart(wanted);
    });
  });
  const said = plain(task.description);
  const found = named.length > 0 ? named : failed.filter((result) => {
    const short = lastPart(plain(result.name));
    return short.length > 3 && holdsWords(said, short);
  });
  return [...new Set(found.map((result) => result.name))];
}

function plain(name: string): string {
  return name.trim().replace(/^[`'"]+|(?<![`'"])[`'"]+$/g, "").toLowerCase();
}

/** The case that a result is of: `test_empty` of `pytest: tests/test_a.py::ListTest::test_empty`. */
export function lastPart(name: string): string {
  return name.split(/::|: | > /).at(-1)!.trim();
}

function holdsWords(text: string, words: string): boolean {
  const at = text.indexOf(words);
  const isWord = (sign: string | undefined) => sign !== undefined && /\w/.test(sign);
  return at >= 0 && !isWord(text[at - 1]) && !isWord(text[at + words.length]);
}
