/**
 * Loads the engine for regular expressions whose time is linear in the text (RE2), for expressions that a model or a file wrote.
 *
 * @returns the package re2js; loaded when it is first asked for
 */
export function linearEngine(): Promise<typeof import("re2js")> {
  return import("re2js");
}
