// Sends a message by a running Ahoy and prints those that come in. Needs the packages `ws` and `birpc`.
//   node echo-messages.mjs PROFILE-FOLDER name@example.org "Hello"
import { readFileSync } from 'node:fs';
import { createBirpc } from 'birpc';
import WebSocket from 'ws';

const [profile, to, text] = process.argv.slice(2);
const { port } = JSON.parse(readFileSync(`${profile}/node-host.json`, 'utf8'));
const authorization = `Bearer ${readFileSync(`${profile}/automation-token`, 'utf8').trim()}`;
const socket = new WebSocket(`ws://127.0.0.1:${port}/contract`, { headers: { authorization } });
const deliver = ({ name, payload: { conversation, message } }) => {
  if (name === 'messaging.messageAdded' && message.direction === 'incoming') console.log(`${conversation.peer}: ${message.text}`);
};
const ahoy = createBirpc(
  { deliver },
  { post: (frame) => socket.send(JSON.stringify(frame)), on: (take) => socket.on('message', (frame) => take(JSON.parse(frame))) },
);
await new Promise((opened, refused) => socket.once('open', opened).once('error', refused));
const { accounts } = (await ahoy.snapshot('accounts')).value.state;
const opened = await ahoy.ask('messaging.open', { accountId: accounts[0].id, peer: `sip:${to}` });
await ahoy.ask('messaging.send', { conversationId: opened.value.conversation.id, text });
