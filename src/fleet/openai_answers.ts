import { z } from "zod";
import type { HostSurvey, ModelAbilities } from "../ports/model_host.ts";

/** `/v1/models`: `meta` is llama.cpp's, `max_model_len` vLLM's. */
export const Models = z.object({
  data: z.array(z.object({
    id: z.string(),
    aliases: z.array(z.string()).nullish(),
    root: z.string().nullish(),
    max_model_len: z.number().nullish(),
    meta: z.object({
      n_ctx: z.number().optional(),
      n_ctx_train: z.number().optional(),
      n_params: z.number().optional(),
      size: z.number().optional(),
      ftype: z.string().optional(),
    }).nullish(),
  })),
});

type Model = z.infer<typeof Models>["data"][number];

/** llama.cpp's `/props`. */
export const Props = z.object({
  default_generation_settings: z.object({ n_ctx: z.number().optional() }).optional(),
  total_slots: z.number().optional(),
  build_info: z.string().optional(),
  chat_template: z.string().optional(),
  chat_template_caps: z.object({ supports_tools: z.boolean().optional() }).optional(),
});

/** llama.cpp's `/slots`. */
export const Slots = z.array(z.object({ is_processing: z.boolean().optional() }));
/** `/v1/models` of any server: the names alone. */
export const Listed = z.object({ data: z.array(z.object({ id: z.string() })) });
/** vLLM's `/version`. */
export const Version = z.object({ version: z.string() });
/** What a server says of itself; null where it has no such endpoint. */
export interface OpenaiSurveyAnswers {
  readonly listed: readonly Model[];
  readonly props: z.infer<typeof Props> | null;
  readonly slots: z.infer<typeof Slots> | null;
  readonly version: z.infer<typeof Version> | null;
}

/** Reads what a server says of itself. All models that it lists are loaded. */
export function surveyOf({ listed, props, slots, version }: OpenaiSurveyAnswers): HostSurvey {
  return {
    version: props?.build_info ?? version?.version ?? null,
    models: listed.map((model) => ({
      name: model.id,
      digest: digestOf(model),
      bytes: model.meta?.size ?? null,
      size: sizeOf(model.meta?.n_params),
    })),
    resident: listed.map((model) => ({
      name: model.id,
      bytes: model.meta?.size ?? null,
      gpuBytes: null,
      window: windowOf(model) ?? props?.default_generation_settings?.n_ctx ?? null,
      expiresAt: null,
    })),
    slots: props?.total_slots ?? slots?.length ?? null,
    busySlots: slots?.filter((slot) => slot.is_processing === true).length ?? null,
  };
}

/**
 * Reads what a model can do.
 *
 * @returns its abilities, null where the server does not have it
 */
export function abilitiesOf(
  model: string,
  { listed, props }: Pick<OpenaiSurveyAnswers, "listed" | "props">,
): ModelAbilities | null {
  // llama.cpp serves its only model under any name (recorded), so a list of one with `/props` answers for it.
  const found = listed.find(({ id, aliases }) => id === model || aliases?.includes(model)) ??
    (listed.length === 1 && props !== null ? listed[0] : undefined);
  if (found === undefined) return null;
  return {
    tools: props?.chat_template_caps?.supports_tools ?? true,
    thinking: /enable_thinking|<think>/.test(props?.chat_template ?? ""),
    trainedWindow: found.meta?.n_ctx_train ?? null,
    fixedWindow: windowOf(found) ?? props?.default_generation_settings?.n_ctx ?? null,
    parser: null,
  };
}

/** Names a model's version as well as this wire can: by what the server tells of its weights. */
function digestOf({ id, root, meta }: Model): string {
  const weights = [meta?.n_params, meta?.size, meta?.ftype].filter((part) => part !== undefined);
  return weights.length > 0 ? [id, ...weights].join(":") : root ?? id;
}

/** Takes the window the server was started with. */
function windowOf({ meta, max_model_len }: Model): number | null {
  return meta?.n_ctx ?? max_model_len ?? null;
}

/** Writes a number of parameters as `14.8B`, `135M` or `58K`. */
function sizeOf(parameters: number | undefined): string | null {
  if (parameters === undefined) return null;
  const [divisor, letter] = parameters >= 1e9 ? [1e9, "B"] : parameters >= 1e6 ? [1e6, "M"] : [1e3, "K"];
  return `${Number((parameters / Number(divisor)).toPrecision(3))}${letter}`;
}
