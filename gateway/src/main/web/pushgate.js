// The browser's side of pushgate: plain ES modules without a dependency or a build step. Serve this
// one with the three beside it whose names begin with its own.
//
//   import { connect } from './pushgate.js';
//   const connection = connect('alice@example.com', { onNotification: (n) => show(n.data) });
//
// It comes back by itself, resumes where it was, hands out each notification once, and says why a
// connection failed, which a browser alone never does. pushgate.d.ts describes every option.

import { diagnose } from './pushgate-cause.js';
import { openEventStream, openWebSocket } from './pushgate-link.js';
import { Position, Recent } from './pushgate-position.js';

const PATH = '/api/v1/notifications/';
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;
const HANDSHAKE_MS = 10_000;
// A connection that lasted this long was a good one: the next retry is an early one again.
const STEADY_MS = 10_000;
// Both journals of a user at their default length, twice.
const RECENT = 4_096;
// In half heartbeats without a sign of the gateway: first it is asked, then given up.
const TICKS_BEFORE_PING = 2;
const TICKS_BEFORE_GIVING_UP = 5;

// Trying again can't help here: the same would come back, or another tab is wanted more.
const FINAL = new Set(['policy', 'forbidden_user', 'replaced', 'bad_user', 'bad_request']);
const NEEDS_FRESH_TOKEN = new Set(['token_expired', 'unauthorized']);

const UNANSWERED = { code: 'timeout', message: 'Nothing answered within 10 seconds.' };
const SILENT = { code: 'silent', message: 'Nothing was heard for two and a half heartbeats.' };

/** Connects `user`, until `close()` or until the gateway says not to come back. */
export function connect(user, options = {}) {
  return new Connection(user, options);
}

class Connection {
  #user;
  #options;
  #transport;
  #state = 'connecting';
  #link = null;
  #position = new Position();
  #acknowledged = new Position();
  #recent = new Recent(RECENT);

  // How the coming back goes.
  #attempt = 0;
  #failures = 0;
  #openedAt = 0;
  #slotAt = 0;
  #wantsFreshToken = false;
  #silentTicks = 0;
  #retryTimer;
  #handshakeTimer;
  #watchdog;
  #online = () => this.#retryNow();

  constructor(user, options) {
    if (user === '.' || user === '..') {
      throw new TypeError(`a user named "${user}" can't be reached: URLs fold this name away`);
    }
    this.#user = user;
    this.#options = options;
    this.#transport = options.transport === 'sse' ? 'sse' : 'websocket';
    this.#url('ws'); // Throws here, not later, where the name or the base URL can't be one.
    globalThis.addEventListener?.('online', this.#online);
    // After this turn, so that the caller holds the connection before its first event.
    queueMicrotask(() => this.#state !== 'closed' && this.#connect());
  }

  get state() {
    return this.#state;
  }

  /** Where this page stands: what `after` of a later connection takes. */
  get position() {
    return this.#position.toString();
  }

  /** Acknowledges everything up to `position`, by default all that has arrived. */
  ack(position = this.position) {
    if (position) {
      this.#acknowledged.advance(position);
      this.#sendAck();
    }
  }

  /** Renews the token of an open WebSocket. An event stream asks for one when it comes back. */
  authenticate(token) {
    if (this.#state === 'open') {
      this.#link.send({ op: 'auth', token });
    }
  }

  close() {
    this.#finish(undefined);
  }

  async #connect() {
    const attempt = ++this.#attempt;
    this.#enter('connecting', {});
    let token;
    try {
      token = await this.#options.token?.({ fresh: this.#wantsFreshToken });
    } catch (error) {
      if (this.#isCurrent(attempt)) {
        this.#retry({ code: 'no_token', message: `The page got no token: ${error.message ?? error}` });
      }
      return;
    }
    if (this.#isCurrent(attempt)) {
      this.#open(attempt, token);
    }
  }

  #isCurrent(attempt) {
    return attempt === this.#attempt && this.#state !== 'closed';
  }

