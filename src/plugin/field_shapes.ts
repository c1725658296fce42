import * as z from "zod";

// A pattern and no length, so that the JSON Schema, which trims nothing, refuses blanks as well.
/** A text that says something. */
export const words = z.string().trim().regex(/\S/, "must be a text that is not empty");

/** A command, which no shell reads. */
export const command = z.union(
  [words, z.array(z.string()).min(1)],
  "must be a command as one line or as a list of its words",
);

/** What providers let their keys begin with, where the rest is letters, digits and _ as in a variable's name. */
const BEGINS_KEY = /^((sk|gsk|hf|ghp|gho|glpat|r8|nvapi|pplx|xai)_|AIza)/;
/** Shortest word with small letters and digits that is taken for a key. */
const SHORTEST_KEY = 16;

function isWrittenAsKey(text: string): boolean {
  const isLong = (word: string) => word.length >= SHORTEST_KEY && /[a-z]/.test(word) && /\d/.test(word);
  return text.length >= SHORTEST_KEY && BEGINS_KEY.test(text) || text.split("_").some(isLong);
}

/** The name of an environment variable, and not what should stand in one. */
export const variable = z.string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: "must be the name of an environment variable", abort: true })
  .refine(
    (text) => !isWrittenAsKey(text),
    "must be the name of an environment variable, not the key itself, which is to stand in that variable",
  );

/** Whether a field of a configuration names environment variables, so that what stands there wrongly may be a key. */
export function namesVariables(field: PropertyKey): boolean {
  return field === "key_variable" || field === "headers_from" || field === "env_variables";
}

/** Headers by the variables that hold their values. */
export const headersFrom = z.record(
  z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, "must be the name of a header"),
  variable.describe("Environment variable that holds the header's value."),
);
