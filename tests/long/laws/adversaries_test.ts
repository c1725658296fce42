import { HARMFUL_SUMMARISERS } from "../../laws/adversaries.ts";
import { endsAsWithout } from "../../laws/summarised_runs.ts";

for (const [what, summariser] of Object.entries(HARMFUL_SUMMARISERS)) {
  Deno.test(`a run whose specialists wander and whose summarisers ${what} fails with a named cause, and takes as many turns as without`, () =>
    endsAsWithout(summariser));
}
