import * as z from "zod";
import { clip } from "../kernel/text.ts";
import type { HostSurvey, ModelAbilities } from "../ports/model_host.ts";

/** `/api/version`. */
export const Version = z.object({ version: z.string() });

const Tags = z.object({
  models: z.array(z.object({
    name: z.string(),
    digest: z.string().nullish(),
    size: z.number().nullish(),
    details: z.object({ parameter_size: z.string().nullish() }).nullish(),
    /** Recorded of 0.33; older servers do not say it. */
    capabilities: z.array(z.string()).nullish(),
    /** Of a cloud model: where it is run. */
    remote_host: z.string().nullish(),
  })).nullish(),
});

/** Capabilities that a model has which writes no text. */
const MAKES_ELSE = ["embedding", "image"];
/** Names of models that Ollama has its cloud run: `gpt-oss:120b-cloud`, `kimi-k2.5:cloud`. */
const OF_CLOUD = /[:-]cloud$/;

/** `/api/ps` as recorded: the package's types lack `context_length` and take `expires_at` for a Date. */
const Resident = z.object({
  models: z.array(z.object({
    name: z.string(),
    size: z.number().nullish(),
    size_vram: z.number().nullish(),
    context_length: z.number().nullish(),
    expires_at: z.string().nullish(),
  })).nullish(),
});

const Show = z.object({
  capabilities: z.array(z.string()).nullish(),
  model_info: z.record(z.string(), z.unknown()).nullish(),
  details: z.object({ family: z.string().optional() }).nullish(),
  modelfile: z.string().nullish(),
  parser: z.string().nullish(),
});

/**
 * Reads what a server says of itself.
 *
 * @param version answer of `/api/version`
 * @param tags answer of `/api/tags`
 * @param resident answer of `/api/ps`; null where the server has none
 * @throws {z.ZodError} where an answer is of another shape
 */
export function surveyOf(version: unknown, tags: unknown, resident: unknown): HostSurvey {
  return {
    version: Version.parse(version).version,
    models: (Tags.parse(tags).models ?? []).map((model) => ({
      name: model.name,
      digest: model.digest ?? "",
      bytes: model.size ?? null,
      size: model.details?.parameter_size ?? null,
      // What is said to complete text may still make vectors: then its name tells.
      ...(writesNothing(model.capabilities ?? []) ? { chats: false } : {}),
      ...(model.remote_host || OF_CLOUD.test(model.name) ? { elsewhere: true } : {}),
    })),
    resident: (Resident.parse(resident ?? {}).models ?? []).map((model) => ({
      name: model.name,
      bytes: model.size ?? null,
      gpuBytes: model.size_vram ?? null,
      window: model.context_length ?? null,
      expiresAt: model.expires_at ?? null,
    })),
    ...(resident === null ? { residentUnknown: true } : {}),
    slots: null,
    busySlots: null,
  };
}

function writesNothing(capabilities: readonly string[]): boolean {
  return !capabilities.includes("completion") && MAKES_ELSE.some((one) => capabilities.includes(one));
}

/**
 * Reads what a server says of a model. Servers up to 0.33 name the parser in the Modelfile only (recorded).
 *
 * @param answer answer of `/api/show`
 * @throws {z.ZodError} where it is of another shape
 */
export function abilitiesOf(answer: unknown): ModelAbilities {
  const show = Show.parse(answer);
  const capabilities = show.capabilities ?? [];
  const architecture = show.model_info?.["general.architecture"];
  const trained = show.model_info?.[`${architecture}.context_length`];
  const family = show.details?.family ?? "";
  const parser = show.parser || /^PARSER\s+(\S+)/m.exec(show.modelfile ?? "")?.[1] ||
    (/^gpt-?oss$/.test(family) ? "harmony" : null);
  return {
    tools: capabilities.includes("tools"),
    thinking: capabilities.includes("thinking"),
    trainedWindow: typeof trained === "number" ? trained : null,
    fixedWindow: null,
    parser: parser === null ? null : clip(parser, 100),
  };
}
