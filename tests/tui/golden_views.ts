import type { Timer } from "../../src/ports/timer.ts";
import type { Colourist } from "../../src/tui/code_colours.ts";
import { newColourist } from "../../src/tui/colourist.ts";
import type { Moment } from "./golden_run.ts";

/** The views that a person sees most, each at a moment of the stored run, with the keys that lead to it. */
export const VIEWS: Readonly<
  Record<string, { readonly moment: Moment; readonly keys: string; readonly shows: RegExp }>
> = {
  stage: { moment: { at: 133, later: 2_000, streams: true }, keys: "", shows: /> 2 coding/ },
  try: { moment: { at: 140, later: 1_000 }, keys: "", shows: /> 2 coding/ },
  decisions: { moment: { at: 260, later: 1_000 }, keys: "l", shows: /> l decisions/ },
  changes: { moment: { at: 260 }, keys: "c\r", shows: /difference: all of the run/ },
  gate: {
    moment: { at: 83, and: { type: "hold_placed", hold: { id: "h9", scope: "all", of: "" } } },
    keys: "m",
    shows: /> m messages[^]*‖ .*arbiter → interpreter .*Enter/,
  },
  summary: { moment: {}, keys: "", shows: /the run is over/ },
};

/** What is to be done after no time is done at once, what is to be done later never: nothing here takes time. */
export const atOnce: Timer = (ms, act) => {
  if (ms === 0) act();
  return () => {};
};

/** The real grammars, with a moment at which all code has its colours. */
export class SettlingColourist {
  readonly #loads: Promise<unknown>[] = [];

  readonly load = (): Promise<Colourist> =>
    this.#noted(
      newColourist().then((real) => ({
        readerOf: (language) => this.#noted(real.readerOf(language)),
      })),
    );

  #noted<Loaded>(load: Promise<Loaded>): Promise<Loaded> {
    this.#loads.push(load);
    return load;
  }

  /** Settles when nothing is loaded any more; what is loaded is used in the same turn. */
  async settled(): Promise<void> {
    for (let load = this.#loads.shift(); load !== undefined; load = this.#loads.shift()) {
      await load;
      await new Promise((turn) => setTimeout(turn, 0));
    }
  }
}
