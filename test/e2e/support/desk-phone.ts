/** A desk phone beside the people of a spec: Debian's baresip, registered at the same Kamailio over UDP. */
import { expect } from '@playwright/test';
import { startBaresip, type Baresip, type BaresipOptions } from '../../support/baresip.ts';
import type { Kamailio } from '../../support/kamailio.ts';

/** `contact`: whom it writes to and watches, as `sip:user@domain`. Resolves when it is registered; the caller stops it. */
export async function startDeskPhone(
  server: Kamailio,
  user: string,
  contact: string,
  options: Partial<BaresipOptions> = {},
): Promise<Baresip> {
  const phone = await startBaresip({
    user,
    domain: server.domain,
    password: server.password,
    port: server.ports.udp,
    transport: 'udp',
    contact,
    answers: 'auto',
    ...options,
  });
  await expect.poll(() => server.bindings(user)).toBe(1);
  return phone;
}
