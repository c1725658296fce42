import type { HostFailure } from "../ports/model_host.ts";

/** A body as it is posted. */
type Body = Readonly<Record<string, unknown>>;

/** Fields without which an ask is the same ask, only less steady or less counted. */
const SPARED = ["seed", "stream_options", "temperature", "stop", "chat_template_kwargs"] as const;
/** The bound on the answer, and the name that newer models of OpenAI know it by. */
const BOUND = { old: "max_tokens", new: "max_completion_tokens" } as const;

/** How servers say that they do not take a field: OpenAI, Azure, Groq, Mistral and others over pydantic, LiteLLM, Google. */
const REFUSED =
  /unsupported|not supported|not support|unrecognized|unknown (name|parameter|field|argument)|unexpected (keyword|field)|extra_forbidden|extra inputs|not permitted|not allowed|only the default/i;

/**
 * Finds the fields of a request that a server's refusal names.
 *
 * @param failure what the server answered
 * @param body what was asked
 * @returns names of fields that {@link withoutRefused} can do without; [] where the refusal is about something else
 */
export function refusedFields({ failure, details, message }: HostFailure, body: Body): readonly string[] {
  // What names the field for templates is taken for a refusal of the template.
  const isOfRequest = failure === "bad_request" || failure === "template_refused";
  // What stands before is ours, the model's name in it.
  const said = message.slice(message.indexOf("the server answered"));
  if (!isOfRequest || details.status === undefined || !REFUSED.test(said)) return [];
  return [BOUND.old, ...SPARED].filter((field) => body[field] !== undefined && holdsName(said, field));
}

/**
 * Writes a body again for a server that does not take some of its fields.
 *
 * @param refused names of those fields
 */
export function withoutRefused(body: Body, refused: ReadonlySet<string>): Body {
  const kept = Object.entries(body).filter(([field]) => !refused.has(field));
  const bound = refused.has(BOUND.old) ? { [BOUND.new]: body[BOUND.old] } : {};
  return { ...Object.fromEntries(kept), ...bound };
}

function holdsName(text: string, field: string): boolean {
  return new RegExp(`(?<![a-z_])${field}(?![a-z_])`).test(text);
}
