import { ARBITER } from "../../features/registry.ts";
import { type Line, span } from "../line.ts";
import type { Panel } from "../panel.ts";
import { currentTurn, effectsOf } from "../select/activity.ts";
import { selectBody, selectHistory, selectLast } from "../select/body.ts";
import { headLines } from "../select/header.ts";

/** Panes lower than this have no rule under their head. */
const RULED_FROM = 8;

/**
 * The thread of a role: what it does and where, and its exchange.
 *
 * @param role a role
 * @param index its place among the roles, from 0: the first nine have a digit as their key
 */
export function threadPanel(role: string, index: number): Panel {
  return {
    id: `thread:${role}`,
    key: index < 9 ? String(index + 1) : null,
    role,
    title: () => role,
    lines({ state, store, look }, { width, height }) {
      const head = headLines(state, role, store.signals(), store.now(), width, height, look);
      const rule: Line[] = height < RULED_FROM ? [] : [[span(look.signs.across.repeat(width), "dim")]];
      return [...head, ...rule];
    },
    transcript: {
      present: (state) =>
        role === ARBITER ? String(state.decisions.count) : currentTurn(state, role)?.id ??
          `after ${state.threads[role]?.asks ?? 0}, ${effectsOf(state, role).length} open`,
      blocks({ state, store }, history) {
        const { says } = store;
        const made = role === ARBITER ? store.decisions() : [];
        const all = [...selectHistory(state, role, history, says, made), ...selectBody(state, role, says)];
        return all.length === 0 ? selectLast(state, role) : all;
      },
    },
  };
}
