import { InvalidArgumentError, Option } from 'commander';

/** `--now`, in milliseconds since 1970: expiry and ages are reckoned at this instant. */
export const nowOption = () =>
  new Option('--now <iso>', 'decide as at this instant, e.g. 2026-12-24T00:00:00Z (default: now)').argParser(
    (text: string): number => {
      const now = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/.test(text)
        ? Date.parse(text)
        : Number.NaN;
      if (Number.isNaN(now))
        throw new InvalidArgumentError('Not a day (2026-12-24) or instant (2026-12-24T00:00:00Z).');
      return now;
    },
  );
