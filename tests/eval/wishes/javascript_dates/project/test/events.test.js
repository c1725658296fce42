import assert from "node:assert/strict";
import { test } from "node:test";
import { details, list } from "../src/events.js";

const PICNIC = { title: "Picnic", date: "2024-05-01", minutes: 720 };
const CONCERT = { title: "Concert", date: "2024-04-30", minutes: 1205 };

test("the list begins with the earliest", () => {
  assert.deepEqual(list([PICNIC, CONCERT]), ["04/30/2024: Concert", "05/01/2024: Picnic"]);
});

test("details tell the time", () => {
  assert.equal(details(CONCERT), "Concert\nDate: 04/30/2024\nTime: 20:05");
});
