import { slug } from "./slug.js";

/**
 * A post of the blog.
 *
 * @typedef {{ number: number, title: string, date: string, draft?: boolean }} Post
 */

/** The address of a post: its year and its title. @param {Post} post */
export function addressOf(post) {
  return `/${post.date.slice(0, 4)}/${slug(post.title)}`;
}

/** The posts that readers may see, the latest first. @param {Post[]} posts */
export function published(posts) {
  return posts.filter((post) => !post.draft).sort((one, other) => other.date.localeCompare(one.date));
}

/** Lines such as `2024-05-01 A title`. @param {Post[]} posts */
export function overview(posts) {
  return published(posts).map((post) => `${post.date} ${post.title}`);
}
