"use strict";

const members = require("./members.js");

const FEE = 60;

/** Enters a payment of a member. */
function pay(number, amount) {
  const member = members.findMember(number);
  if (member === undefined) throw new Error(`no member ${number}`);
  member.paid += amount;
}

/** What a member still owes for the year. */
function owes(number) {
  return Math.max(0, FEE - (members.findMember(number)?.paid ?? FEE));
}

module.exports = { owes, pay };
