import assert from "node:assert/strict";
import { CONFLICT } from "../../src/features/attempts/conflict.ts";
import type { Attempt } from "../../src/features/attempts/slice.ts";
import type { Effect } from "../../src/effects/effect.ts";
import type { Stamped } from "../../src/features/fact.ts";
import type { Registry } from "../../src/features/registry.ts";
import type { State } from "../../src/features/state.ts";
import type { Ledger } from "./disk.ts";
import type { Law } from "./law.ts";
import { Standing, writesToProject } from "./standing.ts";
import { readHash } from "./written_text.ts";

/** Times that an attempt may be judged once more because the project moved on. */
const MOST_MOVED = 4;

/** The effect that a fact is of. */
function effectOf(before: State, fact: Stamped) {
  return "key" in fact ? before.effects.open[fact.key]?.effect : undefined;
}

/** The attempt in whose turn something is written; null where it is of no attempt. */
function attemptOfTurn(before: State, turn: string): Attempt | null {
  return before.attempts.open[before.turns.open[turn]?.attempt ?? ""] ?? null;
}

/** The attempt that a round of checks is for: its own, or the one whose turn wrote. */
function judgedBy(before: State, cause: string): string | null {
  return before.attempts.open[cause] === undefined ? before.turns.open[cause]?.attempt ?? null : cause;
}

/** What a tool of an attempt writes is told with the attempt's own workspace, or with none where it has none, also once its turn is over. */
export const writesNameTheirPlace = (): Law => {
  const places = new Map<string, string | null>();
  return (before, fact) => {
    if (fact.type === "effect_opened" && fact.effect.kind === "tool") {
      places.set(fact.effect.key, attemptOfTurn(before, fact.effect.turn)?.workspace ?? null);
    }
    if (!/^(write|command)_(opened|closed)$/.test(fact.type) || !("key" in fact)) return;
    const workspace = "workspace" in fact ? fact.workspace ?? null : null;
    const own = places.get(fact.key) ?? null;
    assert.equal(workspace, own, `${fact.type} of ${fact.key} is of the workspace ${workspace} and not of ${own}`);
  };
};

/**
 * Where attempts work in copies the project is changed by what is applied, by what is taken back of that, and by persons; and each write finds
 * there what it says that it found.
 */
export const projectChangesByApplying = (_registry: Registry, ledger: Ledger): Law => {
  const standing = new Standing(ledger);
  return (before, fact) => {
    standing.savedBefore(fact);
    const effect = effectOf(before, fact);
    for (const { path, before: was, after } of writesToProject(fact)) {
      assert.equal(was, standing.at(path), `${path} was written by ${effect?.key} over something else than it says`);
      if (effect?.kind === "apply") {
        const { workspace } = before.attempts.open[effect.attempt]!;
        const draft = before.files.drafts[workspace!]?.[path];
        assert.equal(after, draft?.current, `${path} was applied otherwise than ${effect.attempt} wrote it`);
      } else if (effect?.kind === "take_back") {
        const { workspace, applied, writes } = before.attempts.open[effect.attempt]!;
        const own = workspace === null ? writes : applied;
        assert.ok(own.some((write) => write.path === path), `${effect.key} takes back ${path}, which it did not write`);
        assert.ok(own.some((write) => write.before === after), `${effect.key} takes ${path} to where it never was`);
      } else if (effect?.kind === "tool") {
        assert.equal(attemptOfTurn(before, effect.turn)?.workspace ?? null, null);
      } else assert.fail(`${path} was written to the project by ${effect?.kind}`);
    }
    standing.hear(fact);
  };
};

/** What is brought into the project, or taken out of it, is so one attempt after the other: each looks first at what it finds there. */
export const broughtInOneByOne = (): Law => (before, fact) => {
  const brings = (effect: Effect) => effect.kind === "apply" || effect.kind === "take_back";
  if (fact.type !== "effect_opened" || !brings(fact.effect)) return;
  const others = Object.values(before.effects.open).filter(({ effect }) => brings(effect)).map(({ effect }) =>
    effect.key
  );
  assert.deepEqual(others, [], `${fact.effect.key} changes the project beside others`);
};

/** What a check says of an attempt is said of all that it wrote, and is kept as what is known of it. */
export const verdictsAreOfTheWork = (_registry: Registry, { judged }: Ledger): Law => (before, fact, after) => {
  const effect = effectOf(before, fact);
  if (fact.type !== "effect_finished" || fact.result.kind !== "check" || effect?.kind !== "check") return;
  const name = judgedBy(before, effect.cause);
  const attempt = after.attempts.open[name ?? ""];
  if (attempt === undefined || attempt.workspace === null) return;
  assert.deepEqual(attempt.after, fact.result.results, `${effect.key} says nothing of ${name}`);
  if (attempt.base === null) {
    assert.notEqual(before.turns.open[effect.cause], undefined, `${effect.key} is the last of ${name} and has no base`);
    return;
  }
  for (const [path, { current }] of Object.entries(after.files.drafts[attempt.workspace] ?? {})) {
    assert.equal(judged.get(effect.key)?.get(path) ?? null, current, `${effect.key} looked at another ${path}`);
  }
};

