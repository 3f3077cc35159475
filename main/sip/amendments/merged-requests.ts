/**
 * For every request JsSIP looks through all open server transactions for a merged one (RFC 3261 §8.2.2.2), and it
 * keeps answered ones until the next turn of the event loop: a burst of messages in one read costs the square of
 * its length. An answered transaction is over at once on a reliable transport (timer J is zero, §17.2.2), and
 * over UDP ours remembers it (wire/retransmission).
 */
import Transactions from 'jssip/lib/Transactions.js';
import { once } from './amendment.ts';

export function amendMergedRequests(): void {
  once('merged-requests', () => {
    const { prototype } = Transactions.NonInviteServerTransaction;
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its transaction below
    const receiveResponse = prototype.receiveResponse;
    prototype.receiveResponse = function (this: typeof prototype, status, response, onSuccess, onFailure) {
      receiveResponse.call(this, status, response, onSuccess, onFailure);
      if (this.state !== Transactions.C['STATUS_COMPLETED'] || this.J === undefined) return;
      clearTimeout(this.J);
      this.J = undefined;
      this.timer_J();
    };
  });
}
