import type { State } from "../state.ts";

/** Whether the arbiter reviews the answers to its consults in this run: where it decides, and talk is known to help or was asked for. */
export function reviewsAnswers({ run: { info } }: State): boolean {
  return info?.mode === "driver" && info.talk === "on";
}
