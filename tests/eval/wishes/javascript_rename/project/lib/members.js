"use strict";

const members = new Map();

/** Enters a member; throws where the number is taken. */
function put(number, name) {
  if (members.has(number)) throw new Error(`number ${number} is taken`);
  members.set(number, { number, name, paid: 0 });
}

/** The member of a number; undefined where there is none. */
function get(number) {
  return members.get(number);
}

/** All members by number. */
function all() {
  return [...members.values()].sort((one, other) => one.number - other.number);
}

/** Forgets all members. */
function clear() {
  members.clear();
}

module.exports = { all, clear, get, put };
