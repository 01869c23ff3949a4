/** Attributes by which a page could run or load something; what stands in quotes is text. */
export function faultsOf(page: string): readonly string[] {
  const tags = page.replaceAll(/="[^"]*"/g, '=""').match(/<[^>]*>/g) ?? [];
  return tags.filter((tag) => /[\s/](?:on\w+|href|src|srcset|action|formaction|xlink:href)=/i.test(tag));
}

/** The elements of a page, by name. */
export function tagsOf(page: string): ReadonlySet<string> {
  return new Set([...page.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag = '']) => tag.toLowerCase()));
}
