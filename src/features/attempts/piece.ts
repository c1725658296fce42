import type { Call } from "../../kernel/call.ts";
import type { State } from "../state.ts";

/**
 * Names the function that a call writes.
 *
 * @param call a call
 * @returns its file and its name, `src/a.ts add`; null where the call is not about one function
 */
export function pieceOf(call: Pick<Call, "name" | "arguments">): string | null {
  const { path, function: name } = call.arguments;
  return call.name === "rewrite_function" && typeof path === "string" && typeof name === "string"
    ? `${path} ${name}`
    : null;
}

/**
 * Notes that the open attempt tried a function, whatever became of it.
 *
 * @param state what is so
 * @param turn turn that made the call
 * @param call the call
 * @returns the state, unchanged where the turn is not the attempt's or the call not about one function
 */
export function withPiece(state: State, turn: string, call: Pick<Call, "name" | "arguments"> | undefined): State {
  const attempt = state.attempt;
  const piece = call === undefined ? null : pieceOf(call);
  if (attempt === null || attempt.turn !== turn || piece === null || attempt.pieces.includes(piece)) return state;
  return { ...state, attempt: { ...attempt, pieces: [...attempt.pieces, piece] } };
}
