"use strict";

const RULES = {
  number: (value) => /^-?\d+$/.test(value) || "must be a number",
  email: (value) => /^[^@\s]+@[^@\s]+$/.test(value) || "must be an e-mail address",
  yesno: (value) => ["yes", "no"].includes(value) || "must be yes or no",
};

/**
 * Checks what was entered into a form.
 *
 * @param {Record<string, "number" | "email" | "yesno" | "text">} fields the kind of each field
 * @param {Record<string, string>} values what was entered
 * @returns {string[]} one error for each field that is wrong, in the order of the fields
 */
function validate(fields, values) {
  const errors = [];
  for (const [name, kind] of Object.entries(fields)) {
    const value = (values[name] ?? "").trim();
    if (value === "") {
      errors.push(`${name}: is missing`);
      continue;
    }
    const verdict = RULES[kind]?.(value) ?? true;
    if (verdict !== true) errors.push(`${name}: ${verdict}, not '${value}'`);
  }
  return errors;
}

module.exports = { validate };
