/** A rule's verdict on an effect that is about to open. */
export type Verdict =
  | { readonly verdict: "allow" }
  | { readonly verdict: "refuse"; readonly reason: string }
  | { readonly verdict: "confirm"; readonly question: string };

/** A rule: pure, asked before an effect opens; null when it has nothing to say. */
export type Rule<S, E> = (state: S, effect: E) => Verdict | null;

/** The strictest verdict of all rules: the first that refuses, else the last that asks. */
export function strictest<S, E>(rules: readonly Rule<S, E>[], state: S, effect: E): Verdict {
  let strictest: Verdict = { verdict: "allow" };
  for (const rule of rules) {
    const verdict = rule(state, effect);
    if (verdict?.verdict === "refuse") return verdict;
    if (verdict?.verdict === "confirm") strictest = verdict;
  }
  return strictest;
}
