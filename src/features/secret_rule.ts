import { namedSecrets } from "../effects/tool/named_secrets.ts";
import { isSecretPath } from "../languages/secret_path.ts";
import { say } from "../sentences/say.ts";
import type { Rule } from "./registry.ts";
import { wordsOf } from "./words_of.ts";

/**
 * Asks before a call comes near a file that may hold secrets: what it gives back is sent to a model. Where nobody is there to ask, it is
 * refused.
 */
export const secretRule: Rule = (state, effect, from) => {
  if (effect.kind !== "tool") return null;
  const { name, arguments: args } = effect.call;
  // A command names files among its words, also behind `=` and `@`.
  const words = args.command === undefined ? [] : wordsOf(args.command).flatMap((word) => word.split(/[=@:<>"'`\s]/));
  const [path] = [...namedSecrets(args), ...words.filter(isSecretPath)];
  if (path === undefined) return null;
  if (state.run.info?.headless === true) return { verdict: "refuse", reason: say(from, "rules.secret", { path }) };
  return {
    verdict: "confirm",
    question: `May ${effect.role} call ${name} on ${path}, which may hold secrets? A model is sent what it gives.`,
  };
};
