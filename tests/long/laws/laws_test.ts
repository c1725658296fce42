import { LAWS, tried } from "../../laws/whole_runs.ts";

for (const [law, holds] of Object.entries(LAWS)) Deno.test(law, () => holds(tried(1, 1971)));
