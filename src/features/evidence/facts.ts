import * as z from "zod";

/** What a person says of new tests without being asked. */
export const evidenceFacts = {
  /**
   * The yes to new tests. Ahead: to all of them that will fail on the old code and pass on the new, whatever they are; else to those that
   * stand, and to what of the run only a person can judge, as it was shown.
   */
  tests_accepted: z.object({ ahead: z.boolean() }),
};
