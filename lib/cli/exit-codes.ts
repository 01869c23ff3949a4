/** What a shell sees: fine, problems found, wrong usage or nothing to work on, a bug of ours, Ctrl-C. */
export const EXIT_CODES = { ok: 0, problems: 1, usage: 2, internal: 3, interrupted: 130 } as const;
