import { languageOf } from "../../languages/languages_of.ts";
import { isTestPath } from "../../languages/test_path.ts";
import type { Registry } from "../registry.ts";
import type { Turn } from "./slice.ts";

/** The source that a turn was shown; null where it was shown none, or several among which somebody has to choose. */
export function onlySource(registry: Pick<Registry, "languages">, turn: Turn): string | null {
  const [source, ...others] = shownSources(registry, turn).map(({ path }) => path);
  return others.every((path) => path === source) ? source ?? null : null;
}

/** What a turn was shown of code that is no test. */
export function shownSources(
  { languages }: Pick<Registry, "languages">,
  { prepared }: Turn,
): NonNullable<Turn["prepared"]>["texts"] {
  return (prepared?.texts ?? []).filter(({ path }) =>
    languageOf(path, languages)?.definitions !== undefined && !isTestPath(path, languages)
  );
}
