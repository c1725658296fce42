import { z } from "zod";

// A pattern and no length, so that the JSON Schema, which trims nothing, refuses blanks as well.
/** A text that says something. */
export const words = z.string().trim().regex(/\S/, "must be a text that is not empty");

/** A command, which no shell reads. */
export const command = z.union(
  [words, z.array(z.string()).min(1)],
  "must be a command as one line or as a list of its words",
);

/** The name of an environment variable. */
export const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be the name of an environment variable");

/** Headers by the variables that hold their values. */
export const headersFrom = z.record(
  z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, "must be the name of a header"),
  variable.describe("Environment variable that holds the header's value."),
);
