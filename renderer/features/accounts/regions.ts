/** The countries whose numbers an account may dial, by their names in the user's language. */
import { numberedRegions, type Region } from '../../../common/model/phone-number.ts';

export function regionChoices(): readonly { readonly value: Region; readonly label: string }[] {
  const names = new Intl.DisplayNames(undefined, { type: 'region' });
  return numberedRegions()
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
