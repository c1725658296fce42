/** Billions of parameters up to which a model counts as small: what is sold as 14b has up to 14.8 billion. */
const SMALL_BILLIONS = 15;

/**
 * Tells which form of a prompt a model gets.
 *
 * @param billions billions of parameters, null where nobody knows
 * @returns `small` up to 14b and for unknown sizes: short role, steps, an example; `large` above: goals and constraints
 */
export function variantOf(billions: number | null): "small" | "large" {
  return billions !== null && billions > SMALL_BILLIONS ? "large" : "small";
}
