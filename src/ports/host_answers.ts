import * as z from "zod";
import { clip } from "../kernel/text.ts";
import { type ChatReply, HostFailure, type HostSurvey, type ModelAbilities } from "./model_host.ts";
import type { HostQuestion } from "./offered_host.ts";

const count = z.int().min(0).nullable().default(null);
const ms = z.number().min(0).nullable().default(null);
const text = z.string().nullable().default(null);

/** What a server of a plugin's kind has, with nothing left out. */
export const Survey: z.ZodType<HostSurvey> = z.object({
  version: text,
  models: z.array(z.object({
    name: z.string(),
    digest: z.string().default(""),
    bytes: count,
    size: text,
    chats: z.boolean().optional(),
    elsewhere: z.boolean().optional(),
    window: z.int().min(1).optional(),
  })),
  resident: z.array(z.object({ name: z.string(), bytes: count, gpuBytes: count, window: count, expiresAt: text }))
    .optional(),
  slots: z.int().min(1).nullable().default(null),
  busySlots: count,
  load: z.object({ running: count, waiting: count, cache: z.number().min(0).max(1).nullable().default(null) })
    .nullable().default(null),
}).transform(({ resident, ...survey }) =>
  resident === undefined ? { ...survey, resident: [], residentUnknown: true } : { ...survey, resident }
);

/** A reply, with nothing left out. */
export const Reply: z.ZodType<ChatReply> = z.object({
  text: z.string(),
  thinking: z.string().default(""),
  calls: z.array(z.object({ name: z.string(), arguments: z.unknown() })).default([]),
  endedBy: z.enum(["stop", "length"]).default("stop"),
  forced: z.boolean().default(false),
  promptTokens: count,
  heldTokens: z.int().min(0).nullable().optional(),
  answerTokens: count,
  loadMs: ms,
  promptMs: ms,
  answerMs: ms,
});

/** What a model can do; of one whose kind does not say, no more than to answer with text. */
export const Abilities: z.ZodType<ModelAbilities> = z.preprocess(
  (value) => value ?? {},
  z.object({
    tools: z.boolean().default(false),
    thinking: z.boolean().default(false),
    trainedWindow: z.int().min(1).nullable().default(null),
    fixedWindow: z.int().min(1).nullable().default(null),
    parser: text,
  }),
);

/** A rendered prompt; null where nobody renders it. */
export const Rendered = text;

/** A number of tokens; null where nobody counts. */
export const Counted = count;

/** The form of the answer to each question. */
export const ANSWERS: Readonly<Record<HostQuestion["ask"], z.ZodType>> = {
  survey: Survey,
  abilities: Abilities,
  chat: Reply,
  render: Rendered,
  count: Counted,
};

/**
 * Reads what a plugin's kind of host gave.
 *
 * @param kind the word that names it
 * @param shape form of the answer
 * @param given what it gave, whose form nobody looked at
 * @throws {HostFailure} `protocol` where that is no answer, with the first place that does not fit
 */
export function readAnswer<T>(kind: string, shape: z.ZodType<T>, given: unknown): T {
  const read = shape.safeParse(given);
  if (read.success) return read.data;
  throw new HostFailure(
    "protocol",
    `its kind "${kind}" gave what is no answer to that (${misfit(read.error)}). Repair the plugin.`,
  );
}

/** Says in few words what does not fit, such as `models.0.name: Invalid input: expected string`. */
function misfit(error: z.ZodError): string {
  const [first] = error.issues;
  const place = first?.path.map(String).join(".") ?? "";
  return clip(`${place === "" ? "" : `${place}: `}${first?.message ?? "it has another form"}`, 200);
}
