"use strict";

/**
 * Builds a menu out of labels.
 *
 * @param {string[]} labels
 * @param {(index: number, label: string) => void} onChoose is told which entry was chosen
 * @returns {{ label: string, key: string, choose: () => void }[]}
 */
function createMenu(labels, onChoose) {
  const entries = [];
  for (let index = 0; index < labels.length; index += 1) {
    entries.push({
      label: labels[index],
      key: keyOf(index),
      choose: () => onChoose(index, labels[index]),
    });
  }
  return entries;
}

/** The key that chooses an entry: 1 to 9, then letters from a. */
function keyOf(index) {
  return index < 9 ? String(index + 1) : String.fromCharCode(97 + index - 9);
}

/** Chooses the entry of a key; says whether there was one. */
function press(menu, key) {
  const entry = menu.find((each) => each.key === key.toLowerCase());
  if (entry === undefined) return false;
  entry.choose();
  return true;
}

module.exports = { createMenu, keyOf, press };