/**
 * An attempt is kept only once all of its work stands in the project, which then is, file by file, what the last check of it looked at.
 */
export const keptIsWhatWasJudged = (_registry: Registry, ledger: Ledger): Law => {
  const standing = new Standing(ledger);
  const last = new Map<string, string>();
  const applied = new Set<string>();
  return (before, fact) => {
    standing.savedBefore(fact);
    const effect = effectOf(before, fact);
    if ((fact.type === "write_closed" || fact.type === "command_closed") && effect?.kind === "tool") {
      const turn = before.turns.open[effect.turn]?.attempt ?? "";
      last.delete(turn);
      applied.delete(turn);
    }
    if (fact.type === "effect_opened" && fact.effect.kind === "apply") {
      assert.ok(last.has(fact.effect.attempt), `${fact.effect.key} applies what was not judged since it moved`);
    }
    if (fact.type === "effect_finished" && effect?.kind === "check") {
      const name = judgedBy(before, effect.cause);
      if (name !== null) {
        last.set(name, fact.key);
        applied.delete(name);
      }
    }
    if (fact.type === "effect_finished" && effect?.kind === "apply" && fact.result.kind === "apply") {
      if (fact.result.moved.length === 0) {
        const seen = ledger.judged.get(last.get(effect.attempt) ?? "");
        assert.notEqual(seen, undefined, `${effect.attempt} is applied and was not judged`);
        assert.deepEqual(sorted(standing.files), sorted(seen!), `what ${fact.key} left is not what was judged`);
        applied.add(effect.attempt);
      } else last.delete(effect.attempt);
    }
    if (fact.type === "attempt_closed" && fact.verdict === "kept") {
      const name = `${fact.task}.${fact.number}`;
      const isApart = before.attempts.open[name]!.workspace !== null;
      assert.ok(!isApart || applied.has(name), `${name} is kept and was not applied as it was judged`);
    }
    standing.hear(fact);
  };
};

