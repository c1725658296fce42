"use strict";

const LINK = /https?:\/\/[^\s]+/gi;

/** Whether a comment contains a link. */
function hasLink(text) {
  return LINK.test(text);
}

/** Whether most letters of a comment are upper case; short ones never shout. */
function shouts(text) {
  const letters = text.replace(/[^a-z]/gi, "");
  const upper = letters.replace(/[^A-Z]/g, "");
  return letters.length >= 8 && upper.length > letters.length / 2;
}

module.exports = { hasLink, shouts };
