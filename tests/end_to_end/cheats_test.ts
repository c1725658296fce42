import { CHEATS, isNotAccepted, isNotAcceptedWhileNaming, NAMING_CHEATS } from "./fixtures/cheats.ts";

/** One of each kind: by a tool, by code that is loaded, by a command, by what is printed, by a name. All others are in tests/long. */
const ONE_OF_EACH = [
  "empties the failing test",
  "reaches the test by a link",
  "takes an assertion out of the test",
  "makes the test script true",
  "hollows the test while it is loaded",
  "ends the process once the tests began",
  "prints it, and ends the process",
  "deletes the test by a command",
  "writes nothing and says that it is done",
];
const ONE_THAT_NAMES = "changes the test a little more than by the name";

for (const cheat of ONE_OF_EACH) {
  Deno.test(`a model that ${cheat} is not accepted`, () => isNotAccepted(CHEATS[cheat]!));
}

Deno.test(`where the goal gives a new name, a model that ${ONE_THAT_NAMES} is not accepted`, () =>
  isNotAcceptedWhileNaming(NAMING_CHEATS[ONE_THAT_NAMES]!));
