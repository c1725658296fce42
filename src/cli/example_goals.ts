/**
 * Gives goals that a person may begin with.
 *
 * @param hasChecks whether the project has checks
 */
export function exampleGoals(hasChecks: boolean): readonly string[] {
  return hasChecks
    ? [
      "Make the failing tests of this project pass.",
      "Find a bug that no test shows, write a test that shows it, and repair it.",
      "Write tests for what is used most and tested least.",
    ]
    : [
      "Write the first tests of this project, and a command that runs them.",
      "Find a bug, write a test that shows it, and repair it.",
    ];
}
