// Sends a message by a running Ahoy and prints those that come in. Needs the package `ws`.
//   node echo-messages.mjs PROFILE-FOLDER name@example.org "Hello"
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import WebSocket from 'ws';

const [profile, address, text] = process.argv.slice(2);
const token = readFileSync(join(profile, 'automation-token'), 'utf8').trim();
const { port } = JSON.parse(readFileSync(join(profile, 'node-host.json'), 'utf8'));
const socket = new WebSocket(`ws://127.0.0.1:${port}/contract`, { headers: { authorization: `Bearer ${token}` } });

const answers = new Map();
function call(method, ...input) {
  const id = crypto.randomUUID();
  socket.send(JSON.stringify({ t: 'q', i: id, m: method, a: input }));
  return new Promise((resolve, reject) => {
    answers.set(id, ({ ok, value, failure }) => (ok ? resolve(value) : reject(new Error(failure.code))));
  });
}

socket.on('message', (frame) => {
  const { t, i, r, m, a } = JSON.parse(frame);
  if (t === 's') answers.get(i)?.(r); // the answer to a call of ours
  if (m !== 'deliver') return;
  const { name, payload } = a[0]; // an event
  if (name === 'messaging.messageAdded' && payload.message.direction === 'incoming')
    console.log(`${payload.conversation.peer}: ${payload.message.text}`);
});

socket.on('open', async () => {
  const { accounts } = (await call('snapshot', 'accounts')).state;
  const { conversation } = await call('ask', 'messaging.open', { accountId: accounts[0].id, peer: `sip:${address}` });
  await call('ask', 'messaging.send', { conversationId: conversation.id, text });
});
socket.on('error', (error) => console.error(error.message));
