import { ToolError } from "../ports/tool.ts";
import type { ModelAsk, ObjectSchema, Tool } from "./tool.ts";

/** A tool that is a model. */
export interface ModelTool<Input extends Record<string, unknown>> extends ModelAsk {
  /** Unique among all tools, `[a-z][a-z0-9_]*`. */
  readonly name: string;
  /** What it answers, in one or two short sentences in the third person; models read this. */
  readonly describes: string;
  /** `z.object` of the arguments, at least one of them required; the prompt names them as `{{name}}`. */
  readonly input: ObjectSchema<Input>;
}

/**
 * Makes a tool of any model on any host: a call of it asks that model, and what it says is the result. Its tokens, failures, slots and
 * budget are counted like those of any ask; it has no tools itself.
 *
 * @param tool the model, what it is asked, and the form of its answer
 * @returns the tool, as a list of tools holds it
 */
export function modelTool<Input extends Record<string, unknown>>(tool: ModelTool<Input>): Tool {
  const { name, describes, input, model, prompt, answers } = tool;
  return {
    name,
    describes,
    input,
    access: "reads",
    asks: { model, prompt, ...(answers === undefined ? {} : { answers }) },
    run: () => Promise.reject(new ToolError(`${name} asks a model: only a run can carry it out.`)),
  };
}
