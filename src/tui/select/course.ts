import type { State } from "../../features/state.ts";
import type { Scene } from "../panel.ts";
import { isRunning } from "./activity.ts";

/** How much of the past is shown: so many pieces of so many milliseconds, the last one being under way. */
const PIECES = 8;
const PIECE_MS = 15_000;

/** A piece of time, ms. */
interface Piece {
  readonly from: number;
  readonly to: number;
}

/** The pieces of the last minutes, which stand where they are while they fill; null for those before the run. */
function piecesOf({ state, store }: Pick<Scene, "state" | "store">): readonly (Piece | null)[] {
  // Clocks stand while nothing goes on.
  const now = isRunning(state) ? store.now() : state.at;
  const last = Math.floor(now / PIECE_MS) * PIECE_MS;
  const began = state.clock.startedAt ?? now;
  return Array.from({ length: PIECES }, (_, index) => {
    const from = last - (PIECES - 1 - index) * PIECE_MS;
    const to = Math.min(from + PIECE_MS, Math.max(now, from + 1));
    return to <= began ? null : { from: Math.max(from, began), to };
  });
}

/**
 * Says how busy a host was in the last minutes.
 *
 * @param scene the run and the time
 * @param host its name
 * @param slots asks that it works on at once
 * @returns shares of what it could do, the newest last; null for what was before the run
 */
export function hostCourse(
  scene: Pick<Scene, "state" | "store">,
  host: string,
  slots: number,
): readonly (number | null)[] {
  const { past, open } = scene.state.ledger;
  const asks = [
    ...past.filter((ask) => ask.host === host),
    ...Object.values(open).filter((ask) => ask.host === host).map(({ since }) => ({ from: since, to: Infinity })),
  ];
  return piecesOf(scene).map((piece) => {
    if (piece === null) return null;
    const busy = asks.reduce(
      (sum, ask) => sum + Math.max(0, Math.min(ask.to, piece.to) - Math.max(ask.from, piece.from)),
      0,
    );
    return Math.min(1, busy / (Math.max(1, slots) * (piece.to - piece.from)));
  });
}

/**
 * Says how many tokens asks used that were over in the last minutes.
 *
 * @param scene the run and the time
 * @returns shares of the most that a piece of that time took, the newest last; empty where none was used
 */
export function tokenCourse(scene: Pick<Scene, "state" | "store">): readonly (number | null)[] {
  const { past } = scene.state.ledger;
  const used = piecesOf(scene).map((piece) =>
    piece &&
    past.reduce((sum, { to, tokens }) => sum + (to >= piece.from && to < piece.from + PIECE_MS ? tokens : 0), 0)
  );
  const most = Math.max(0, ...used.map((tokens) => tokens ?? 0));
  return most === 0 ? [] : used.map((tokens) => tokens && tokens / most);
}

/**
 * Says how many checks passed in the last rounds.
 *
 * @returns shares, the newest last; empty before the second round
 */
export function checkCourse({ checks: { course } }: State): readonly number[] {
  return course.length < 2 ? [] : course.slice(-PIECES).map(({ passed, of }) => passed / of);
}
