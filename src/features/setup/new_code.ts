import { say, type Wording } from "../../sentences/say.ts";
import { quoteWords } from "../words_of.ts";
import { isByYes } from "../protection/slice.ts";
import type { State } from "../state.ts";

/** The file in which the code of a new project begins, as long as nobody wrote any there; null in any other. */
export function sourceToMake({ setup: { plan }, files, protection }: State): string | null {
  if (plan === null) return null;
  const current = files.byPath[plan.source]?.current ?? null;
  return current === null || isByYes(protection, plan.source, { hash: current }) ? plan.source : null;
}

/** What whoever writes a test for a new project is told of it, as long as there is no code. */
export function partsOfTest(state: State, from: Wording): readonly string[] {
  const { plan } = state.setup;
  if (plan === null || sourceToMake(state) === null) return [];
  return [say(from, "setup.test", { source: plan.source, language: plan.called, runner: plan.runner })];
}

/** What whoever writes the first code of a new project is told of it. */
export function partsOfWork(state: State, from: Wording): readonly string[] {
  const { plan } = state.setup;
  if (plan === null || sourceToMake(state) === null) return [];
  const [start = []] = plan.starts;
  return [
    say(from, "setup.work", { source: plan.source, language: plan.called }),
    ...(plan.main === plan.source ? [] : [say(from, "setup.main", { main: plan.main })]),
    say(from, "setup.start", { start: quoteWords(start) }),
  ];
}

/** Whether a name that a test misses is what the first code of a new project is to bring: its file, or a name that test and source share. */
export function isNewName(state: State, name: string): boolean {
  const { plan } = state.setup;
  if (plan === null || sourceToMake(state) === null) return false;
  const last = name.split(/[/\\]|::/).at(-1)!;
  const file = plan.source.slice(plan.source.lastIndexOf("/") + 1);
  return last === file || last === file.replace(/\.[^.]*$/, "") || last === plan.name ||
    plan.sharesNames && /^\w+$/.test(last);
}
