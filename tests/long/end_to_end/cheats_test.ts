import { CHEATS, isNotAccepted, isNotAcceptedWhileNaming, NAMING_CHEATS } from "../../end_to_end/fixtures/cheats.ts";

for (const [cheat, script] of Object.entries(CHEATS)) {
  Deno.test(`a model that ${cheat} is not accepted`, () => isNotAccepted(script));
}

for (const [cheat, script] of Object.entries(NAMING_CHEATS)) {
  Deno.test(`where the goal gives a new name, a model that ${cheat} is not accepted`, () =>
    isNotAcceptedWhileNaming(script));
}
