import type { Runner } from "../runner.ts";
import { djangoTests, interpreterOf } from "./python_project.ts";
import { readUnittest } from "./unittest.ts";

/** Django's own way to run tests, which alone sets up what they need: its output is that of unittest (seen with Django 4.2 and Python 3.11). */
export const django: Runner = {
  name: "django",
  runs: /\bmanage\.py[ \t]+test\b/,
  environment: { PYTHONDONTWRITEBYTECODE: "1" },
  manifest: /^manage\.py$/,
  async checks(project) {
    if ((await djangoTests(project)).length === 0) return [];
    const { python } = await interpreterOf(project);
    // A test database that an earlier run left is made anew without a question.
    return [{ name: "django", command: [...python, "manage.py", "test", "-v", "2", "--noinput"] }];
  },
  read: readUnittest,
};
