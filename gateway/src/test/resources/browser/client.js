// Opens connections for a test and keeps every event, in order, where the test can look.

import { connect } from '/pushgate.js';

const NAMES = ['State', 'Notification', 'Recall', 'Gap', 'Acked', 'Authenticated', 'Error'];

window.begin = (user, options = {}) => {
  window.events = [];
  const listeners = NAMES.map((name) => ['on' + name, (event) => window.events.push({ name, ...event })]);
  window.connection = connect(user, { ...Object.fromEntries(listeners), ...options });
};

window.states = (state) => window.events.filter((event) => event.name === 'State' && event.state === state);
window.ids = () => window.events.filter((event) => event.name === 'Notification').map((event) => event.id);
window.ready = true;
