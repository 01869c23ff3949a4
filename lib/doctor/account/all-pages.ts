/** One page of a list, as most of AWS's list operations give it. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken: string | undefined;
}

/** All items of a list, page by page; after `mostPages` it ends, and says that there are more. */
export async function allPages<Item>(
  pageAt: (nextToken: string | undefined) => Promise<Page<Item>>,
  mostPages = 100,
): Promise<{ readonly items: readonly Item[]; readonly hasMore: boolean }> {
  const items: Item[] = [];
  let token: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { items: some, nextToken } = await pageAt(token);
    items.push(...some);
    token = nextToken;
    if (token === undefined) return { items, hasMore: false };
  }
  return { items, hasMore: true };
}
