import { normalize } from "node:path/posix";
import { definitionsByForm } from "./definitions_by_form.ts";
import type { Language } from "./language.ts";
import { BLOCK_QUOTES } from "./quotes.ts";
import { ctest } from "./runners/ctest.ts";

/** C, C++ and C#: alike enough to be read by the same forms. */
export const cFamily: Language = {
  name: "c_family",
  files: /\.(?:c|h|cc|cpp|cxx|hh|hpp|cs)$/,
  comments: ["//", "/*"],
  quotes: BLOCK_QUOTES,
  definitions: definitionsByForm(
    /^(\s+)(?:(?:public|private|protected|static|override|final|synchronized)\s+)*(?<bare>\w+)\s*(?:<[^>]*>)?\([^;]*\)\s*(?::[^;{]+)?\{\s*$/,
    /^(\s*)(?:(?:public|private|protected|internal|static|final|virtual|inline|synchronized)\s+)*[\w<>[\],*&:]+(?:\s+[\w<>[\],*&:]+)*\s+\*?(?<bare>\w+)\s*\([^;=]*\)\s*(?:const\s*)?(?:throws\s+[\w,\s]+)?\{\s*$/,
  ),
  loads:
    /(^|\/)(?:CMakeLists\.txt|CMakePresets\.json|meson\.build|CTestTestfile\.cmake|[^/]+\.(?:cs|vcx)proj|Directory\.Build\.\w+)$/i,
  builds: /^(?:build|cmake-build-[^/]+|out|bin|obj)$/,
  imports: {
    line: /^\s*(?:import\s|package\s|#include\b|using\s+(?:static\s+|namespace\s+)?(?:\w+\s*=\s*)?[\w.:]+;)/,
    passesOn: /\.(?:h|hh|hpp)$/,
    files: includedFiles,
  },
  caches: { folders: { CCACHE_DIR: "ccache" } },
  runners: [ctest],
};

const INCLUDED = /^[ \t]*#[ \t]*include[ \t]*["<]([\w./+-]{1,200})[">]/gm;

/** The headers that a file includes, and the sources that are called like them: those hold what the headers only name. */
function includedFiles(path: string, text: string, files: readonly string[]): readonly string[] {
  return [...text.matchAll(INCLUDED)].flatMap(([, name = ""]) => {
    const header = `/${normalize(name).replace(/^(?:\.\.\/)+/, "")}`;
    const stem = header.slice(
      header.lastIndexOf("/"),
      header.lastIndexOf(".") < 1 ? undefined : header.lastIndexOf("."),
    );
    return files.filter((file) => {
      const place = `/${file}`;
      return file !== path &&
        (place.endsWith(header) || SOURCE.test(place) && place.replace(SOURCE, "").endsWith(stem));
    });
  });
}

const SOURCE = /\.(?:c|cc|cpp|cxx)$/;
