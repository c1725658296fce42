import { definitionsByForm } from "./definitions_by_form.ts";
import type { Language } from "./language.ts";
import { BLOCK_QUOTES } from "./quotes.ts";
import { gradle } from "./runners/gradle.ts";
import { maven } from "./runners/maven.ts";

/** Java, Kotlin, Groovy and Scala. */
export const jvm: Language = {
  name: "jvm",
  files: /\.(?:java|kts?|groovy|gradle|scala)$/,
  comments: ["//", "/*"],
  quotes: BLOCK_QUOTES,
  definitions: definitionsByForm(
    /^(\s+)(?:(?:public|private|protected|static|final|abstract|synchronized|default)\s+)*(?:<[^>]*>\s+)?[\w<>[\],.?]+(?:\s+[\w<>[\],.?]+)*\s+(?<bare>\w+)\s*\([^;=]*\)\s*(?:throws\s+[\w,.\s]+)?\{\s*$/,
    /^(\s+)(?:(?:public|private|protected)\s+)?(?<bare>\w+)\s*\([^;]*\)\s*(?:throws\s+[\w,.\s]+)?\{\s*$/,
    /^(\s*)(?:(?:public|private|protected|internal|open|override|suspend|inline|operator|final)\s+)*(?:fun|def)\s+(?:<[^>]*>\s*)?(?:\w+\.)?(\w+)\s*[(\[:=]/,
  ),
  imports: {
    line: /^\s*(?:import\s|package\s)/,
    files(_path, text, files) {
      const classes = [...text.matchAll(/^[ \t]*import[ \t]+(?:static[ \t]+)?([\w.]+)/gm)].map(([, name = ""]) =>
        name.replaceAll(".", "/")
      );
      return classes.flatMap((name) => {
        const parent = name.slice(0, name.lastIndexOf("/"));
        return files.filter((file) => [name, parent].some((one) => one !== "" && endsAs(file, one)));
      });
    },
  },
  tests:
    /(^|\/)src\/(?:test|\w+Test|androidTest|integrationTest)\/|(^|\/)(?:\w+(?:Tests?|Spec|IT)|Test[A-Z]\w*)\.(?:java|kt|groovy|scala)$/,
  loads:
    /(^|\/)(?:pom\.xml|(?:build|settings|init)\.gradle(?:\.kts)?|gradle\.properties|libs\.versions\.toml|mvnw|gradlew|junit-platform\.properties|testng\.xml)$|(^|\/)(?:\.mvn|gradle\/wrapper|buildSrc)\//i,
  holdsRunner:
    /\bimport[ \t]+(?:static[ \t]+)?(?:org\.junit|junit\.framework|org\.testng|org\.mockito)\b|\b(?:System\.exit|Runtime\.getRuntime|exitProcess)\b/m,
  builds: /^(?:target|build|out|bin|\.gradle|\.kotlin)$/,
  runners: [maven, gradle],
};

function endsAs(file: string, name: string): boolean {
  return ["java", "kt", "groovy", "scala"].some((ending) =>
    file === `${name}.${ending}` || file.endsWith(`/${name}.${ending}`)
  );
}