  #open(attempt, token) {
    const isSse = this.#transport === 'sse';
    const url = this.#address(isSse ? 'sse' : 'ws');
    this.#slotAt = 0;
    this.#openedAt = 0;
    this.#handshakeTimer = setTimeout(() => this.#giveUp(UNANSWERED), HANDSHAKE_MS);
    this.#link = (isSse ? openEventStream : openWebSocket)(url, token, {
      heard: () => (this.#silentTicks = 0),
      frame: (frame) => this.#isCurrent(attempt) && this.#take(frame),
      ended: async (known) => {
        this.#stopTimers();
        const cause = known ?? (await diagnose(url, token));
        if (this.#isCurrent(attempt)) {
          this.#ended(cause);
        }
      },
    });
  }

  #take(frame) {
    switch (frame.op) {
      case 'welcome':
        this.#welcomed(frame);
        break;
      case 'notification':
      case 'recall':
        this.#position.advance(frame.cursor);
        if (this.#recent.isNew(frame.cursor)) {
          this.#tell(frame.op === 'recall' ? 'onRecall' : 'onNotification', frame);
        }
        break;
      case 'gap':
        this.#tell('onGap', frame);
        break;
      case 'acked':
        this.#tell('onAcked', frame);
        break;
      case 'authenticated':
        this.#tell('onAuthenticated', frame);
        break;
      case 'reconnect':
        this.#slotAt = Date.now() + frame.delayMs;
        break;
      case 'error':
        this.#tell('onError', { code: frame.code, message: frame.message });
        break;
      default: // A later gateway may say more than this page knows.
    }
  }

  #welcomed({ cursor, session, resumed, heartbeat }) {
    clearTimeout(this.#handshakeTimer);
    if (this.position && !resumed) {
      // The gateway no longer knows the place, so it would not know what was acknowledged there.
      this.#acknowledged.clear();
    }
    this.#position.advance(cursor);
    this.#openedAt = Date.now();
    this.#wantsFreshToken = false;
    this.#silentTicks = 0;
    this.#watchdog = setInterval(() => this.#tick(), (heartbeat * 1000) / 2);
    this.#enter('open', { session, resumed });
    this.#sendAck();
  }

  // Said again after each welcome: the end of the last connection may have swallowed it.
  #sendAck() {
    const cursor = this.#acknowledged.toString();
    if (this.#state === 'open' && cursor) {
      this.#link.send({ op: 'ack', cursor });
    }
  }

  // Counts its own calls, not the clock: in a hidden tab or after sleep it runs late, and what came
  // meanwhile is still unread. Browsers hide WebSocket pings, so it asks with one of its own.
  #tick() {
    this.#silentTicks++;
    if (this.#silentTicks >= TICKS_BEFORE_GIVING_UP) {
      this.#giveUp(SILENT);
    } else if (this.#silentTicks >= TICKS_BEFORE_PING) {
      this.#link.ping();
    }
  }

  #giveUp(cause) {
    this.#link.close();
    this.#ended(cause);
  }

  #ended(cause) {
    this.#stopTimers();
    this.#link = null;
    if (this.#openedAt && Date.now() - this.#openedAt >= STEADY_MS) {
      this.#failures = 0;
    }
    this.#wantsFreshToken = NEEDS_FRESH_TOKEN.has(cause.code);
    if (FINAL.has(cause.code)) {
      this.#finish(cause);
      return;
    }
    if (this.#options.transport === 'auto' && cause.code === 'upgrade_required') {
      this.#transport = 'sse';
    }
    this.#retry(cause);
  }

  // The gateway has spread its slots over all clients already; everything else needs jitter.
  #retry(cause) {
    const ceiling = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures++);
    const jittered = (cause.retryAfterMs ?? 0) + Math.random() * ceiling;
    const wait = this.#slotAt ? Math.max(0, this.#slotAt - Date.now()) : jittered;
    this.#retryTimer = setTimeout(() => this.#connect(), wait);
    this.#enter('waiting', { cause, retryInMs: Math.round(wait) });
  }

  // The network is back: no need to wait, unless it is the gateway that asked for it.
  #retryNow() {
    if (this.#state === 'waiting' && !this.#slotAt) {
      clearTimeout(this.#retryTimer);
      this.#connect();
    }
  }

  #finish(cause) {
    if (this.#state === 'closed') {
      return;
    }
    this.#stopTimers();
    globalThis.removeEventListener?.('online', this.#online);
    this.#link?.close();
    this.#link = null;
    this.#enter('closed', { cause });
  }

  #stopTimers() {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#handshakeTimer);
    clearInterval(this.#watchdog);
  }

  #enter(state, detail) {
    this.#state = state;
    this.#tell('onState', { state, transport: this.#transport, ...detail });
  }

  // What the page does with an event must not break the connection.
  #tell(name, event) {
    try {
      this.#options[name]?.(event);
    } catch (error) {
      (globalThis.reportError ?? console.error)(error);
    }
  }

  // The cid lets the gateway tell, on a plain request to this URL, what became of this attempt.
  #address(kind) {
    const url = this.#url(kind);
    const { after, window } = this.#options;
    const query = { after: this.position || after, window, cid: randomId() };
    for (const [name, value] of Object.entries(query)) {
      if (value) {
        url.searchParams.set(name, value);
      }
    }
    return url;
  }

  #url(kind) {
    const base = new URL(this.#options.url ?? '/', globalThis.location?.href);
    base.protocol = base.protocol.replace('ws', 'http');
    return new URL(PATH + kind + '/' + encodeURIComponent(this.#user), base);
  }
}

// Not crypto.randomUUID: pages served over plain http have none.
function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
