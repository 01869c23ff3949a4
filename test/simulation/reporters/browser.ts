import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const START_TIMEOUT_MS = 30_000;

/** The first Chromium on the PATH, or null: not every machine has one. */
export function findBrowser(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return places.find((place) => existsSync(place)) ?? null;
}

/**
 * The browser to look with. Without one the test is reported as left out, with the reason; where a browser is
 * promised (`TRIAGE_BROWSER=required`, as in .github/workflows/code.yml) it fails.
 */
export function browserFor({ skip }: { readonly skip: (why: string) => never }): string {
  const browser = findBrowser();
  if (browser !== null) return browser;
  const why =
    'NO BROWSER LOOKED AT THIS: there is no Chromium on the PATH. Install one, and run the test again.';
  if (process.env.TRIAGE_BROWSER === 'required') throw new Error(why);
  console.warn(why);
  return skip(why);
}

export interface Window {
  readonly width: number;
  readonly height: number;
  readonly dark?: boolean;
}

/** A page as it stands in a window. */
export interface OpenPage {
  /** Evaluates an expression in the page. */
  readonly evaluate: <T>(expression: string) => Promise<T>;
  /** Addresses that were asked for, the page itself left out. */
  readonly requests: readonly string[];
  /** What the console says: errors, violations of the policy, uncaught exceptions. */
  readonly said: readonly string[];
  /** Of what the window shows, as PNG. */
  readonly photograph: (picture: string) => Promise<void>;
}

/** Opens a page from a file, looks at it, and ends the browser. */
export async function look<T>(
  browser: string,
  page: string,
  window: Window,
  see: (page: OpenPage) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  const file = join(folder, 'page.html');
  writeFileSync(file, page);
  const child = start(browser, join(folder, 'profile'));
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    const session = await attach(join(folder, 'profile'));
    try {
      return await see(await open(session, pathToFileURL(file).href, window));
    } finally {
      session.close();
    }
  } finally {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function start(browser: string, profile: string): ChildProcess {
  const flags = [
    '--headless',
    // Containers have no name spaces to build a sandbox of; the page runs no script.
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--hide-scrollbars',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    `--user-data-dir=${profile}`,
    '--remote-debugging-port=0',
    'about:blank',
  ];
  return spawn(browser, flags, { stdio: 'ignore' });
}

/** The protocol of its developer tools: https://chromedevtools.github.io/devtools-protocol/ */
interface Session {
  readonly send: (method: string, params?: object) => Promise<Readonly<Record<string, unknown>>>;
  readonly on: (method: string, listener: (params: Readonly<Record<string, unknown>>) => void) => void;
  readonly close: () => void;
}

async function attach(profile: string): Promise<Session> {
  const port = await portOf(join(profile, 'DevToolsActivePort'));
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as readonly {
    readonly type: string;
    readonly webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(targets.find(({ type }) => type === 'page')?.webSocketDebuggerUrl ?? '');
  const waiting = new Map<number, PromiseWithResolvers<Readonly<Record<string, unknown>>>>();
  const listeners = new Map<string, (params: Readonly<Record<string, unknown>>) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, method, params, result, error } = JSON.parse(String(data));
    if (id === undefined) listeners.get(method)?.(params);
    else if (error === undefined) waiting.get(id)?.resolve(result);
    else waiting.get(id)?.reject(new Error(JSON.stringify(error)));
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('The browser cannot be talked to.')));
  });
  let last = 0;
  return {
    send(method, params = {}) {
      last += 1;
      const answer = Promise.withResolvers<Readonly<Record<string, unknown>>>();
      waiting.set(last, answer);
      socket.send(JSON.stringify({ id: last, method, params }));
      return answer.promise;
    },
    on: (method, listener) => void listeners.set(method, listener),
    close: () => socket.close(),
  };
}

/** The browser writes it once it listens. */
async function portOf(file: string): Promise<string> {
  for (const endMs = performance.now() + START_TIMEOUT_MS; performance.now() < endMs; await delay(50)) {
    const [port = ''] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (port !== '') return port;
  }
  throw new Error('The browser did not start.');
}

async function open(session: Session, address: string, window: Window): Promise<OpenPage> {
  const [requests, said] = [[] as string[], [] as string[]];
  session.on('Network.requestWillBeSent', (event) => {
    const { url } = event.request as { readonly url: string };
    if (url !== address) requests.push(url);
  });
  session.on('Log.entryAdded', ({ entry }) => said.push((entry as { readonly text: string }).text));
  session.on('Runtime.consoleAPICalled', (event) => said.push(JSON.stringify(event.args)));
  session.on('Runtime.exceptionThrown', (event) => said.push(JSON.stringify(event.exceptionDetails)));
  for (const domain of ['Page', 'Network', 'Log', 'Runtime']) await session.send(`${domain}.enable`);
  const { width, height, dark = false } = window;
  const metrics = { width, height, deviceScaleFactor: 1, mobile: width < 600 };
  await session.send('Emulation.setDeviceMetricsOverride', metrics);
  const features = [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }];
  await session.send('Emulation.setEmulatedMedia', { features });
  const loaded = new Promise<void>((resolve) => session.on('Page.loadEventFired', () => resolve()));
  await session.send('Page.navigate', { url: address });
  await loaded;
  return {
    requests,
    said,
    async evaluate<T>(expression: string) {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression,
        returnByValue: true,
      });
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { readonly value: T }).value;
    },
    async photograph(picture) {
      const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
      writeFileSync(picture, Buffer.from(String(data), 'base64'));
    },
  };
}

/** Width and height in pixels: https://www.w3.org/TR/png/#11IHDR */
export function sizeOf(picture: string): readonly number[] {
  const bytes = readFileSync(picture);
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}
