import { deepEqual } from "node:assert/strict";
import { renamesIn } from "../../../src/features/criteria/renames_in.ts";

const READ: Readonly<Record<string, string>> = {
  "Rename the class Rec to Reading and its attribute val to celsius, everywhere in the project.":
    "Rec>Reading val>celsius",
  "Please rename `Only` in lists/lists.go to `Matching`, and `Join` to `Joined`.": "Only>Matching Join>Joined",
  "rename the function getUser() into fetch_user wherever it is used": "getUser>fetch_user",
  "Rename area to surface, perimeter to outline and side to length": "area>surface perimeter>outline side>length",
  "Rename the function area in src/shapes.js to surface, wherever it is used.": "area>surface",
  // What says less, or something else.
  "Rename things so that they are clear.": "",
  "Rename the file a.js to b.js": "",
  "Give area a better name": "",
  "Rename area to area": "",
  "Renamed columns shall stay.": "",
};

Deno.test("which names become which is read where a wish says both plainly, one after the other", () => {
  for (const [text, pairs] of Object.entries(READ)) {
    deepEqual(renamesIn(text).map(({ from, to }) => `${from}>${to}`).join(" "), pairs, text);
  }
});
