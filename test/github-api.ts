import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  readonly body: string;
}

/** As much of GitHub's API as comments on a pull request need, on loopback. */
export interface GitHubApi {
  readonly url: string;
  /** `METHOD path`, in order. */
  readonly asked: readonly string[];
  readonly comments: () => readonly Comment[];
  readonly close: () => Promise<void>;
}

interface GitHubState {
  /** The last commit of the pull request. */
  readonly head: string;
  readonly comments?: readonly Comment[];
  readonly token: string;
}

export const BOT = 'github-actions[bot]';
const REPOSITORY = '/repos/acme/triage';
/** https://docs.github.com/en/rest/issues/comments: `body` of a comment, in characters. */
const LONGEST_BODY = 65_536;

/** Starts the API for pull request 12 of acme/triage. */
export async function startGitHubApi({ head, comments = [], token }: GitHubState): Promise<GitHubApi> {
  const [asked, kept] = [[] as string[], [...comments]];
  const write = (id: number, body: unknown): number => {
    if (typeof body !== 'string' || body === '' || body.length > LONGEST_BODY) return 422;
    const at = kept.findIndex((one) => one.id === id);
    if (at < 0) return 404;
    kept[at] = { ...(kept[at] as Comment), body };
    return 200;
  };
  const answer = (method: string, url: URL, body: string): readonly [number, unknown] => {
    const path = url.pathname.replace(REPOSITORY, '');
    const id = Number(/^\/issues\/comments\/(\d+)$/.exec(path)?.[1]);
    if (method === 'GET' && path === '/pulls/12') return [200, { head: { sha: head } }];
    if (method === 'GET' && path === '/issues/12/comments') {
      const [page, size] = ['page', 'per_page'].map((name) => Number(url.searchParams.get(name)));
      return [200, kept.slice(((page ?? 1) - 1) * (size ?? 30), (page ?? 1) * (size ?? 30))];
    }
    if (method === 'POST' && path === '/issues/12/comments') {
      const number = 1 + Math.max(0, ...kept.map((one) => one.id));
      kept.push({ id: number, user: { login: BOT }, body: '' });
      const status = write(number, JSON.parse(body).body);
      return [status === 200 ? 201 : status, {}];
    }
    if (method === 'PATCH' && !Number.isNaN(id)) return [write(id, JSON.parse(body).body), {}];
    return [404, { message: 'Not Found' }];
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [method, url] = [request.method ?? '', new URL(request.url ?? '', 'http://x')];
    asked.push(`${method} ${url.pathname}${url.search}`);
    const isAllowed = request.headers.authorization === `Bearer ${token}`;
    const [status, value] = isAllowed
      ? answer(method, url, Buffer.concat(chunks).toString('utf8'))
      : [401, { message: 'Bad credentials' }];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    comments: () => kept,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
