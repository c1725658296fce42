import * as z from "zod";
import { reasonOf } from "../kernel/reason_of.ts";
import type { JsonSchema } from "../kernel/call.ts";
import { faultAt, validate } from "../mediate/validate.ts";
import type { CheckedArguments } from "../ports/tool.ts";
import { placeOf } from "./shape.ts";
import type { ObjectSchema } from "./tool.ts";
import { say, type Wording } from "../sentences/say.ts";

/**
 * Writes a tool's schema as it travels to servers and models: properties in their order, nothing that says nothing.
 * @param input `z.object` of the arguments
 * @returns a JSON Schema object of what may be given
 */
export function parametersOf(input: ObjectSchema): JsonSchema {
  // A plugin may bring its own copy of zod 4; what the copies share is the schema's inner form, which toJSONSchema reads.
  const { $schema: _draft, ...schema } = z.toJSONSchema(input as unknown as z.ZodObject, {
    io: "input",
    reused: "inline",
  });
  return cleaned(schema) as JsonSchema;
}

/** Leaves out the bounds of safe whole numbers, which zod adds to every z.int(). */
function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== "object" || value === null) return value;
  const noise = (key: string, item: unknown) =>
    (key === "minimum" && item === Number.MIN_SAFE_INTEGER) || (key === "maximum" && item === Number.MAX_SAFE_INTEGER);
  return Object.fromEntries(
    Object.entries(value).filter(([key, item]) => !noise(key, item)).map(([key, item]) => [key, cleaned(item)]),
  );
}

/**
 * Compares arguments with a tool's schema. What is wrong is said by {@link validate}, in the words that models read everywhere; only
 * what the schema's own conditions refuse is said in theirs.
 * @param input `z.object` of the arguments
 * @param parameters the same as {@link parametersOf} writes it
 * @param value the arguments as they were given
 * @returns the arguments as the tool wants them, or the faults
 */
export function checkArguments(
  input: ObjectSchema,
  parameters: JsonSchema,
  value: unknown,
  from: Wording,
): CheckedArguments {
  let result: z.ZodSafeParseResult<unknown>;
  try {
    result = z.safeParse(input as unknown as z.ZodType, value);
  } catch (cause) {
    return { faults: [say(from, "reply.unchecked", { reason: reasonOf(cause) })] };
  }
  if (result.success) return { value: result.data as Readonly<Record<string, unknown>> };
  const plain = validate(parameters, value, from);
  if ("faults" in plain) return plain;
  return {
    faults: result.error.issues.map(({ path, message }) => {
      const found = path.reduce<unknown>((inner, key) => Object(inner)[key], value);
      return faultAt(placeOf(path), found, message.charAt(0).toLowerCase() + message.slice(1), from);
    }),
  };
}
