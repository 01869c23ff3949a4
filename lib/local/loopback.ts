import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers on 127.0.0.1, and how to end it. */
export interface Listening {
  /** `127.0.0.1:<port>`. */
  readonly address: string;
  /** Ends it with every connection that is open. */
  readonly close: () => Promise<void>;
}

/** Lets a server listen on loopback; rejects where the port is taken. Port 0 is any free one. */
export async function listenOnLoopback(server: Server, port = 0): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const CREDENTIAL = /^AWS4-HMAC-SHA256 .*Credential=([^/,\s]+)\//;

/** Whose access key a request is signed with; undefined where it is not signed. The signature is not checked. */
export function accessKeyOf({ headers }: IncomingMessage): string | undefined {
  return CREDENTIAL.exec(headers.authorization ?? '')?.[1];
}
