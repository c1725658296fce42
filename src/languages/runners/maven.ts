import { above } from "../parts.ts";
import type { Found, ProjectView, Runner } from "../runner.ts";
import { junitReporting, readClasses } from "./junit_classes.ts";

/** Maven, by the reports that Surefire and Failsafe leave (seen with Maven 3.8, Surefire 3.5 and JUnit 5 and 4). */
export const maven: Runner = {
  name: "maven",
  runs: /\b(?:mvn|mvnw|mvnd)\b/,
  reporting: junitReporting,
  manifest: /^pom\.xml$/,
  async checks(project, found) {
    if (!project.has("pom.xml")) return [];
    for (const folder of above(project.folder)) {
      const higher = found.find((check) => check.runner?.name === "maven" && check.folder === folder);
      const pom = await project.whole.text(folder === "" ? "pom.xml" : `${folder}/pom.xml`);
      if (higher === undefined || !/<module>/.test(pom)) continue;
      return [{ passedOver: "pom.xml", why: `${higher.name} tests its modules` }];
    }
    return [checkOf(project)];
  },
  read: (_output, beside) => readClasses(beside ?? { reports: [], files: [] }),
};

function checkOf(project: ProjectView): Found {
  const program = project.has("mvnw") ? "./mvnw" : "mvn";
  // All modules are tested, whatever failed in one.
  return { name: "mvn test", command: [program, "--batch-mode", "--fail-at-end", "test"] };
}
