/** Whether a year has 366 days. */
export function isLeapYear(year) {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** The number of days of a month; January is 1. */
export function daysInMonth(year, month) {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

/** The number of days of a year. */
export function daysInYear(year) {
  return isLeapYear(year) ? 366 : 365;
}
