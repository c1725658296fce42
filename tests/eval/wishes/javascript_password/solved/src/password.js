/** The least number of characters. */
export const MINIMUM = 12;

/**
 * What is wrong with a password.
 *
 * @param {string} password
 * @param {string} user the name of its owner, which it must not contain
 * @returns {string[]} one sentence for each fault; empty where it is fine
 */
export function faults(password, user) {
  const found = [];
  if (password.length < MINIMUM) found.push(`A password has at least ${MINIMUM} characters.`);
  if (password.trim() !== password) found.push("A password has no blank at its ends.");
  if (password.toLowerCase().includes(user.toLowerCase())) found.push("A password does not contain your name.");
  return found;
}
