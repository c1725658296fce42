import { definitionsByForm } from "./definitions_by_form.ts";
import type { Language } from "./language.ts";
import { ctest } from "./runners/ctest.ts";

/** C, C++ and C#: alike enough to be read by the same forms. */
export const cFamily: Language = {
  name: "c_family",
  files: /\.(?:c|h|cc|cpp|cxx|hh|hpp|cs)$/,
  comments: ["//", "/*"],
  definitions: definitionsByForm(
    /^(\s+)(?:(?:public|private|protected|static|override|final|synchronized)\s+)*(\w+)\s*(?:<[^>]*>)?\([^;]*\)\s*(?::[^;{]+)?\{\s*$/,
    /^(\s*)(?:(?:public|private|protected|internal|static|final|virtual|inline|synchronized)\s+)*[\w<>[\],*&:]+(?:\s+[\w<>[\],*&:]+)*\s+\*?(\w+)\s*\([^;=]*\)\s*(?:const\s*)?(?:throws\s+[\w,\s]+)?\{\s*$/,
  ),
  loads:
    /(^|\/)(?:CMakeLists\.txt|CMakePresets\.json|meson\.build|CTestTestfile\.cmake|[^/]+\.(?:cs|vcx)proj|Directory\.Build\.\w+)$/i,
  builds: /^(?:build|cmake-build-[^/]+|out|bin|obj)$/,
  imports: { line: /^\s*(?:import\s|package\s|#include\b|using\s+(?:static\s+|namespace\s+)?(?:\w+\s*=\s*)?[\w.:]+;)/ },
  caches: { folders: { CCACHE_DIR: "ccache" } },
  runners: [ctest],
};
