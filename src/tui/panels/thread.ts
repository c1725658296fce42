import { ARBITER } from "../../features/registry.ts";
import type { State } from "../../features/state.ts";
import type { Line } from "../line.ts";
import type { Copyable, Panel, Scene } from "../panel.ts";
import { currentTurn, effectsOf } from "../select/activity.ts";
import { selectBody, selectHistory, selectLast } from "../select/body.ts";
import { doingLine, threadLine } from "../select/header.ts";
import { triedFiles } from "../select/tried_files.ts";
import { openAttempt, selectTries } from "../select/tries.ts";

/** Panes lower than this show nothing but what is said in them. */
const HEADED_FROM = 6;

/** Narrower panes are named by their role alone. */
const NAMED_FROM = 34;

/** Cells from which on the file of a task is named, and below which its try is named as briefly as can be. */
const FILE_FROM = 66;
const SHORT_BELOW = 50;

/**
 * The thread of a role: what it does, its exchange, and its tries at a task with what they changed and what became of that.
 *
 * @param role a role
 * @param number its place among the roles, from 0: the first nine have a digit as their key; -1 for one that has no number
 */
export function threadPanel(role: string, number: number): Panel {
  const id = `thread:${role}`;
  return {
    id,
    key: number >= 0 && number < 9 ? String(number + 1) : null,
    role,
    title: (state, width) => titleOf(state, role, width),
    note: (scene, width) =>
      doingLine(scene, role, Math.max(0, width - (width < NAMED_FROM ? role.length + 8 : 12 + role.length))),
    lines: (scene, { width, height }): readonly Line[] =>
      scene.shown.includes("crew") || height < HEADED_FROM ? [] : [threadLine(scene, role, width)],
    copies: (scene) => copiesOf(scene, role),
    files: (scene) => triedFiles(scene, role),
    transcript: {
      present: (state) =>
        role === ARBITER ? String(state.decisions.count) : currentTurn(state, role)?.id ??
          `after ${state.threads[role]?.asks ?? 0}, ${effectsOf(state, role).length} open`,
      blocks(scene: Scene, history) {
        const { state, store } = scene;
        const { says } = store;
        const isWhole = scene.ui.unfolded.includes(id);
        const made = role === ARBITER ? store.decisions() : [];
        const body = selectBody(state, role, says, selectTries(scene, role, isWhole));
        const all = [...selectHistory(state, role, history, says, made), ...body];
        if (all.length === 0) return selectLast(state, role);
        return isWhole ? all.map((block) => ({ ...block, most: 0 })) : all;
      },
    },
  };
}

/** What can be copied of a thread: what its newest try changed, its last reply, what it was told. */
function copiesOf({ state, store }: Scene, role: string): readonly Copyable[] {
  const patches = triedFiles({ state, store }, role).flatMap(({ path, patch }) =>
    patch === null ? [] : [{ name: `the difference of ${path}`, text: patch }]
  );
  const reply = store.reply(role, store.replies(role) - 1)?.parts[0];
  const told = state.messages.list.find(({ id }) => id === currentTurn(state, role)?.message);
  return [
    ...patches,
    ...(reply === undefined ? [] : [{ name: "the last reply", text: reply.text }]),
    ...(told === undefined ? [] : [{ name: `message ${told.id}`, text: told.text }]),
  ];
}

/** The role, and the task and the try that it is at: the file of it where there is room, as the commands name it where there is little. */
function titleOf(state: State, role: string, width = Infinity): string {
  const attempt = openAttempt(state, role);
  if (attempt === null) return role;
  const { task, number } = attempt;
  if (width < SHORT_BELOW) return `${role} ${task}.${number}`;
  const target = state.tasks.list.find(({ id }) => id === task)?.target ?? null;
  const file = target === null || width < FILE_FROM ? "" : ` ${target.split("/").at(-1)}`;
  return `${role} · ${task}${file} · try ${number}`;
}
