/** A rule's verdict on an effect that is about to open. */
export type Verdict =
  | { readonly verdict: "allow" }
  /** `path` names the file that is kept as it is, where that is why. */
  | { readonly verdict: "refuse"; readonly reason: string; readonly path?: string }
  | { readonly verdict: "confirm"; readonly question: string };

/** A rule: pure, asked before an effect opens; null when it has nothing to say. `W` is where its words come from. */
export type Rule<S, E, W> = (state: S, effect: E, from: W) => Verdict | null;

/** The strictest verdict of all rules: the first that refuses, else the last that asks. */
export function strictest<S, E, W>(rules: readonly Rule<S, E, W>[], state: S, effect: E, from: W): Verdict {
  let strictest: Verdict = { verdict: "allow" };
  for (const rule of rules) {
    const verdict = rule(state, effect, from);
    if (verdict?.verdict === "refuse") return verdict;
    if (verdict?.verdict === "confirm") strictest = verdict;
  }
  return strictest;
}
