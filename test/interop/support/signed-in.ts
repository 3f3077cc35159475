/** Cores that are signed in to a Kamailio, ended with their test. */
import { expect, onTestFinished } from 'vitest';
import type { TransportKind } from '../../../common/model/account.ts';
import type { AccountId } from '../../../common/model/ids.ts';
import type { SipStackAdapters } from '../../../main/sip/jssip-stack.ts';
import { address, startCore, type AhoyCore } from '../../support/ahoy-core.ts';
import type { Kamailio } from '../../support/kamailio.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { testAccountSettings } from '../../support/test-account.ts';

export interface SignedIn extends AhoyCore {
  readonly accountId: AccountId;
  readonly uri: string;
}

export function kamailioSettings(server: Kamailio, user: string, transport: TransportKind) {
  return testAccountSettings(`sip:${user}@${server.domain}`, {
    transport,
    server: '127.0.0.1',
    port: server.ports[transport],
    certificateAuthorityFile: server.certificateFile,
  });
}

export async function signedIn(
  server: Kamailio,
  user: string,
  transport: TransportKind,
  sip: Partial<SipStackAdapters> = {},
  more: Partial<ReturnType<typeof kamailioSettings>> = {},
): Promise<SignedIn> {
  const core = await startCore(temporaryFolder(), sip);
  onTestFinished(() => core.close());
  const accountId = await core.addAccount({ ...kamailioSettings(server, user, transport), ...more }, server.password);
  await expect.poll(() => core.told.registrations.at(-1)?.state, { timeout: 10_000 }).toBe('registered');
  return { ...core, accountId, uri: address(`${user}@${server.domain}`) };
}
