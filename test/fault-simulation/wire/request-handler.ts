/** What an SDK client hands to its transport. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Closed once the caller has its reply, or has given up. */
export interface Connection {
  open: boolean;
}

/** Carries one request to a service: rejects where the connection is cut, never settles where nobody answers. */
export type Exchange = (request: WireRequest, connection: Connection) => Promise<WireReply>;

/** The product's own settings of its transport, which this one keeps as the SDK's does. */
export interface Timeouts {
  readonly requestTimeout?: number;
  readonly throwOnRequestTimeout?: boolean;
}

/**
 * Stands in for the SDK's HTTP handler: everything above it, from the command to the parsed reply or error, is the
 * SDK's own. `requestTimeout` without `throwOnRequestTimeout` does nothing, as there.
 */
export function requestHandler(exchange: Exchange, { requestTimeout, throwOnRequestTimeout }: Timeouts) {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
    destroy: () => {},
    handle: (request: WireRequest, options: { readonly abortSignal?: AbortSignal } = {}) =>
      new Promise((resolve, reject) => {
        const { abortSignal } = options;
        const connection = { open: true };
        const giveUp = (name: string, message: string): void => {
          if (!connection.open) return;
          connection.open = false;
          reject(Object.assign(new Error(message), { name }));
        };
        const abort = () => giveUp('AbortError', 'Request aborted');
        if (abortSignal?.aborted) return abort();
        abortSignal?.addEventListener('abort', abort);
        const timer =
          throwOnRequestTimeout === true && requestTimeout !== undefined
            ? setTimeout(giveUp, requestTimeout, 'TimeoutError', `No response within ${requestTimeout} ms`)
            : undefined;
        const close = (): void => {
          connection.open = false;
          clearTimeout(timer);
          abortSignal?.removeEventListener('abort', abort);
        };
        exchange(request, connection).then(
          ({ status, headers, body }) => {
            close();
            resolve({ response: { statusCode: status, headers, body: Buffer.from(body) } });
          },
          (error: unknown) => {
            close();
            reject(error);
          },
        );
      }),
  };
}

/** What Node reports of a connection that the other side closed. */
export function connectionReset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', errno: -104, syscall: 'read' });
}

/** The text of a request's body, which the SDK holds as text or bytes. */
export function bodyText({ body }: WireRequest): string {
  if (typeof body === 'string') return body;
  if (!(body instanceof Uint8Array)) return '';
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}
