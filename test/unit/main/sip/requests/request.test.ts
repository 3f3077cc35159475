import type UA from 'jssip/lib/UA.js';
import URI from 'jssip/lib/URI.js';
import { expect, it } from 'vitest';
import { failureOfOutcome, sendRequest } from '../../../../../main/sip/requests/request.ts';

it('a request that cannot even be written ends, as what it is: nobody waits for it for ever', async () => {
  const outcome = await sendRequest({} as unknown as UA, 'MESSAGE', new URI('sip', 'bob', 'example.org'), { headers: [] });
  expect(outcome.kind).toBe('defect');
  if (outcome.kind === 'defect') expect(failureOfOutcome(outcome).code).toBe('internal');
});
