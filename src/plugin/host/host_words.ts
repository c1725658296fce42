import * as z from "zod";
import { FAILURE_CLASSES, type FailureClass } from "../../kernel/failure.ts";
import { HostFailure } from "../../ports/model_host.ts";

/** Classes that say what became of an ask on our side: no server may claim them. */
const OURS: readonly FailureClass[] = ["interrupted", "cancelled", "tool_error"];
const CLASSES = FAILURE_CLASSES.filter((failure) => !OURS.includes(failure));
/** Longest time that a host is left alone at its wish, ms. */
const MOST_REST_MS = 24 * 3_600_000;
/** Most characters of what a failure says. */
const SAID_CHARS = 2_000;

const count = z.int().min(0);
const said = z.string().transform((text) => text.slice(0, SAID_CHARS));

/** A failure of a host as it crosses from a plugin's process. */
export const HostWord = z.object({
  kind: z.literal("host"),
  failure: z.enum(CLASSES),
  text: said,
  details: z.object({
    status: z.int(),
    promptTokens: count,
    window: count,
    answerTokens: count,
    found: said,
    advice: said,
    retryAfterMs: z.number().min(0).transform((ms) => Math.min(ms, MOST_REST_MS)),
    broken: z.literal(true),
  }).partial(),
});

/** A failure of a host as it crosses from a plugin's process. */
export type HostWord = z.infer<typeof HostWord>;

/** What crosses of a failure; one that says what no host says is one of its wire. */
export function hostWord({ failure, message, details }: HostFailure): HostWord {
  const word = HostWord.safeParse({ kind: "host", failure, text: message, details });
  return word.data ?? { kind: "host", failure: "protocol", text: String(message).slice(0, SAID_CHARS), details: {} };
}

/** The failure that crossed. */
export function failureOfWord({ failure, text, details }: HostWord): HostFailure {
  return new HostFailure(failure, text, details);
}
