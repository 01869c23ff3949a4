import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The first Chromium on the PATH, or null: not every machine has one. */
export function findBrowser(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return places.find((place) => existsSync(place)) ?? null;
}

export interface Window {
  readonly width: number;
  readonly height: number;
  readonly dark?: boolean;
}

/** Opens a page without network and writes what its window shows as a PNG; returns what the browser has to say. */
export async function photograph(
  browser: string,
  page: string,
  picture: string,
  window: Window,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  try {
    const file = join(folder, 'page.html');
    writeFileSync(file, page);
    const { stderr } = await promisify(execFile)(
      browser,
      [
        '--headless',
        // Containers have no name spaces to build a sandbox of; the page runs no script.
        '--no-sandbox',
        '--disable-gpu',
        '--hide-scrollbars',
        '--host-resolver-rules=MAP * ~NOTFOUND',
        '--enable-logging=stderr',
        `--user-data-dir=${join(folder, 'profile')}`,
        `--window-size=${window.width},${window.height}`,
        `--blink-settings=preferredColorScheme=${window.dark ? 0 : 1}`,
        `--screenshot=${picture}`,
        pathToFileURL(file).href,
      ],
      { timeout: 50_000 },
    );
    return stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
