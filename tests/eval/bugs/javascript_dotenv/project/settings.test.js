import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { formatSettings, parseSettings } from "./settings.js";

describe("parseSettings", () => {
  it("reads names and values", () => {
    assert.deepEqual(parseSettings("PORT=80\r\nHOST = here\n"), { PORT: "80", HOST: "here" });
  });

  it("passes over comments and empty lines", () => {
    assert.deepEqual(parseSettings("# A=1\n\n  # B=2\nC=3"), { C: "3" });
  });

  it("takes quotes off", () => {
    assert.deepEqual(parseSettings("A=\"a b\"\nB='c'\nC=\"\n"), { A: "a b", B: "c", C: '"' });
  });

  it("keeps a value whole", () => {
    assert.deepEqual(parseSettings("KEY=YWJjZA==\nURL=http://here/?q=1"), { KEY: "YWJjZA==", URL: "http://here/?q=1" });
  });

  it("refuses a line without a value", () => {
    assert.throws(() => parseSettings("PORT"), SyntaxError);
  });
});

describe("formatSettings", () => {
  it("writes names by alphabet", () => {
    assert.equal(formatSettings({ B: "2", A: "1" }), "A=1\nB=2\n");
  });
});
