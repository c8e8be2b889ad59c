// One connection to the gateway, over WebSocket or as a stream of server-sent events: both take a URL,
// a token or nothing, and the same three listeners, and give { send(frame), ping(), close() }. After
// close() no listener is called any more.
//
//   heard()      something arrived, be it only a heartbeat
//   frame(f)     a frame of the protocol
//   ended(cause) the end, once; without a cause where only a diagnosis can tell it

import { closed, closedByName, explain, request, unreachable } from './pushgate-cause.js';

const SUBPROTOCOL = 'pushgate.v1';

export function openWebSocket(url, token, { heard, frame, ended }) {
  let socket;
  try {
    const protocols = token ? [SUBPROTOCOL, 'bearer.' + token] : [SUBPROTOCOL];
    socket = new WebSocket(url.href.replace(/^http/, 'ws'), protocols);
  } catch (error) {
    // A token with characters no subprotocol may have, or ws: on an https page.
    queueMicrotask(() => ended({ code: 'bad_request', message: error.message }));
    return { send() {}, ping() {}, close() {} };
  }
  let opened = false;
  socket.onopen = () => (opened = true);
  socket.onmessage = ({ data }) => {
    heard();
    if (data !== 'pong') {
      frame(JSON.parse(data));
    }
  };
  socket.onclose = (close) => ended(opened ? closed(close) : undefined);
  return {
    send: (message) => socket.send(JSON.stringify(message)),
    ping: () => socket.send('ping'),
    close() {
      socket.onmessage = socket.onclose = null;
      socket.close(1000);
    },
  };
}

export function openEventStream(url, token, listeners) {
  const abort = new AbortController();
  const { signal } = abort;
  const ended = (cause) => signal.aborted || listeners.ended(cause);
  // fetch, not EventSource: it can send a token, and shows the answer where it is a refusal.
  request(url, token, { headers: { Accept: 'text/event-stream' }, signal }).then(
    async (response) => {
      const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream');
      ended(await (isStream ? readStream(response.body, listeners) : explain(response)));
    },
    (error) => ended(unreachable(url, error)),
  );
  return {
    send: (frame) => frame.op === 'ack' && postAck(url, token, frame.cursor, listeners.frame),
    ping() {}, // The gateway's heartbeats are all there is: a stream has no way back.
    close: () => abort.abort(),
  };
}

async function postAck(streamUrl, token, cursor, frame) {
  const url = new URL(streamUrl.pathname.replace('/sse/', '/ack/'), streamUrl);
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ cursor });
  const cause = await request(url, token, { method: 'POST', headers, body }).then(
    (response) => (response.ok ? null : explain(response)),
    (error) => unreachable(url, error),
  );
  if (cause) {
    frame({ op: 'error', ...cause });
  }
}

// Reads to the end and gives its cause. This is the part of the event stream format that the gateway
// writes: one data line an event; "id" and "retry" say what the frames say as well.
async function readStream(body, { heard, frame }) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let event = '';
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      heard();
      const lines = (rest + chunk.value).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        if (line.startsWith('event:')) {
          event = line.slice(6).trim();
        } else if (line.startsWith('data:') && event === 'error') {
          return closedByName(JSON.parse(line.slice(5)));
        } else if (line.startsWith('data:')) {
          frame(JSON.parse(line.slice(5)));
        }
      }
    }
  } catch {
    return closed({ code: 1006 });
  }
  return closed({ code: event === 'reconnect' ? 1012 : 1006 });
}
