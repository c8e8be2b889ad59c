// The page at "/": connects under a name and shows what arrives. The name stands in the address, so
// that a copied tab shows the same.

import { connect } from './pushgate.js';
import { commands } from './page-commands.js';
import { NotificationList } from './page-list.js';

const $ = (id) => document.getElementById(id);
const STATES = {
  connecting: () => 'Connecting …',
  open: (transport) => `Connected · ${transport === 'sse' ? 'event stream' : 'WebSocket'}`,
  refused: () => 'Not let in',
  closed: () => 'Not connected',
};

let connection = null;
let user = '';
let lastPosition = '';
let countdown;

const list = new NotificationList($('list'), (size, fresh) => {
  $('count').textContent = size;
  $('empty').hidden = size > 0;
  $('clear').disabled = size === 0;
  $('acknowledge').disabled = fresh === 0;
  document.title = fresh ? `(${fresh}) pushgate` : user ? `${user} · pushgate` : 'pushgate';
});

$('who').addEventListener('submit', (event) => {
  event.preventDefault();
  if (connection) {
    connection.close();
  } else {
    start($('name').value.trim(), new FormData($('who')).get('transport'));
  }
});

$('acknowledge').addEventListener('click', () => {
  connection?.ack(lastPosition);
  list.acknowledged(lastPosition);
});

$('clear').addEventListener('click', () => list.clear());

for (const button of document.querySelectorAll('[data-copies]')) {
  button.addEventListener('click', () => copy(button));
}

function start(name, transport) {
  if (name !== user) {
    list.clear();
    lastPosition = '';
  }
  user = name;
  history.replaceState(null, '', '#' + encodeURIComponent(name));
  try {
    connection = connect(name, {
      transport,
      after: lastPosition || undefined,
      onState: show,
      onNotification: (notification) => {
        list.add(notification);
        arrived(`${notification.type ?? 'Notification'} arrived`);
      },
      onRecall: (recall) => {
        list.recall(recall);
        arrived('A notification was recalled');
      },
      onGap: () => list.gap(),
      onAcked: ({ cursor }) => list.acknowledged(cursor),
      onError: ({ code, message }) => trouble('The gateway did not take something', { code, message }),
    });
  } catch (error) {
    trouble('This name is not possible', { code: 'bad_user', message: error.message });
    return;
  }
  showCommands(name);
}

function arrived(what) {
  lastPosition = connection.position;
  $('announcer').textContent = what;
}

function show({ state, transport, cause, retryInMs }) {
  clearInterval(countdown);
  const ended = state === 'closed';
  const again = state === 'waiting' || (state === 'connecting' && !$('trouble').hidden);
  $('state').dataset.state = ended && cause ? 'refused' : state;
  say('state-text', again ? 'Trying again …' : STATES[ended && cause ? 'refused' : state](transport));
  say('connect', ended ? 'Connect' : 'Disconnect');
  $('connect').classList.toggle('primary', ended);
  $('name').readOnly = !ended;
  for (const choice of document.querySelectorAll('[name=transport]')) {
    choice.disabled = !ended;
  }
  if (ended) {
    connection = null;
  }
  if (cause) {
    trouble('Why it is not connected', cause);
    count(retryInMs);
  } else if (state !== 'connecting') {
    $('trouble').hidden = true;
  }
}

function trouble(title, { code, status, message, fix = '' }) {
  say('trouble-title', title);
  say('trouble-message', message);
  say('trouble-code', status ? `${code} ${status}` : code);
  say('trouble-retry', '');
  say('trouble-fix-line', fix);
  $('trouble-fix').hidden = !fix;
  $('trouble').hidden = false;
}

// What has not changed is not written again: a screen reader would say it again.
function say(id, text) {
  if ($(id).textContent !== text) {
    $(id).textContent = text;
  }
}

// For the eye alone: a screen reader has heard from the state that it tries again.
function count(retryInMs) {
  if (retryInMs === undefined) {
    return;
  }
  const until = Date.now() + retryInMs;
  const tick = () => {
    const seconds = Math.ceil((until - Date.now()) / 1000);
    $('trouble-retry').textContent = seconds > 0 ? `trying again in ${seconds} s` : 'trying again …';
  };
  tick();
  countdown = setInterval(tick, 1000);
}

async function showCommands(name) {
  $('lead').hidden = true;
  $('received').hidden = false;
  const answer = await fetch('demo.json', { cache: 'no-store' });
  const { nc, curl } = commands(name, (await answer.json()).ingress);
  $('send-name').textContent = name;
  $('nc').textContent = nc;
  $('curl').textContent = curl;
  $('another').href = '#' + encodeURIComponent(name);
  $('send').hidden = false;
}

async function copy(button) {
  const source = $(button.dataset.copies);
  try {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = $('announcer').textContent = 'Copied';
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  } catch {
    // Over plain http there is no clipboard: the text is selected, so that one key copies it.
    getSelection().selectAllChildren(source);
  }
}

if (location.hash.length > 1) {
  $('name').value = decodeURIComponent(location.hash.slice(1));
  $('who').requestSubmit();
} else {
  $('name').focus();
}
