/** Account settings for tests, all that the schema wants. */
import * as v from 'valibot';
import { AccountSettings } from '../../common/model/account.ts';

export function testAccountSettings(addressOfRecord: string, more: Partial<v.InferInput<typeof AccountSettings>> = {}): AccountSettings {
  return v.parse(AccountSettings, { addressOfRecord, ...more });
}
