/**
 * A request that JsSIP's grammar does not read is dropped without a word, and its sender repeats it for half a
 * minute. It is answered 400 here (RFC 3261 §8.2, §16.3), and what makes the parser throw is caught.
 */
import Parser from 'jssip/lib/Parser.js';
import { methodOf, parseSip } from '../wire/headers.ts';
import { responseTo } from '../wire/response.ts';
import { once } from './amendment.ts';

export function amendUnreadableRequests(): void {
  once('unreadable-requests', () => {
    const parse = Parser.parseMessage;
    Parser.parseMessage = (text, userAgent) => {
      try {
        const message = parse(text, userAgent);
        // A Request-URI of the absoluteURI kind parses and yields nothing; JsSIP then falls over it.
        if (message && !('ruri' in message && message.ruri === undefined)) return message;
      } catch {
        // as unreadable as the rest
      }
      const unread = parseSip(text);
      const response = unread && methodOf(unread) !== null ? responseTo(unread, 400) : null;
      if (response !== null) userAgent.transport.send(response);
      return undefined;
    };
  });
}
