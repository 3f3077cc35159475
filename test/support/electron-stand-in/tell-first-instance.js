/** Run by a second instance: `tell-first-instance.js SOCKET PID`, the message on stdin. Ends with 0 when it was heard. */
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

const [socket, pid] = [process.argv[2], Number(process.argv[3])];
const message = await text(process.stdin);
const giveUpAt = Date.now() + 5000;

function lives() {
  try {
    process.kill(pid, 0);
    return pid > 0;
  } catch {
    return false;
  }
}

function attempt() {
  const connection = connect(socket);
  let heard = '';
  connection.setEncoding('utf8');
  connection.on('connect', () => connection.write(`${message}\n`));
  connection.on('data', (more) => (heard += more));
  connection.on('error', () => undefined);
  connection.on('close', () => {
    if (heard === 'heard\n') process.exit(0);
    // The first instance may have the lock and not listen yet.
    if (!lives() || Date.now() > giveUpAt) process.exit(1);
    setTimeout(attempt, 50);
  });
}

attempt();
