import { daysInMonth } from "./days.js";

/**
 * The part of a month's rent, in cents, that is owed by somebody who moves in on a day of it and
 * stays until its end. The day itself counts.
 *
 * @param {number} cents the rent of a whole month
 * @param {{ year: number, month: number, day: number }} from month 1 is January
 */
export function firstRent(cents, { year, month, day }) {
  const days = daysInMonth(year, month);
  if (day < 1 || day > days) throw new RangeError(`month ${month} of ${year} has no day ${day}`);
  return Math.round((cents * (days - day + 1)) / days);
}

/** The rent of a year whose first month is not whole. */
export function firstYear(cents, from) {
  return firstRent(cents, from) + cents * (12 - from.month);
}
