/** An HTML element with its content, which is HTML itself. */
export function element(name, content, attributes = {}) {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(value)}"`).join("");
  return `<${name}${written}>${content}</${name}>`;
}

/** A text so that it stands for itself within HTML and within attributes. */
export function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
