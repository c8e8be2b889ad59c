// Why a connection failed. A browser tells a page nothing about a refused WebSocket, so a plain request
// to the same path asks the gateway, which remembers the attempt by its cid; where that answer does not
// come from the gateway, its status says what stands between.
//
// A cause is { code, message } and, where known, status, fix (what a proxy's configuration is missing), retryAfterMs.

const DIAGNOSIS_MS = 5_000;

const CLOSES = new Map([
  [1000, 'normal'],
  [1001, 'shutdown'],
  [1002, 'protocol_error'],
  [1003, 'unsupported_data'],
  [1006, 'cut'],
  [1007, 'invalid_payload'],
  [1008, 'policy'],
  [1009, 'too_large'],
  [1012, 'drain'],
  [1013, 'overloaded'],
  [4401, 'token_expired'],
  [4403, 'forbidden_user'],
  [4408, 'heartbeat_missed'],
  [4409, 'replaced'],
  [4429, 'too_many_frames'],
]);

const SENTENCES = {
  normal: 'The gateway ended the connection.',
  shutdown: 'The gateway shuts down.',
  cut: 'The connection was cut without a goodbye.',
  policy: 'The gateway does not let this page in.',
  drain: 'The gateway is being replaced.',
  overloaded: 'The gateway has too much to do.',
  token_expired: 'The token has expired.',
  forbidden_user: 'The token is not this user\u2019s.',
  heartbeat_missed: 'The gateway heard nothing from this page for too long.',
  replaced: 'Too many connections of this user: a newer one took the place of this one.',
  too_many_frames: 'This page sent too much in too short a time.',
};

const BETWEEN = {
  200: 'No location of the proxy covers this path: something else answered.',
  401: 'A proxy before the gateway asks for a login of its own.',
  403: 'A rule of a proxy before the gateway forbids this path.',
  404: 'No location of the proxy covers this path: something else answered.',
  405: 'No location of the proxy covers this path: something else answered.',
  429: 'A limit of a proxy before the gateway is used up.',
  502: 'The proxy can\u2019t reach the gateway: it is down, or the proxy\u2019s upstream names another address.',
  503: 'A proxy before the gateway lets nobody through right now.',
  504: 'The proxy got no answer from the gateway: it hangs, or a firewall drops the packets.',
};

/** The cause in the close of a connection that was open. */
export function closed({ code, reason }) {
  const name = CLOSES.get(code) ?? 'closed';
  return { code: name, message: SENTENCES[name] ?? (reason || `Closed with code ${code}.`) };
}

/** The cause in the `error` event that ends an event stream; its code is the name of a close code. */
export function closedByName({ code: name }) {
  return { code: name, message: SENTENCES[name] ?? `The gateway ended the stream: ${name}.` };
}

/** A plain request to the gateway with what the page has to show: a token, or its cookies. */
export function request(url, token, init) {
  return fetch(url, {
    credentials: 'include',
    cache: 'no-store',
    redirect: 'manual',
    ...init,
    headers: { ...(token && { Authorization: `Bearer ${token}` }), ...init.headers },
  });
}

/** Asks why the WebSocket to this URL, whose cid is in the query, never opened. */
export async function diagnose(url, token) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), DIAGNOSIS_MS);
  try {
    const response = await request(url, token, { signal: abort.signal });
    return await explain(response, true);
  } catch (error) {
    return unreachable(url, error);
  } finally {
    clearTimeout(timer);
  }
}

/** The cause in an answer that is none of those hoped for. */
export async function explain(response, isAboutWebSocket = false) {
  if (response.type === 'opaqueredirect') {
    return {
      code: 'redirected',
      message: 'A proxy redirects this path, which no WebSocket follows: use the final address.',
    };
  }
  const status = response.status;
  const problem = await readProblem(response);
  if (!problem) {
    const message = BETWEEN[status] ?? `HTTP ${status} came from a proxy, not from the gateway.`;
    return { code: 'not_the_gateway', status, message };
  }
  const retryAfterMs = 1000 * (Number(response.headers.get('Retry-After')) || 0);
  const { code, fix } = problem;
  const refused = { code, status, message: problem.detail ?? problem.title ?? code, fix, retryAfterMs };
  return isAboutWebSocket ? ofTheAttempt(refused, problem.attempt) : refused;
}

export function unreachable(url, error) {
  const isForeign = url.origin !== globalThis.location?.origin;
  const hint = isForeign ? `, or does not allow pages of ${globalThis.location?.origin}` : '';
  return {
    code: 'unreachable',
    message: `Nothing answers at ${url.origin}${hint} (${error.message}).`,
  };
}

async function readProblem(response) {
  if (!response.headers.get('Content-Type')?.startsWith('application/problem+json')) {
    return null;
  }
  const problem = await response.json().catch(() => null);
  return problem?.code ? problem : null;
}

// The plain request itself is refused for want of an upgrade; what counts is what became of the
// handshake before it.
function ofTheAttempt(refused, attempt) {
  if (!attempt) {
    return refused;
  }
  if (!attempt.seen) {
    return {
      ...refused,
      code: 'handshake_lost',
      message: 'Plain requests reach the gateway, but the WebSocket handshake never did.',
    };
  }
  const { status, code = 'answer_lost' } = attempt;
  const fix = attempt.fix ?? refused.fix;
  return { ...refused, code, status, fix, message: attemptSentence(refused, code, status) };
}

function attemptSentence(refused, code, status) {
  switch (code) {
    case 'answer_lost':
      return 'The gateway accepted the handshake, but its answer did not come back whole.';
    case 'upgrade_required':
      return 'The handshake reached the gateway without its upgrade: a proxy in between drops it.';
    case refused.code:
      return refused.message;
    default:
      return `The gateway refused the handshake: ${status} ${code}.`;
  }
}
