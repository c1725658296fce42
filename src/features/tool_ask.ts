import type { JsonSchema } from "../kernel/call.ts";

/** A model that a call of a tool asks, in place of code that it runs. */
export interface ToolAsk {
  /** Model that is asked, `name` or `name@host`; null where it is that of a role. */
  readonly model: string | null;
  /** Role whose models are asked; null where the model is named. */
  readonly role: string | null;
  /** What the model is asked, with the arguments of the call as placeholders. */
  readonly prompt: string;
  /** JSON Schema of the fields of its answer; null where that is text. */
  readonly answers: JsonSchema | null;
}
