import { element, escape } from "./html.js";

/** A link to a page. */
export function linkTo({ title, url }) {
  return element("a", escape(title), { href: url });
}

/** A list of links. */
export function menu(pages) {
  return element("ul", pages.map((page) => element("li", linkTo(page))).join(""), { class: "menu" });
}

/** A page with its title and its menu. */
export function render(title, pages) {
  return [
    "<!doctype html>",
    element("title", escape(title)),
    element("h1", escape(title)),
    menu(pages),
  ].join("\n");
}
