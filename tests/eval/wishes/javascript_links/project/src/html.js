/** An HTML element with its content, which is HTML itself. */
export function element(name, content, attributes = {}) {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`).join("");
  return `<${name}${written}>${content}</${name}>`;
}
