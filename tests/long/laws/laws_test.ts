import { LAWS, tried } from "../../laws/whole_runs.ts";

for (const [law, holds] of Object.entries(LAWS)) {
  for (const seed of [1971, 1989]) Deno.test(`${law}, by seed ${seed}`, () => holds(tried(1, seed)));
}
