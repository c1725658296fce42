"use strict";

const { addMember } = require("./members.js");

/** Reads lines such as `12 Ada` and returns how many members were entered. */
function load(text) {
  const lines = text.split("\n").filter((line) => line !== "");
  for (const line of lines) {
    const [, number, name] = /^(\d+) (.*)$/.exec(line);
    addMember(Number(number), name);
  }
  return lines.length;
}

module.exports = { load };