function sorted(files: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Of an attempt that is not kept nothing stands in the project, but for files that a person saved after it was brought there. */
export const refutedLeavesNothing = (_registry: Registry, ledger: Ledger): Law => {
  const standing = new Standing(ledger);
  const saved = new Map<string, number>();
  const first = new Map<string, { readonly seq: number; readonly before: string | null }>();
  return (before, fact) => {
    for (const { path, seq } of standing.savedBefore(fact)) saved.set(path, seq);
    const effect = effectOf(before, fact);
    if (effect?.kind === "apply") {
      for (const write of writesToProject(fact)) {
        const key = `${effect.attempt} ${write.path}`;
        if (!first.has(key)) first.set(key, { seq: fact.seq, before: write.before });
      }
    }
    standing.hear(fact);
    if (fact.type !== "attempt_closed" || fact.verdict === "kept") return;
    const name = `${fact.task}.${fact.number} `;
    for (const [key, { seq, before: was }] of first) {
      if (!key.startsWith(name)) continue;
      const path = key.slice(name.length);
      if ((saved.get(path) ?? 0) >= seq) continue;
      assert.equal(standing.at(path), was, `${path} still holds what ${name}applied`);
    }
  };
};

/**
 * However attempts go on beside each other, the project is what it was at the start and what accepted attempts brought into it, each in its
 * turn; and what persons saved.
 */
export const projectIsTheSumOfTheAccepted = (_registry: Registry, ledger: Ledger): Law => {
  const standing = new Standing(ledger);
  const sum = new Map(ledger.start);
  const saved = new Set<string>();
  return (before, fact) => {
    for (const { path } of standing.savedBefore(fact)) saved.add(path);
    standing.hear(fact);
    if (fact.type !== "attempt_closed") return;
    const writesOf = ({ workspace, writes, applied }: Attempt) => workspace === null ? writes : applied;
    const { [`${fact.task}.${fact.number}`]: own, ...others } = before.attempts.open;
    for (const { path, after } of fact.verdict === "kept" ? writesOf(own!) : []) {
      if (after === null) sum.delete(path);
      else sum.set(path, after);
    }
    // What others are just bringing in is no part of it yet.
    const onTheWay = new Set(Object.values(others).flatMap((one) => writesOf(one).map(({ path }) => path)));
    const settled = (files: ReadonlyMap<string, string>) =>
      sorted(files).filter(([path]) => !saved.has(path) && !onTheWay.has(path));
    assert.deepEqual(settled(standing.files), settled(sum), `the project after ${fact.task}.${fact.number}`);
  };
};

/** A draft is there only while its attempt is open, and holds what that one wrote and nothing of another. */
export const draftsAreOfOneAttempt = (): Law => (before, fact, after) => {
  if (after.files.drafts === before.files.drafts && after.attempts.open === before.attempts.open) return;
  const places = Object.values(after.attempts.open).flatMap(({ workspace }) => workspace === null ? [] : [workspace]);
  assert.equal(new Set(places).size, places.length, `two attempts work in one of ${places.join(", ")}`);
  for (const [workspace, draft] of Object.entries(after.files.drafts)) {
    const attempt = Object.values(after.attempts.open).find((one) => one.workspace === workspace);
    assert.notEqual(attempt, undefined, `${workspace} holds a draft of no attempt after ${fact.type}`);
    const own = new Set(attempt!.writes.map(({ path }) => path));
    for (const path of Object.keys(draft)) assert.ok(own.has(path), `${path} in ${workspace} was not written there`);
  }
};

/**
 * What a person saved is overwritten by nobody who did not know it: lines that they added stay, and what they wrote in place of a text that an
 * attempt changed stands until they say yes to that very change.
 */
export const savesAreNotOverwritten = (_registry: Registry, ledger: Ledger): Law => {
  const standing = new Standing(ledger);
  /** What a person was asked to give up, and what they gave up, each as the attempt, the file and the hash of what stood there. */
  const asked = new Map<string, readonly (readonly [string, string | null])[]>();
  const given = new Map<string, (string | null)[]>();
  return (before, fact) => {
    standing.savedBefore(fact);
    if (fact.type === "question_asked" && fact.id.startsWith(CONFLICT)) {
      const conflict = before.attempts.open[fact.id.slice(CONFLICT.length)]?.conflict;
      asked.set(fact.id, Object.entries(conflict?.theirs ?? {}));
    }
    if (fact.type === "question_answered" && fact.approved) {
      for (const [path, hash] of asked.get(fact.id) ?? []) {
        const key = `${fact.id} ${path}`;
        given.set(key, [...given.get(key) ?? [], hash]);
      }
    }
    const effect = effectOf(before, fact);
    if (effect?.kind === "apply") {
      const { writes } = before.attempts.open[effect.attempt]!;
      for (const { path, before: was, after } of writesToProject(fact)) {
        const gave = given.get(`${CONFLICT}${effect.attempt} ${path}`) ?? [];
        const known = [writes.find((write) => write.path === path)?.before ?? null, ...gave];
        const isMeant = gave.includes(was) || known.some((hash) => keeps(was, after, hash));
        assert.ok(isMeant, `${effect.key} overwrites ${was} in ${path} with ${after}`);
      }
    }
    standing.hear(fact);
  };
};

/** Whether a text that replaces another keeps the lines of persons in it, and replaces no more than was known. */
function keeps(was: string | null, after: string | null, known: string | null): boolean {
  if (was === null || was === known) return true;
  if (after === null) return false;
  const [old, now, start] = [readHash(was), readHash(after), known === null ? null : readHash(known)];
  const isHeadKnown = old.head === start?.head || old.head === now.head;
  return isHeadKnown && old.lines.every((line) => now.lines.includes(line));
}

/** Nothing goes round for ever: copies are proven once, and an attempt is applied, judged once more and asked about only so often. */
export const roundsAreBounded = (_registry: Registry, { saves }: Ledger): Law => {
  const counts = new Map<string, number>();
  const count = (what: string): number => {
    counts.set(what, (counts.get(what) ?? 0) + 1);
    return counts.get(what)!;
  };
  return (before, fact) => {
    if (fact.type === "effect_opened" && fact.effect.kind === "prove") {
      assert.equal(counts.get("prove") ?? 0, 0, "copies are looked at once more");
    }
    const isCut = fact.type === "effect_cancelled" || fact.type === "effect_failed" && fact.failure === "interrupted";
    if (/^effect_(?!opened)/.test(fact.type) && effectOf(before, fact)?.kind === "prove" && !isCut) count("prove");
    if (fact.type === "effect_finished" && fact.result.kind === "apply") {
      const effect = effectOf(before, fact);
      const name = effect?.kind === "apply" ? effect.attempt : "";
      assert.ok(count(`apply ${name}`) <= MOST_MOVED, `${name} is applied again and again`);
    }
    if (fact.type === "question_asked" && fact.id.startsWith(CONFLICT)) {
      assert.ok(count(fact.id) <= saves.length + 1, `${fact.id} is asked again and again`);
    }
    if (fact.type === "attempt_opened") {
      const { offered, proof } = before.workspaces;
      assert.ok(offered === null || proof !== null, `${fact.task}.${fact.number} opens before copies were looked at`);
      assert.equal(fact.workspace !== undefined, proof?.holds === true, "an attempt works where the proof says");
    }
  };
};
