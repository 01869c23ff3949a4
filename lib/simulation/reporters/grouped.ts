/** Thousands set apart by `gap`: `48 210`. A plain space unless a page could break the line there. */
export function grouped(count: number, gap = ' '): string {
  const [whole = '', fraction] = String(Math.abs(count)).split('.');
  const groups = whole.replace(/\B(?=(?:\d{3})+$)/g, gap);
  return `${count < 0 ? '-' : ''}${groups}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** `214 → 219`, or `219` where there is nothing to compare with. */
export function fromTo(before: number | undefined, after: number, gap = ' '): string {
  return before === undefined ? grouped(after, gap) : `${grouped(before, gap)} → ${grouped(after, gap)}`;
}
