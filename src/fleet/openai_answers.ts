import * as z from "zod";
import type { HostSurvey, ModelAbilities, ResidentModel } from "../ports/model_host.ts";
import { loadIn, slotsIn } from "./load_figures.ts";
import { type ListedModel, listedModels } from "./openai_models.ts";

/** `/v1/models` of any server. */
export const Models = z.unknown().transform((answer, context) => {
  const models = listedModels(answer);
  if (models !== null) return models;
  context.addIssue({ code: "custom", message: "is no list of models" });
  return z.NEVER;
});

/** llama.cpp's `/props`; its router says that it is one. */
export const Props = z.object({
  role: z.string().optional(),
  default_generation_settings: z.object({ n_ctx: z.number().optional() }).nullish(),
  total_slots: z.number().optional(),
  build_info: z.string().optional(),
  chat_template: z.string().optional(),
  chat_template_caps: z.object({ supports_tools: z.boolean().optional() }).nullish(),
});

type Props = z.infer<typeof Props>;

/** llama.cpp's `/slots`. */
export const Slots = z.array(z.object({ is_processing: z.boolean().optional() }));
/** `/version` of vLLM and others. */
export const Version = z.object({ version: z.string() });
/** llama-swap's `/running`. */
export const Running = z.object({
  running: z.array(z.object({ model: z.string(), state: z.string().optional() })).nullable(),
});

/** What a server says of itself; null where it has no such endpoint. */
export interface OpenaiSurveyAnswers {
  readonly listed: readonly ListedModel[];
  /** What its own interface lists beside the common one: LM Studio's models, LiteLLM's. */
  readonly own: readonly ListedModel[] | null;
  readonly props: Props | null;
  readonly slots: z.infer<typeof Slots> | null;
  readonly version: z.infer<typeof Version> | null;
  readonly running: z.infer<typeof Running> | null;
  readonly metrics: string | null;
}

/** Servers that hold all that they list, by the name that they give themselves. */
const HOLDS_ALL = /^(llamacpp|vllm|sglang|tgi|mlx)/;

/** Reads what a server says of itself. */
export function surveyOf(answers: OpenaiSurveyAnswers): HostSurvey {
  const { props, slots, version, metrics } = answers;
  const models = joined(answers);
  const windows = models.map(({ window }) => window ?? 0);
  const resident = residentOf(answers, models);
  const busy = slots?.filter((slot) => slot.is_processing === true).length ?? null;
  const load = metrics === null ? null : loadIn(metrics);
  return {
    version: props?.build_info ?? version?.version ?? null,
    models: models.map(({ name, digest, bytes, parameters, chats, window }) => ({
      name,
      digest,
      bytes,
      size: sizeOf(parameters),
      ...(chats === null ? {} : { chats }),
      ...(window === null ? {} : { window }),
    })),
    resident: resident ?? [],
    ...(resident === null ? { residentUnknown: true } : {}),
    slots: props?.total_slots ?? slots?.length ?? (metrics === null ? null : slotsIn(metrics, Math.max(...windows, 0))),
    busySlots: busy,
    load: load ?? (busy === null ? null : { running: busy, waiting: null, cache: null }),
  };
}

/** The models of a list, with what the server's own interface says of them. */
function joined({ listed, own }: OpenaiSurveyAnswers): readonly ListedModel[] {
  return listed.map((model) => {
    const more = own?.find(({ name }) => name === model.name);
    if (more === undefined) return model;
    return {
      ...model,
      bytes: model.bytes ?? more.bytes,
      parameters: model.parameters ?? more.parameters,
      window: model.window ?? more.window,
      trainedWindow: model.trainedWindow ?? more.trainedWindow,
      isLoaded: model.isLoaded ?? more.isLoaded,
      chats: more.chats ?? model.chats,
      tools: more.tools ?? model.tools,
    };
  });
}

/** What a server holds in memory; null where it does not say. */
function residentOf(
  { props, running }: OpenaiSurveyAnswers,
  models: readonly ListedModel[],
): readonly ResidentModel[] | null {
  const isRouter = models.some(({ isLoaded }) => isLoaded !== null);
  const isSingle = !isRouter &&
    (props?.total_slots !== undefined || models.every(({ owner }) => HOLDS_ALL.test(owner)));
  const ready = running?.running?.filter(({ state }) => state === undefined || state === "ready") ?? null;
  const isHeld = isRouter
    ? ({ isLoaded }: ListedModel) => isLoaded === true
    : ready !== null
    ? ({ name, aliases }: ListedModel) => ready.some(({ model }) => model === name || aliases.includes(model))
    : isSingle && models.length > 0
    ? () => true
    : null;
  if (isHeld === null) return null;
  return models.filter(isHeld).map((model) => ({
    name: model.name,
    bytes: model.bytes,
    gpuBytes: null,
    window: model.window ?? (isSingle ? props?.default_generation_settings?.n_ctx ?? null : null),
    expiresAt: null,
  }));
}

/**
 * Finds a model among those that a server lists.
 *
 * @returns null where the server does not have it
 */
export function modelIn(answers: OpenaiSurveyAnswers, model: string): ListedModel | null {
  const models = joined(answers);
  const found = models.find(({ name, aliases }) => name === model || aliases.includes(model));
  // llama.cpp serves its only model under any name (recorded), so a list of one with `/props` answers for it.
  return found ?? (models.length === 1 && answers.props !== null ? models[0]! : null);
}

/**
 * Reads what a model can do.
 *
 * @param model the model as it is listed
 * @param props llama.cpp's properties of it, null where there are none
 */
export function abilitiesOf(model: ListedModel, props: Props | null): ModelAbilities {
  return {
    tools: props?.chat_template_caps?.supports_tools ?? model.tools ?? true,
    thinking: /enable_thinking|<think>|reasoning_effort/.test(props?.chat_template ?? ""),
    trainedWindow: model.trainedWindow,
    fixedWindow: model.window ?? props?.default_generation_settings?.n_ctx ?? null,
    parser: null,
  };
}

/** Writes a number of parameters as `14.8B`, `135M` or `58K`. */
function sizeOf(parameters: number | null): string | null {
  if (parameters === null) return null;
  const [divisor, letter] = parameters >= 1e9 ? [1e9, "B"] : parameters >= 1e6 ? [1e6, "M"] : [1e3, "K"];
  return `${Number((parameters / Number(divisor)).toPrecision(3))}${letter}`;
}
