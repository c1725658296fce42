import { deepEqual } from "node:assert/strict";
import { renamesIn } from "../../../src/features/criteria/renames_in.ts";

const READ: Readonly<Record<string, string>> = {
  "Rename the class Rec to Reading and its attribute val to celsius, everywhere in the project.":
    "Rec>Reading val>celsius",
  "Please rename `Only` in lists/lists.go to `Matching`, and `Join` to `Joined`.": "Only>Matching Join>Joined",
  "rename the function getUser() into fetch_user wherever it is used": "getUser>fetch_user",
  "Rename area to surface, perimeter to outline and side to length": "area>surface perimeter>outline side>length",
  "Rename the function area in src/shapes.js to surface, wherever it is used.": "area>surface",
  "- [ ] Rename area to surface\n- add a README": "area>surface",
  "Fix the export and rename area to surface.": "area>surface",
  "Could you rename area to surface?": "area>surface",
  // What is told of a rename, or forbids one.
  "Fix the crash in total(). Do not rename equal to ok.": "",
  "Never rename the function total to sum": "",
  "It does not rename true to false in the table": "",
  "We had to rename any to all in the last release, now filter() returns too much": "",
  "The command rename fails to update the index": "",
  "Rename fails to update the index": "",
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
