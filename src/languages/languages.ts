import { cFamily } from "./c_family.ts";
import { go } from "./go.ts";
import { javascript } from "./javascript.ts";
import { jvm } from "./jvm.ts";
import type { Language } from "./language.ts";
import { make } from "./make.ts";
import { php } from "./php.ts";
import { python } from "./python.ts";
import { ruby } from "./ruby.ts";
import { rust } from "./rust.ts";

/** Languages that are known without a plugin. */
export type BuiltInLanguage = "python" | "javascript" | "rust" | "go" | "jvm" | "ruby" | "php" | "c_family" | "make";

/** The languages that are known, in the order in which they are asked: a Makefile is looked at when nothing else checks a project. */
export const LANGUAGES = {
  python,
  javascript,
  rust,
  go,
  jvm,
  ruby,
  php,
  c_family: cFamily,
  make,
} as const satisfies Record<BuiltInLanguage, Language>;
