/** A JSON value, as the publisher sent it. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

export interface Notification {
  op: 'notification';
  /** The place in the journal: opaque, unique, and what `ack` takes. */
  cursor: string;
  id: string;
  type?: string;
  /** When the gateway received it, in milliseconds since the epoch. */
  ts: number;
  data: Json;
}

/** The publisher took back the notification with this id. */
export interface Recall {
  op: 'recall';
  cursor: string;
  id: string;
}

/** Why a connection ended, or never began. */
export interface Cause {
  /**
   * The gateway's code (`forbidden_origin`, `upgrade_required`, …), the name of a close code (`drain`,
   * `replaced`, …), or one of `cut`, `silent`, `timeout`, `unreachable`, `redirected`, `not_the_gateway`,
   * `handshake_lost`, `answer_lost`, `no_token`.
   */
  code: string;
  /** A sentence for an operator. */
  message: string;
  /** The HTTP status, where there was one. */
  status?: number;
  /** What the configuration of a proxy is missing: its lines, to be copied as they are. */
  fix?: string;
  /** The gateway asked for at least this pause. */
  retryAfterMs?: number;
}

export type State =
  | { state: 'connecting'; transport: 'websocket' | 'sse' }
  | { state: 'open'; transport: 'websocket' | 'sse'; session: string; resumed: boolean }
  | { state: 'waiting'; transport: 'websocket' | 'sse'; cause: Cause; retryInMs: number }
  /** For good. Without a cause it was `close()`. */
  | { state: 'closed'; transport: 'websocket' | 'sse'; cause?: Cause };

export interface Options {
  /** The gateway's address, where it is not this page's: `https://push.example.com`. */
  url?: string;
  /**
   * `auto` begins with a WebSocket and goes over to server-sent events where a proxy drops the upgrade.
   * The default is `websocket`.
   */
  transport?: 'websocket' | 'sse' | 'auto';
  /**
   * Called before every attempt; `fresh` where the last token was refused or has expired. Not needed
   * where the token is a cookie.
   */
  token?: (wanted: { fresh: boolean }) => string | Promise<string>;
  /** Where to begin: an earlier `position`, or `end`. By default behind what the user acknowledged. */
  after?: string;
  /** At most so many unacknowledged notifications at a time, 1 to 1024; then `ack` is needed. */
  window?: number;

  onNotification?: (notification: Notification) => void;
  onRecall?: (recall: Recall) => void;
  /** Something was lost: reload the list from where it is kept, then go on. */
  onGap?: () => void;
  /** Another session of the user acknowledged up to this position. */
  onAcked?: (acked: { op: 'acked'; cursor: string }) => void;
  /** A renewed token was taken; it expires at this second since the epoch. */
  onAuthenticated?: (authenticated: { op: 'authenticated'; expires: number }) => void;
  onState?: (state: State) => void;
  /** Something this page sent was not taken. The connection lives on. */
  onError?: (error: Cause) => void;
}

export interface Connection {
  readonly state: State['state'];
  /** One cursor of each journal: what `after` of a later connection takes. Empty before the first. */
  readonly position: string;
  /**
   * Acknowledges everything up to a position, by default all that has arrived. Cumulative; said again
   * after a reconnect.
   */
  ack(position?: string): void;
  /** Renews the token of an open WebSocket, before it expires. */
  authenticate(token: string): void;
  /** Ends the connection for good. */
  close(): void;
}

/**
 * Connects a user, until `close()` or until the gateway says not to come back. The first event comes
 * after this call has returned.
 *
 * @param user an e-mail address or any other name; `me` is the token's subject
 * @throws where the name or the address can't be part of a URL
 */
export function connect(user: string, options?: Options): Connection;
