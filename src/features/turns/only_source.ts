import { languageOf } from "../../languages/languages_of.ts";
import { isTestPath } from "../../languages/test_path.ts";
import type { Registry } from "../registry.ts";
import type { Turn } from "./slice.ts";

/** The source that a turn was shown; null where it was shown none, or several among which somebody has to choose. */
export function onlySource({ languages }: Pick<Registry, "languages">, { prepared }: Turn): string | null {
  const paths = (prepared?.texts ?? []).map(({ path }) => path);
  const [source, ...others] = [...new Set(paths)].filter((path) =>
    languageOf(path, languages)?.definitions !== undefined && !isTestPath(path, languages)
  );
  return others.length === 0 ? source ?? null : null;
}
