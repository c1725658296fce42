"use strict";

const { hasLink, shouts } = require("./filter.js");

/**
 * Parts comments into those that are shown at once and those that a person must see first.
 *
 * @param {{ author: string, text: string }[]} comments
 * @param {Set<string>} trusted authors whose links are fine
 */
function moderate(comments, trusted = new Set()) {
  const shown = [];
  const held = [];
  for (const comment of comments) {
    const linked = hasLink(comment.text) && !trusted.has(comment.author);
    (linked || shouts(comment.text) ? held : shown).push(comment);
  }
  return { shown, held };
}

module.exports = { moderate };
