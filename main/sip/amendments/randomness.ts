/**
 * JsSIP takes tags, Call-IDs and branches from Math.random, and a branch has no more than ten million values:
 * guessable, and not unique (RFC 3261 §8.1.1.7, §19.3 want cryptographic randomness).
 */
import { randomBytes, randomUUID } from 'node:crypto';
import Transactions, { type ClientTransaction } from 'jssip/lib/Transactions.js';
import Utils from 'jssip/lib/Utils.js';
import { once } from './amendment.ts';

type Constructor = new (...parameters: ConstructorParameters<typeof ClientTransaction>) => ClientTransaction;

export function amendRandomness(): void {
  once('randomness', () => {
    Utils.createRandomToken = (size) => randomBytes(size).toString('base64url').slice(0, size);
    Utils.newTag = () => randomBytes(10).toString('hex');
    Utils.newUUID = () => randomUUID();
    for (const name of ['NonInviteClientTransaction', 'InviteClientTransaction', 'AckClientTransaction'] as const) {
      Transactions[name] = withLongBranch(Transactions[name]);
    }
  });
}

function withLongBranch(Base: Constructor): Constructor {
  return class extends Base {
    constructor(...parameters: ConstructorParameters<Constructor>) {
      super(...parameters);
      const [userAgent, , request] = parameters;
      const short = this.id;
      // RFC 3261 §8.1.1.7: the magic cookie, then 128 bits of our own.
      this.id = `z9hG4bK${randomBytes(16).toString('hex')}`;
      if (this.type) {
        const transactions = userAgent._transactions[this.type];
        Reflect.deleteProperty(transactions, short);
        transactions[this.id] = this;
      }
      request.setHeader('via', (request.getHeader('via') ?? '').replace(short, this.id));
    }
  };
}
