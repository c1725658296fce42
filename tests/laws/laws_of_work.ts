import assert from "node:assert/strict";
import { fingerprint } from "../../src/features/decisions/fingerprint.ts";
import { aboutOf, keyOf, refusal } from "../../src/features/decisions/kinds.ts";
import type { Stamped } from "../../src/features/fact.ts";
import type { FilesSlice } from "../../src/features/files/slice.ts";
import type { Registry } from "../../src/features/registry.ts";
import type { State } from "../../src/features/state.ts";
import { mayBecome } from "../../src/features/tasks/task.ts";
import type { Ledger } from "./disk.ts";
import type { Law } from "./law.ts";

/** Tasks begin ready and change by the one table; a change that the table forbids is not even written. */
export const tasksFollowTheTable = (): Law => (before, fact) => {
  if (fact.type === "tasks_planned") {
    for (const task of fact.tasks) {
      assert.equal(task.status, "ready");
      assert.ok(!before.tasks.list.some((one) => one.id === task.id), `${task.id} exists already`);
    }
  }
  if (fact.type !== "task_changed") return;
  const task = before.tasks.list.find((one) => one.id === fact.id);
  assert.ok(
    task !== undefined && mayBecome(task.status, fact.status),
    `${fact.id} is ${task?.status} and may not become ${fact.status}`,
  );
};

/** The arbiter's decisions are legal when made, and none is made more often in one situation than the bound says. */
export const decisionsDoNotRepeat = (registry: Registry): Law => {
  const made = new Map<string, number>();
  const open = new Set<string>();
  return (before, fact, after) => {
    if (fact.type === "decision_closed") {
      assert.ok(open.delete(fact.id), `${fact.id} is not open`);
    }
    if (fact.type === "run_ended" && fact.kind !== "cancelled" && fact.spent !== true) {
      assert.equal(open.size, 0, "a decision has no outcome");
    }
    if (fact.type !== "decision_made") return;
    open.add(fact.id);
    assert.equal(fact.fingerprint, fingerprint(before));
    assert.equal(after.decisions.count, before.decisions.count + 1);
    if (fact.by !== "arbiter") return;
    assert.equal(
      refusal(before, registry, { name: fact.name, arguments: fact.arguments }),
      null,
      `${fact.name} is not legal`,
    );
    if (fact.name === "answer_user") return;
    const about = aboutOf(before, registry, { name: fact.name, arguments: fact.arguments });
    assert.equal(fact.about, about, "what a decision is about is what its kind says");
    const key = `${fact.fingerprint} ${keyOf({ name: fact.name, about })}`;
    made.set(key, (made.get(key) ?? 0) + 1);
    assert.ok(
      made.get(key)! <= registry.bounds.repeats,
      `${fact.name} was decided ${made.get(key)} times in one situation`,
    );
  };
};

/** A turn opens and closes once, inside its bounds; there is one turn a role. */
export const turnsKeepTheirBounds = (registry: Registry): Law => {
  const seen = new Set<string>();
  return (before, fact) => {
    if (fact.type === "turn_opened") {
      assert.ok(!seen.has(fact.id), `${fact.id} was opened before`);
      seen.add(fact.id);
      assert.ok(
        !Object.values(before.turns.open).some((turn) => turn.role === fact.role),
        `${fact.role} has a turn already`,
      );
    }
    if (fact.type === "turn_closed") {
      const turn = before.turns.open[fact.id];
      assert.ok(turn !== undefined, `${fact.id} is not open`);
      // The last call may need its text asked for.
      assert.ok(turn.asks <= registry.bounds.steps + 1, `${fact.id} made ${turn.asks} asks`);
    }
  };
};

/** What checks refute is taken back: the files are as they were before the attempt and as others left them since, and nothing counts as kept of it. */
export const refutedWorkIsTakenBack = (_registry: Registry, { saves }: Ledger): Law => {
  const without = new Map<string, Pick<FilesSlice, "byPath" | "kept">>();
  return (before, fact, after) => {
    assert.ok(after.files.kept >= 0, "fewer than no writes are kept");
    if (fact.type === "attempt_opened") without.set(`${fact.task}.${fact.number}`, before.files);
    else if (after.files !== before.files) {
      const own = attemptOfFact(before, fact);
      for (const [name, { byPath, kept }] of without) {
        // One that works in the project has it for itself.
        if (own === null || own === name) continue;
        const changed = Object.entries(after.files.byPath).filter(([path, file]) => before.files.byPath[path] !== file);
        without.set(name, {
          byPath: { ...byPath, ...Object.fromEntries(changed) },
          kept: kept + after.files.kept - before.files.kept,
        });
      }
    }
    if (fact.type !== "attempt_closed") return;
    const name = `${fact.task}.${fact.number}`;
    const { byPath = {}, kept } = without.get(name) ?? {};
    without.delete(name);
    if (fact.verdict === "kept") return;
    for (const [path, file] of Object.entries(before.files.byPath)) {
      // What a person saved no fact tells: how that file has to stand another law knows.
      if (saves.some((save) => save.path === path && save.seq < fact.seq)) continue;
      const wanted = byPath[path] === undefined ? file.original : byPath[path].current;
      assert.equal(file.current, wanted, `${path} still holds what attempt ${name} wrote`);
    }
    assert.equal(after.files.kept, kept, `what counts as kept beside attempt ${name}`);
  };
};

/** The attempt whose work a fact about files is; null where it is none's. */
function attemptOfFact(before: State, fact: Stamped): string | null {
  const effect = "key" in fact ? before.effects.open[fact.key]?.effect : undefined;
  return effect?.kind === "apply" || effect?.kind === "take_back" ? effect.attempt : null;
}

/** A turn has only tools that its role names; an attempt is made by a role that names the phase and may write. */
export const specialistsKeepTheirPlace = (registry: Registry): Law => (before, fact) => {
  if (fact.type === "turn_opened") {
    const own = registry.roles[fact.role]?.tools ?? [];
    for (const name of fact.tools) assert.ok(own.includes(name), `${fact.role} does not name ${name}`);
  }
  if (fact.type !== "attempt_opened") return;
  const task = before.tasks.list.find((one) => one.id === fact.task);
  const phase = task?.kind === "documentation" ? "documentation" : before.run.phase;
  const { phases = [], tools = [] } = registry.roles[fact.role] ?? {};
  assert.ok(phases.includes(phase), `${fact.role} does not name ${phase} and works on ${fact.task}`);
  assert.ok(tools.some((name) => registry.tools[name]?.access === "writes"), `${fact.role} cannot write`);
};
