import { clip } from "../kernel/text.ts";
import type { HostSurvey } from "../ports/model_host.ts";

/** Most models of one host that are known. */
const MOST_MODELS = 4_000;
/** Longest name of a model, in characters: a longer one cannot be cut, since the host would not know it. */
const LONGEST_NAME = 200;
/** Longest of the other texts that a host says of itself. */
const LONGEST_TEXT = 200;

/**
 * Bounds what a host says of itself: whatever it sends, no more of it stands in the memory, in prompts and on the screen.
 *
 * @param survey what it said
 * @returns its first 4,000 models whose names are at most 200 characters long, other texts cut to 200
 */
export function boundedSurvey(survey: HostSurvey): HostSurvey {
  return {
    ...survey,
    version: cut(survey.version),
    models: named(survey.models).map((model) => ({
      ...model,
      digest: clip(model.digest, LONGEST_TEXT),
      size: cut(model.size),
    })),
    resident: named(survey.resident).map((model) => ({ ...model, expiresAt: cut(model.expiresAt) })),
  };
}

function named<T extends { readonly name: string }>(models: readonly T[]): readonly T[] {
  return models.slice(0, MOST_MODELS).filter(({ name }) => name !== "" && name.length <= LONGEST_NAME);
}

function cut(text: string | null): string | null {
  return text === null ? null : clip(text, LONGEST_TEXT);
}
